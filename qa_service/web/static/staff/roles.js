// Who is signed in, and what the role allows.

/** @typedef {{name: string, role: string, federated: boolean, csrf: string}} Session */

const RANKS = ["answerer", "reviewer", "admin"];

/** Whether somebody may do what needs a role. @param {Session} session @param {string} role */
export function may(session, role) {
  return RANKS.indexOf(session.role) >= RANKS.indexOf(role);
}

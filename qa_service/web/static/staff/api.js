// Talks to the console's routes. Every change carries the session's token against forged requests.

/** A problem that can be shown: its message is Chinese and says what to do. */
export class ServiceError extends Error {}

let csrf = "";

/** @param {string} token */
export function setToken(token) {
  csrf = token;
}

/**
 * @param {string} method
 * @param {string} path below /api/staff
 * @param {unknown} [body]
 */
async function send(method, path, body) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`/api/staff${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(method === "GET" ? {} : { "X-CSRF-Token": csrf }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    throw new ServiceError("连接不到服务。请检查网络后重试。", { cause });
  }
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? null : response.json();
}

/** @param {Response} response */
async function problemOf(response) {
  try {
    const problem = await response.json();
    if (problem.code === "not_signed_in") location.assign("/staff/sign-in");
    return new ServiceError(problem.detail);
  } catch {
    return new ServiceError(`服务暂时不能应答（HTTP ${response.status}）。请稍后再试。`);
  }
}

/** @param {string} path */
export const get = (path) => send("GET", path);
/** @param {string} path @param {unknown} [body] */
export const post = (path, body = undefined) => send("POST", path, body);
/** @param {string} path @param {unknown} body */
export const patch = (path, body) => send("PATCH", path, body);

/**
 * Do something that may fail; a `ServiceError` is told in its words. Whether all went well.
 * @param {() => unknown} work
 * @param {(message: string) => void} tell
 */
export async function attempt(work, tell) {
  try {
    await work();
    return true;
  } catch (cause) {
    if (!(cause instanceof ServiceError)) throw cause;
    tell(cause.message);
    return false;
  }
}

/**
 * Of several requests only the latest counts: an answer to an earlier one may come after its own.
 * `const latest = turn(); … await …; if (!latest()) return;`
 */
export function sequence() {
  let last = 0;
  return () => {
    const mine = (last += 1);
    return () => mine === last;
  };
}

/** Runs changes one after another: what is sent back is never older than what came before. */
export function queue() {
  /** @type {Promise<unknown>} */
  let before = Promise.resolve();
  /** @template T @param {() => Promise<T>} change @returns {Promise<T>} */
  return (change) => {
    const done = before.then(change);
    before = done.catch(() => {});
    return done;
  };
}

/**
 * A query string of what is set.
 * @param {Record<string, unknown>} values
 */
export function query(values) {
  const set = Object.entries(values).filter(([, value]) => value !== "" && value !== null);
  const text = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return text ? `?${text}` : "";
}

// What can go wrong between the page and the service, told apart by what the visitor can do.

import type { Problem } from "./contract";

export type FailureKind =
  | "stopped" // by the visitor
  | "offline" // the device has no network
  | "unreachable" // the service does not answer
  | "dropped" // the connection broke before the answer was whole
  | "limited" // too many questions: wait
  | "refused"; // any other problem that the service tells

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly problem: Problem = {},
    /** Seconds after which a retry may succeed. */
    readonly wait = 0,
    readonly status = 0,
  ) {
    super(kind);
  }
}

/** The failure that an HTTP response tells. */
export async function failureOf(response: Response): Promise<Failure> {
  const wait = Number(response.headers.get("Retry-After")) || 0;
  const kind = response.status === 429 ? "limited" : "refused";
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    // A proxy's own page: the status has to do.
  }
  return new Failure(kind, problem, wait, response.status);
}

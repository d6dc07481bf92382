// What a visitor is told when no answer came, and the way to try again.

import { button, el } from "./dom";
import { Failure } from "./failure";
import type { Messages } from "./messages";

/** The failure in words. */
export function explained(error: unknown, say: Messages): string {
  const words = say.failures;
  if (!(error instanceof Failure)) return words.page;
  switch (error.kind) {
    case "stopped":
      return words.stopped;
    case "offline":
      return words.offline;
    case "unreachable":
      return words.unreachable;
    case "dropped":
      return words.dropped;
    default: {
      const { code, detail } = error.problem;
      const known = code === undefined ? undefined : words.codes[code];
      const fallback = error.kind === "limited" ? words.limited : words.status(error.status);
      return known ?? detail ?? fallback;
    }
  }
}

/** The message with a retry button, which waits as long as the service asked for. */
export function failed(error: unknown, say: Messages, retry: () => void): HTMLElement[] {
  const words = say.failures;
  const kind = error instanceof Failure ? error.kind : "refused";
  const stopped = kind === "stopped";
  const message = el(
    "p",
    { class: stopped ? "failure mild" : "failure", role: stopped ? "status" : "alert" },
    explained(error, say),
  );
  const again = button("choice strong", stopped ? words.again : words.retry, retry);
  if (error instanceof Failure && error.wait > 0) countDown(again, error.wait, words);
  if (kind === "offline") {
    const back = () => {
      if (message.isConnected) message.textContent = words.online;
    };
    addEventListener("online", back, { once: true });
  }
  return [message, again];
}

function countDown(again: HTMLButtonElement, seconds: number, words: Messages["failures"]): void {
  const until = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    again.disabled = left > 0;
    again.textContent = left > 0 ? words.retryIn(left) : words.retry;
    if (left <= 0 || !again.isConnected) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  again.disabled = true;
  again.textContent = words.retryIn(seconds);
}

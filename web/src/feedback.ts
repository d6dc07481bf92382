// What a visitor thinks of an answer: right, wrong or unclear, with a note.

import type { Client } from "./client";
import type { Verdict } from "./contract";
import { button, el, icon, type Icon } from "./dom";
import type { Messages } from "./messages";

const VERDICTS: readonly [Verdict, Icon][] = [
  ["right", "yes"],
  ["wrong", "no"],
  ["unclear", "unclear"],
];

/** The line that asks about one answer. */
export function feedback(answer: string, client: Client, say: Messages): HTMLElement {
  const words = say.feedback;
  const status = el("p", { class: "note", role: "status" });
  const line = el("div", { class: "feedback", role: "group", "aria-label": words.ask });
  const form = noteForm(words, (verdict, note) => {
    void send(verdict, note);
  });

  async function send(verdict: Verdict, note: string): Promise<void> {
    try {
      await client.feedback(answer, verdict, note);
      form.element.remove();
      buttons.forEach((one) => one.remove());
      question.remove();
      status.textContent = words.thanks;
      status.tabIndex = -1;
      status.focus({ preventScroll: true });
    } catch {
      status.textContent = words.failed;
    }
  }

  const question = el("span", { class: "feedback-ask" }, words.ask);
  const buttons = VERDICTS.map(([verdict, sign]) => {
    const one = button(
      "tool",
      [icon(sign), words[verdict]],
      () => {
        if (verdict === "right") {
          void send(verdict, "");
          return;
        }
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === one)));
        form.open(verdict, one);
      },
      { "aria-pressed": "false" },
    );
    return one;
  });
  line.append(question, ...buttons, form.element, status);
  return line;
}

function noteForm(words: Messages["feedback"], send: (verdict: Verdict, note: string) => void) {
  let verdict: Verdict = "wrong";
  let opener: HTMLElement | null = null;
  const note = el("textarea", { rows: 2, maxlength: 500, "aria-label": words.note });
  note.placeholder = words.note;
  const close = () => {
    element.hidden = true;
    opener?.setAttribute("aria-pressed", "false");
    opener?.focus();
  };
  const element = el(
    "form",
    {
      class: "note-form",
      hidden: true,
      onsubmit: (event) => {
        event.preventDefault();
        send(verdict, note.value.trim());
      },
    },
    note,
    el("button", { type: "submit", class: "choice strong" }, words.send),
    button("tool", words.cancel, close),
  );
  return {
    element,
    open(chosen: Verdict, by: HTMLElement): void {
      verdict = chosen;
      opener = by;
      element.hidden = false;
      note.focus();
    },
  };
}

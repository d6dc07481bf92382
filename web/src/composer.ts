// The field where a question is written: sending, stopping, official names, speech.

import type { Client } from "./client";
import type { Suggestion } from "./contract";
import { button, el, icon } from "./dom";
import type { Messages } from "./messages";
import { canListen, listen, type Listening } from "./speech";
import { Suggestions } from "./suggestions";

const LONGEST = 500;
const COUNTED_FROM = 400;

interface Acts {
  ask(question: string): void;
  stop(): void;
  announce(text: string): void;
}

export class Composer {
  readonly element: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly send: HTMLButtonElement;
  private readonly halt: HTMLButtonElement;
  private readonly count: HTMLElement;
  private readonly hint: HTMLElement;
  private readonly suggestions: Suggestions;
  private running = false;

  constructor(
    client: Client,
    /** The one document that the chat is about, or ''. */
    disclosure: string,
    private readonly say: Messages,
    private readonly acts: Acts,
  ) {
    const words = say.composer;
    this.field = el("input", {
      id: "question",
      class: "field",
      type: "text",
      maxlength: LONGEST,
      enterkeyhint: "send",
      autocomplete: "off",
      "aria-describedby": "hint",
      placeholder: words.placeholder,
    });
    const take = ({ text, question }: Suggestion) => this.write(question || text);
    this.suggestions = new Suggestions(this.field, client, disclosure, say, acts.announce, take);
    this.send = el("button", { type: "submit", class: "send", "aria-label": words.send }, icon("send"));
    this.halt = button("send stop", icon("stop"), () => this.stop(), {
      "aria-label": words.stop,
      hidden: true,
    });
    this.count = el("span", { hidden: true });
    this.hint = el("span", { id: "hint", class: "grow" }, words.hint);
    this.element = el(
      "form",
      {
        class: "composer",
        role: "search",
        "aria-label": words.form,
        onsubmit: (event) => this.submit(event),
      },
      this.suggestions.element,
      el(
        "div",
        { class: "box" },
        el("label", { class: "hidden", for: "question" }, words.label),
        this.field,
        canListen() ? this.microphone() : null,
        this.send,
        this.halt,
      ),
      el("p", { class: "hint" }, this.hint, this.count),
    );
    this.field.addEventListener("input", (event) => this.typed(event as InputEvent));
    this.field.addEventListener("compositionend", () => this.suggestions.look());
    this.field.addEventListener("keydown", (event) => this.key(event));
  }

  focus(): void {
    this.field.focus();
  }

  /** While an answer is on its way, the button stops it. */
  busy(running: boolean): void {
    const inside = this.element.contains((this.element.getRootNode() as ShadowRoot).activeElement);
    this.running = running;
    this.send.hidden = running;
    this.halt.hidden = !running;
    // The button that had the focus is gone: the field takes it.
    if (inside) this.field.focus({ preventScroll: true });
  }

  private stop(): void {
    this.acts.stop();
    this.field.focus();
  }

  private submit(event: Event): void {
    event.preventDefault();
    const question = this.field.value.trim();
    if (!question || this.running) return;
    this.suggestions.close();
    this.write("");
    this.acts.ask(question);
  }

  private typed(event: InputEvent): void {
    this.counted();
    // What an input method composes is no word yet.
    if (!event.isComposing) this.suggestions.look();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) {
      // Enter chooses a word of the input method.
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    if (this.suggestions.takes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  private write(text: string): void {
    this.field.value = text;
    this.field.setSelectionRange(text.length, text.length);
    this.counted();
  }

  private counted(): void {
    const { length } = this.field.value;
    this.count.hidden = length < COUNTED_FROM;
    this.count.textContent = `${length}/${LONGEST}`;
  }

  private microphone(): HTMLElement {
    const words = this.say.composer;
    let listening: Listening | null = null;
    const ear = button(
      "tool square",
      icon("microphone"),
      () => {
        if (listening) {
          listening.stop();
          return;
        }
        this.hint.textContent = words.listening;
        ear.setAttribute("aria-pressed", "true");
        const language = this.element.closest("[lang]")?.getAttribute("lang") ?? "zh-CN";
        const before = this.field.value;
        listening = listen(
          language,
          (text) => this.write(text.slice(0, LONGEST)),
          (refused) => {
            listening = null;
            ear.setAttribute("aria-pressed", "false");
            const heard = this.field.value !== before;
            this.hint.textContent = heard ? words.hint : refused ? words.deaf : words.unheard;
            if (!heard) this.acts.announce(this.hint.textContent);
            this.field.focus();
          },
        );
      },
      { "aria-label": words.listen, "aria-pressed": "false" },
    );
    return ear;
  }
}

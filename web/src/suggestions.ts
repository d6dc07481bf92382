// Official names while typing: a listbox above the field, in the combobox pattern of ARIA 1.2.

import type { Client } from "./client";
import type { Suggestion } from "./contract";
import { el } from "./dom";
import { Failure } from "./failure";
import type { Messages } from "./messages";

const PAUSE = 120;
const LONGEST = 60;

export class Suggestions {
  readonly element: HTMLElement;
  private items: Suggestion[] = [];
  private active = -1;
  private timer = 0;
  private running: AbortController | null = null;
  private unavailable = false;

  constructor(
    private readonly field: HTMLInputElement,
    private readonly client: Client,
    private readonly disclosure: string,
    private readonly say: Messages,
    private readonly announce: (text: string) => void,
    private readonly chosen: (suggestion: Suggestion) => void,
  ) {
    this.element = el("ul", {
      class: "suggestions",
      id: "suggestions",
      role: "listbox",
      "aria-label": say.composer.suggestions,
      hidden: true,
    });
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", "suggestions");
    // The field keeps the focus while an option is clicked.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    field.addEventListener("blur", () => this.close());
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** Look for names soon; a further keystroke starts anew. */
  look(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    const text = this.field.value.trim();
    if (!text || text.length > LONGEST || this.unavailable) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.fetch(text), PAUSE);
  }

  close(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.show([]);
  }

  /** Take a key of the field; true when it was for the list. */
  takes(key: string): boolean {
    if (!this.open) return false;
    const last = this.items.length - 1;
    switch (key) {
      case "ArrowDown":
        this.select(this.active < last ? this.active + 1 : 0);
        return true;
      case "ArrowUp":
        this.select(this.active > 0 ? this.active - 1 : last);
        return true;
      case "Escape":
        this.close();
        return true;
      case "Enter":
        return this.choose(this.active);
      default:
        return false;
    }
  }

  private async fetch(text: string): Promise<void> {
    const running = new AbortController();
    this.running = running;
    try {
      const { items } = await this.client.suggest(text, this.disclosure, running.signal);
      if (running.signal.aborted || this.field.value.trim() !== text) return;
      const focused = (this.field.getRootNode() as ShadowRoot).activeElement === this.field;
      this.show(focused ? items.filter(({ question }) => question !== text) : []);
    } catch (failure) {
      // Names are a help: without them one types on.
      this.unavailable = failure instanceof Failure && failure.status === 404;
    }
  }

  private show(items: Suggestion[]): void {
    const before = this.items.length;
    this.items = items;
    this.element.hidden = items.length === 0;
    this.field.setAttribute("aria-expanded", String(items.length > 0));
    this.element.replaceChildren(...items.map((item, index) => this.option(item, index)));
    this.select(-1);
    if (items.length || before) this.announce(this.say.composer.found(items.length));
  }

  private option({ text, kind, hint }: Suggestion, index: number): HTMLElement {
    return el(
      "li",
      {
        id: `suggestion-${index}`,
        role: "option",
        class: "suggestion",
        "aria-selected": "false",
        onclick: () => this.choose(index),
      },
      el("span", { class: "suggestion-text", lang: "zh-CN" }, text),
      hint ? el("span", { class: "suggestion-hint", lang: "zh-CN" }, hint) : null,
      el("span", { class: "kind" }, this.say.composer.kinds[kind] ?? kind),
    );
  }

  private select(index: number): void {
    this.active = index;
    Array.from(this.element.children).forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
      if (at === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index >= 0) this.field.setAttribute("aria-activedescendant", `suggestion-${index}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  private choose(index: number): boolean {
    const item = this.items[index];
    if (!item) return false;
    this.close();
    this.chosen(item);
    return true;
  }
}

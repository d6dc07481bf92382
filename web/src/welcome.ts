// The empty chat: what is loaded and questions to begin with.

import type { Client } from "./client";
import type { Filters, Held, HeldPage } from "./contract";
import { button, el } from "./dom";
import type { Messages } from "./messages";

/** The welcome of a chat that is limited by `filters`, if any; `ask` asks a suggested question. */
export class Welcome {
  readonly element: HTMLElement;
  private readonly held: HTMLElement;
  private readonly more: HTMLElement;

  constructor(
    private readonly client: Client,
    private readonly filters: Filters | null,
    private readonly say: Messages,
    private readonly ask: (question: string) => void,
    private readonly explain: (error: unknown) => string,
  ) {
    const words = say.welcome;
    this.held = el("p", { class: "held", role: "status" }, words.looking);
    this.more = el("div", {});
    this.element = el(
      "section",
      { class: "welcome", "aria-labelledby": "welcome-title" },
      el("h3", { class: "welcome-title", id: "welcome-title" }, words.heading),
      el("p", { class: "lead" }, words.lead),
      this.held,
      this.more,
    );
    void this.fill();
  }

  private async fill(): Promise<void> {
    try {
      const [held, starters] = await Promise.all([this.client.held(), this.client.starters()]);
      const words = this.say.welcome;
      if (this.filters) {
        this.held.replaceChildren(words.limited, el("strong", {}, this.scope(held, this.filters)));
      } else {
        this.held.replaceChildren(...this.loaded(held));
      }
      // The service's own suggestions may be about other departments than this chat.
      const questions = this.filters ? words.generic : starters.questions;
      this.more.replaceChildren(
        ...(this.filters || held.total < 2 ? [] : [this.list(held)]),
        ...(questions.length && held.total ? [this.starters(questions)] : []),
      );
    } catch (error) {
      const retry = button("link", this.say.failures.retry, () => {
        this.held.textContent = this.say.welcome.looking;
        void this.fill();
      });
      this.held.replaceChildren(`${this.explain(error)} `, retry);
    }
  }

  private starters(questions: readonly string[]): HTMLElement {
    return el(
      "div",
      {},
      el("h4", { class: "starters-title", id: "starters-title" }, this.say.welcome.starters),
      el(
        "ul",
        { class: "starters", "aria-labelledby": "starters-title" },
        ...questions.map((question) =>
          el(
            "li",
            {},
            button("starter", question, () => this.ask(question), {
              lang: this.filters ? null : "zh-CN",
            }),
          ),
        ),
      ),
    );
  }

  private loaded({ items, total }: HeldPage): (Node | string)[] {
    const words = this.say.welcome;
    const [first] = items;
    if (!first) return [words.none];
    if (total === 1) return [words.one, el("strong", {}, this.name(first)), this.place(first)];
    const years = items.map(({ year }) => year);
    return [words.many(total, Math.min(...years), Math.max(...years))];
  }

  private list({ items, total }: HeldPage): HTMLElement {
    const words = this.say.welcome;
    return el(
      "details",
      { class: "held-list" },
      el("summary", {}, words.list),
      el(
        "ul",
        { tabindex: 0, "aria-label": words.list },
        ...items.map((item) => el("li", {}, this.name(item), this.place(item))),
        total > items.length ? el("li", {}, words.more(total)) : null,
      ),
    );
  }

  private name({ department, year, level, kind }: Held): string {
    return this.say.welcome.name(department, year, level, kind);
  }

  private place({ region, units }: Held): string {
    const text = this.say.welcome.scope(region.city || region.province, units.length);
    return text ? `（${text}）` : "";
  }

  private scope({ items }: HeldPage, { disclosure_id, department, city, year }: Filters): string {
    const one = items.find(({ id }) => id === disclosure_id);
    if (one) return this.name(one);
    const parts = [city, department, year && this.say.welcome.year(year), disclosure_id];
    return parts.filter(Boolean).join(" · ");
  }
}

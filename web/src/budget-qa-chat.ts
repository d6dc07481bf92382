// `<budget-qa-chat>`: asks a budget disclosure service from any page. Embed it with
// `<script type="module" src="https://HOST/static/widget/budget-qa-chat.js">` and the element.
//
// Attributes: `api` (the service's root; else the one that this file came from), `lang` (zh | en),
// `theme` (auto | light | dark), `large-text`, `page-tools` (the page has buttons of its own for
// these two), and the filters `disclosure`, `department`, `city`, `year`. Style it with the custom
// properties that styles/tokens.ts names.

import { Chat } from "./chat";
import { Client } from "./client";
import type { Filters } from "./contract";
import { button, icon } from "./dom";
import { messages, type Language, type Messages } from "./messages";
import { prefer, preferences } from "./preferences";
import { Session } from "./session";
import { sheets } from "./styles";

const SCRIPT = import.meta.url;
const REBUILT_FOR = ["api", "lang", "disclosure", "department", "city", "year"];

export class BudgetQaChat extends HTMLElement {
  static readonly observedAttributes = [...REBUILT_FOR, "large-text"];
  private chat: Chat | null = null;
  private large: HTMLElement | null = null;
  private themeIsFixed = false;

  constructor() {
    super();
    this.attachShadow({ mode: "open", delegatesFocus: false }).adoptedStyleSheets = sheets();
  }

  connectedCallback(): void {
    const { theme, large, language } = preferences();
    this.themeIsFixed = ["light", "dark"].includes(this.getAttribute("theme") ?? "");
    if (theme && !this.themeIsFixed) this.setAttribute("theme", theme);
    if (large) this.setAttribute("large-text", "");
    if (language) this.setAttribute("lang", language);
    this.build();
  }

  disconnectedCallback(): void {
    this.chat?.stop();
    this.chat = null;
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.chat || before === after) return;
    // The page may enlarge it as well as the visitor.
    if (name === "large-text") this.large?.setAttribute("aria-pressed", String(after !== null));
    else this.build();
  }

  /** Ask a question as if the visitor had typed it. */
  ask(question: string): Promise<void> {
    return this.chat?.ask(question) ?? Promise.resolve();
  }

  private build(): void {
    this.chat?.stop();
    const say = messages(this.language);
    const base = this.base;
    const filters = this.filters;
    const chat = new Chat({
      client: new Client(base),
      filters,
      language: this.language,
      say,
      session: new Session(`${base.href}${filters ? JSON.stringify(filters) : ""}`),
      tools: this.tools(say),
    });
    this.chat = chat;
    this.shadowRoot?.replaceChildren(chat.shell);
    chat.shown();
  }

  private get base(): URL {
    const named = this.getAttribute("api");
    const base = named ? new URL(named, document.baseURI) : new URL("../../", SCRIPT);
    if (!base.pathname.endsWith("/")) base.pathname += "/";
    return base;
  }

  private get language(): Language {
    const named = this.getAttribute("lang") ?? document.documentElement.lang;
    return named.toLowerCase().startsWith("en") ? "en" : "zh";
  }

  private get filters(): Filters | null {
    const filters: Filters = {};
    const disclosure = this.getAttribute("disclosure");
    const department = this.getAttribute("department");
    const city = this.getAttribute("city");
    const year = Number(this.getAttribute("year"));
    if (disclosure) filters.disclosure_id = disclosure;
    if (department) filters.department = department;
    if (city) filters.city = city;
    if (year) filters.year = year;
    return Object.keys(filters).length ? filters : null;
  }

  private tools(say: Messages): HTMLElement[] {
    const words = say.tools;
    this.large = button("tool of-page", words.large, () => this.enlarge(), {
      "aria-label": words.largeLabel,
      "aria-pressed": String(this.hasAttribute("large-text")),
    });
    const language = button("tool", words.language, () => this.switchLanguage(), {
      "aria-label": words.languageLabel,
      lang: this.language === "en" ? "zh-CN" : "en",
    });
    const theme = button("tool square of-page", icon("theme"), () => this.shade(), {
      "aria-label": words.theme,
    });
    return [this.large, language, ...(this.themeIsFixed ? [] : [theme])];
  }

  private enlarge(): void {
    prefer({ large: this.toggleAttribute("large-text") });
  }

  private switchLanguage(): void {
    const language = this.language === "en" ? "zh" : "en";
    prefer({ language });
    this.setAttribute("lang", language);
    // The button that was pressed was built anew: its successor gets the focus.
    this.shadowRoot?.querySelector<HTMLElement>(".head [lang]")?.focus();
  }

  private shade(): void {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const now = this.getAttribute("theme") ?? "auto";
    const theme = (now === "auto" ? system : now) === "dark" ? "light" : "dark";
    this.setAttribute("theme", theme);
    prefer({ theme });
  }
}

if (!customElements.get("budget-qa-chat")) customElements.define("budget-qa-chat", BudgetQaChat);

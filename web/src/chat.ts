// The chat: takes questions, shows answers as they arrive, keeps the conversation of the tab.

import { answerBody, type Chat as AnswerChat } from "./answer";
import type { Client } from "./client";
import { Composer } from "./composer";
import type { Answer, Filters } from "./contract";
import { bringIntoView, button, el, icon } from "./dom";
import { Drawer } from "./drawer";
import { explained, failed } from "./failed";
import { Failure } from "./failure";
import type { Language, Messages } from "./messages";
import { Session } from "./session";
import { hush } from "./speech";
import { Welcome } from "./welcome";

export interface ChatOptions {
  client: Client;
  filters: Filters | null;
  language: Language;
  say: Messages;
  session: Session;
  /** Buttons of the head beside "new conversation". */
  tools: HTMLElement[];
}

export class Chat {
  /** The whole of it, to be put under the shadow root. */
  readonly shell: HTMLElement;
  private readonly scroller: HTMLElement;
  private readonly turns: HTMLElement;
  private readonly live: HTMLElement;
  private readonly fresh: HTMLButtonElement;
  private readonly composer: Composer;
  private readonly welcome: Welcome;
  private readonly drawer: Drawer;
  private readonly ofAnswer: AnswerChat;
  private running: AbortController | null = null;

  constructor(private readonly options: ChatOptions) {
    const { client, say, session, filters, language } = options;
    this.shell = el("section", {
      class: "shell",
      "aria-label": say.region,
      lang: language === "en" ? "en" : "zh-CN",
    });
    this.turns = el("div", { class: "turns" });
    // A screen reader hears the answer once it is whole, not clause by clause.
    this.live = el("p", { class: "hidden", role: "status" });
    this.drawer = new Drawer(this.shell, client, say);
    const ask = (question: string) => void this.ask(question);
    this.ofAnswer = {
      client,
      say,
      drawer: this.drawer,
      ask,
      announce: (text) => this.announce(text),
    };
    this.composer = new Composer(client, filters?.disclosure_id ?? "", say, {
      ask,
      stop: () => this.stop(),
      announce: (text) => this.announce(text),
    });
    this.welcome = new Welcome(client, filters, say, ask, (error) => explained(error, say));
    const label = el("span", { class: "label" }, say.tools.fresh);
    this.fresh = button("tool", [icon("fresh"), label], () => this.restart(), { hidden: true });
    this.scroller = el(
      "div",
      { class: "scroller", tabindex: 0, role: "region", "aria-label": say.turn.log },
      el("div", { class: "column" }, this.welcome.element, this.turns),
    );
    this.shell.append(
      el(
        "div",
        { class: "head" },
        el("h2", { class: "title" }, el("slot", { name: "title" }, say.title)),
        this.fresh,
        ...options.tools,
      ),
      this.scroller,
      this.composer.element,
      this.drawer.element,
      this.live,
    );
    this.shell.addEventListener("keydown", (event) => this.key(event));
    for (const { question, answer } of session.turns) {
      this.addTurn(question).body.replaceChildren(...this.body(answer, question));
    }
  }

  /** To be called once the shell is on the page: only then can it scroll. */
  shown(): void {
    this.turns.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  focus(): void {
    this.composer.focus();
  }

  stop(): void {
    this.running?.abort();
  }

  async ask(question: string): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    this.composer.busy(true);
    if (this.drawer.open) this.drawer.close();
    hush();
    const { turn, body } = this.addTurn(question);
    const streamed = el("p", { class: "text streaming", lang: "zh-CN" });
    body.replaceChildren(el("p", { class: "waiting" }, this.options.say.turn.waiting));
    body.setAttribute("aria-busy", "true");
    this.announce(this.options.say.turn.waiting);
    bringIntoView(turn, "start");
    try {
      const { client, session, filters } = this.options;
      const answer = await client.ask(question, session.id, filters, running.signal, (text) => {
        if (!streamed.isConnected) body.replaceChildren(streamed);
        streamed.append(text);
      });
      body.replaceChildren(...this.body(answer, question));
      session.remember(question, answer);
      this.announce(this.options.say.turn.answered(answer.answer));
    } catch (error) {
      if (!(error instanceof Failure)) console.error(error);
      const retry = () => {
        turn.remove();
        this.composer.focus();
        void this.ask(question);
      };
      body.replaceChildren(...failed(error, this.options.say, retry));
      this.announce("");
    } finally {
      body.removeAttribute("aria-busy");
      this.running = null;
      this.composer.busy(false);
    }
  }

  private body(answer: Answer, question: string): HTMLElement[] {
    return answerBody(answer, question, this.ofAnswer);
  }

  private addTurn(question: string): { turn: HTMLElement; body: HTMLElement } {
    const body = el("div", { class: "answer" });
    const label = this.options.say.turn.asked(question);
    const turn = el(
      "article",
      { class: "turn", "aria-label": label },
      el("h3", { class: "asked" }, question),
      body,
    );
    this.turns.append(turn);
    this.welcome.element.hidden = true;
    this.fresh.hidden = false;
    return { turn, body };
  }

  private announce(text: string): void {
    this.live.textContent = text;
  }

  private restart(): void {
    this.stop();
    if (this.drawer.open) this.drawer.close();
    hush();
    this.options.session.forget();
    this.turns.replaceChildren();
    this.welcome.element.hidden = false;
    this.fresh.hidden = true;
    this.composer.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    if (this.drawer.open) this.drawer.close();
    else this.stop();
  }
}

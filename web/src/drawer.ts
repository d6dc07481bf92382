// The evidence drawer: beside the conversation where there is room, else over it from below.

import type { Client } from "./client";
import type { Answer, Citation, Figure, InputFigure } from "./contract";
import { bringIntoView, button, el, icon } from "./dom";
import { grouped, printedForms, shown, type Stated } from "./figures";
import type { Messages } from "./messages";
import { source } from "./sources";

/** From this width of the element on, the drawer stands beside the conversation. */
const BESIDE = 860;

export class Drawer {
  readonly element: HTMLDialogElement;
  private readonly heading: HTMLElement;
  private readonly body: HTMLElement;
  private opener: HTMLElement | null = null;

  constructor(
    private readonly shell: HTMLElement,
    private readonly client: Client,
    private readonly say: Messages,
  ) {
    this.heading = el("h3", { class: "drawer-title", id: "evidence-title", tabindex: -1 });
    this.body = el("div", { class: "drawer-body" });
    this.element = el(
      "dialog",
      { class: "drawer", "aria-labelledby": "evidence-title", onclose: () => this.closed() },
      el(
        "div",
        { class: "drawer-head" },
        this.heading,
        button("tool square", icon("close"), () => this.close(), {
          "aria-label": say.evidence.close,
        }),
      ),
      this.body,
    );
    // A click beside the sheet closes it.
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.close();
    });
  }

  get open(): boolean {
    return this.element.open;
  }

  close(): void {
    this.element.close();
  }

  /** The evidence of a figure: its value, its formula with the inputs, and its sources. */
  showFigure(answer: Answer, figure: Stated, opener: HTMLElement): void {
    const { evidence } = this.say;
    const derivation = "derivation" in figure ? figure.derivation : null;
    const computed = derivation && derivation.operation !== "lookup" ? derivation : null;
    const operation = derivation?.operation ?? "lookup";
    const printed = [figure, ...(derivation?.inputs ?? [])].flatMap(printedForms);
    const parts: HTMLElement[] = [
      el(
        "div",
        { class: "stated" },
        el("p", { class: "stated-label", lang: "zh-CN" }, figure.label),
        el(
          "p",
          { class: "stated-value" },
          grouped(figure.value),
          el("span", { class: "stated-unit" }, figure.unit),
          el("span", { class: "kind" }, evidence.operations[operation] ?? operation),
        ),
      ),
    ];
    if (computed?.formula) parts.push(this.formula(computed));
    const cited = [...figure.citations, ...(derivation?.inputs ?? []).flatMap((i) => i.citations)];
    parts.push(...this.sources(answer, [...new Set(cited)], printed));
    this.show(evidence.title, parts, opener);
  }

  /** One source by its number. */
  showSource(answer: Answer, citation: Citation, opener: HTMLElement): void {
    const figures = answer.figures.flatMap((figure) => [figure, ...figure.derivation.inputs]);
    const printed = figures
      .filter(({ citations }) => citations.includes(citation.id))
      .flatMap(printedForms);
    const title = this.say.evidence.number(citation.id);
    this.show(title, this.sources(answer, [citation.id], printed), opener);
  }

  private formula({ formula, inputs }: Figure["derivation"]): HTMLElement {
    const { evidence } = this.say;
    return el(
      "section",
      { class: "formula-box", "aria-label": evidence.formula },
      el("h4", {}, evidence.formula),
      el("p", { class: "formula", lang: "zh-CN" }, formula),
      inputs.length
        ? el(
            "ul",
            { class: "inputs", "aria-label": evidence.inputs },
            ...inputs.map((input) => this.input(input)),
          )
        : null,
    );
  }

  private input(input: InputFigure): HTMLElement {
    const [first] = input.citations;
    return el(
      "li",
      { class: "row" },
      el("span", { class: "row-name", lang: "zh-CN" }, input.label),
      el(
        "span",
        { class: "row-value" },
        shown(input),
        first === undefined
          ? null
          : button("number", String(first), () => this.reveal(first), {
              "aria-label": this.say.evidence.seeSource(first),
            }),
      ),
    );
  }

  private sources(answer: Answer, ids: number[], printed: string[]): HTMLElement[] {
    const found = ids
      .map((id) => answer.citations.find((citation) => citation.id === id))
      .filter((citation) => citation !== undefined);
    return found.map((citation) => source(citation, printed, this.client, this.say));
  }

  private reveal(id: number): void {
    const card = this.body.querySelector<HTMLElement>(`.source[data-id="${id}"]`);
    if (!card) return;
    bringIntoView(card, "start");
    card.focus({ preventScroll: true });
  }

  private show(title: string, parts: HTMLElement[], opener: HTMLElement): void {
    this.opener = opener;
    this.heading.textContent = title;
    this.body.replaceChildren(...parts);
    this.body.scrollTop = 0;
    const beside = this.shell.clientWidth >= BESIDE;
    if (this.element.open && this.element.classList.contains("beside") !== beside) {
      this.element.close();
      this.opener = opener;
    }
    this.element.classList.toggle("beside", beside);
    this.shell.classList.toggle("with-drawer", beside);
    if (!this.element.open) {
      if (beside) this.element.show();
      else this.element.showModal();
    }
    this.heading.focus({ preventScroll: true });
    if (beside) opener.scrollIntoView({ block: "nearest" });
  }

  private closed(): void {
    if (this.element.open) return;
    this.shell.classList.remove("with-drawer");
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    this.opener = null;
  }
}

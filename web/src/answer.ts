// Draws one answer: its figures, text, chart, computation, sources, and what can be done with it.

import { chartFigure } from "./chart";
import type { Client } from "./client";
import type { Answer, Citation, Figure } from "./contract";
import { button, el, icon, toClipboard } from "./dom";
import type { Drawer } from "./drawer";
import { feedback } from "./feedback";
import { grouped, shown, type Stated } from "./figures";
import type { Messages } from "./messages";
import { prose } from "./prose";
import { canSpeak, hush, speak } from "./speech";

/** What an answer needs of the chat that it stands in. */
export interface Chat {
  client: Client;
  drawer: Drawer;
  say: Messages;
  ask(question: string): void;
  announce(text: string): void;
}

/** More figures than this are a list, not headline figures. */
const MOST_HEADLINES = 3;
const SOURCES_AT_ONCE = 4;

/** The body of a complete answer. */
export function answerBody(answer: Answer, question: string, chat: Chat): HTMLElement[] {
  const { say } = chat;
  const remark = say.remarks[answer.status];
  const state = (text: string, figure: Stated, input = false) =>
    statement(text, figure, input ? "figure input" : "figure", answer, chat);
  const text = prose(answer, state);
  const parts: (HTMLElement | null)[] = [
    remark ? el("p", { class: `remark ${answer.status}` }, remark) : null,
    headlines(answer, chat),
    text.element,
    answer.chart ? charted(answer, text.rows, chat) : null,
    formulas(answer, say),
    choices(answer.options, "options", say.answer.options, chat.ask),
    sources(answer, chat),
    actions(answer, question, chat),
    choices(answer.follow_ups, "follow-ups", say.answer.followUps, chat.ask),
  ];
  return parts.filter((part) => part !== null);
}

/** A figure as a button to its evidence; as text where it has none. */
function statement(
  text: string,
  figure: Stated,
  name: string,
  answer: Answer,
  chat: Chat,
): HTMLElement {
  if (!figure.citations.length) return el("strong", { class: name }, text);
  const open = () => chat.drawer.showFigure(answer, figure, opener);
  const label = chat.say.answer.evidenceOf(text);
  const opener = button(name, text, open, { "aria-label": label, "aria-haspopup": "dialog" });
  return opener;
}

/** The figures that answer the question, large, where there are few. */
function headlines(answer: Answer, chat: Chat): HTMLElement | null {
  const { figures } = answer;
  // A chart's table states them already.
  if (!figures.length || figures.length > MOST_HEADLINES || answer.chart) return null;
  const owner = commonOwner(figures);
  const tiles = figures.map((figure) => {
    const label = chat.say.answer.evidenceOf(shown(figure));
    const open = () => chat.drawer.showFigure(answer, figure, tile);
    const tile = button(
      "headline",
      [
        el("span", { class: "headline-label", lang: "zh-CN" }, figure.label.slice(owner.length)),
        el(
          "span",
          { class: "headline-value" },
          grouped(figure.value),
          el("span", { class: "headline-unit" }, figure.unit),
        ),
      ],
      open,
      { "aria-label": `${figure.label} ${label}`, "aria-haspopup": "dialog" },
    );
    return el("li", {}, tile);
  });
  return el(
    "div",
    { class: "headlines" },
    owner ? el("p", { class: "headlines-owner", lang: "zh-CN" }, owner) : null,
    el("ul", {}, ...tiles),
  );
}

/** What the labels of several figures begin with, up to a year or a bracket: whose figures they
 * are, to be said once. */
function commonOwner(figures: readonly Figure[]): string {
  const [first, ...others] = figures.map(({ label }) => label);
  if (first === undefined || !others.length) return "";
  let same = 0;
  while (same < first.length && others.every((label) => label[same] === first[same])) same += 1;
  return /^.*[年）]/.exec(first.slice(0, same))?.[0] ?? "";
}

/** The chart with its table, whose values are buttons as well. The text's list of the same is
 * folded away, or left out where it says no more than the table. */
function charted(answer: Answer, rows: HTMLElement[], chat: Chat): HTMLElement | null {
  const { chart } = answer;
  if (!chart) return null;
  const figure = chartFigure(chart, chat.say, (label, value, unit) => {
    const own = answer.figures.find(
      (one) => one.label === label && one.value === value && one.unit === unit,
    );
    return own ? statement(grouped(value), own, "figure", answer, chat) : grouped(value);
  });
  const list = rows[0]?.parentElement;
  list?.remove();
  if (list && rows.length > chart.points.length) {
    const summary = el("summary", {}, chat.say.answer.allLines(rows.length));
    figure.append(el("details", { class: "more" }, summary, list));
  }
  return figure;
}

/** The formulas that the text does not give itself. */
function formulas({ answer, figures }: Answer, say: Messages): HTMLElement | null {
  const computed = figures.filter(
    ({ derivation: { operation, formula } }) =>
      formula && operation !== "lookup" && !answer.includes(formula),
  );
  if (!computed.length) return null;
  return el(
    "ul",
    { class: "formulas", "aria-label": say.answer.formulas },
    ...computed.map(({ label, derivation }) =>
      el(
        "li",
        { lang: "zh-CN" },
        el("span", { class: "formula-label" }, label),
        el("span", { class: "formula" }, derivation.formula),
      ),
    ),
  );
}

function choices(
  questions: readonly string[],
  name: string,
  label: string,
  ask: (question: string) => void,
): HTMLElement | null {
  if (!questions.length) return null;
  return el(
    "ul",
    { class: `choices ${name}`, "aria-label": label },
    ...questions.map((question) =>
      el("li", {}, button("choice", question, () => ask(question), { lang: "zh-CN" })),
    ),
  );
}

function sources(answer: Answer, chat: Chat): HTMLElement | null {
  const { say } = chat;
  if (!answer.citations.length) return null;
  const several = new Set(answer.citations.map((one) => one.disclosure_id)).size > 1;
  const items = answer.citations.map((citation) => {
    const open = () => chat.drawer.showSource(answer, citation, opener);
    const line = several ? `${citation.disclosure}，${cited(citation)}` : cited(citation);
    const label = say.answer.source(citation.id, line);
    const opener = button(
      "cite",
      [
        el("span", { class: "number" }, String(citation.id)),
        icon(citation.kind === "cell" ? "table" : "quote"),
        el("span", { class: "cite-title", lang: "zh-CN" }, line),
      ],
      open,
      { "aria-label": label, "aria-haspopup": "dialog" },
    );
    return el("li", {}, opener);
  });
  const few = items.length <= SOURCES_AT_ONCE + 1;
  const rest = few ? [] : items.slice(SOURCES_AT_ONCE);
  return el(
    "section",
    { class: "sources", "aria-label": say.answer.sources(items.length) },
    el("h4", {}, say.answer.sources(items.length)),
    el("ul", {}, ...(few ? items : items.slice(0, SOURCES_AT_ONCE))),
    rest.length
      ? el(
          "details",
          { class: "more" },
          el("summary", {}, say.answer.moreSources(rest.length)),
          el("ul", {}, ...rest),
        )
      : null,
  );
}

/** A citation in one line; of cells in one row, the column tells them apart. */
function cited({ title, column }: Citation): string {
  const last = column?.split(" / ").at(-1);
  return last ? `${title} · ${last}` : title;
}

function actions(answer: Answer, question: string, chat: Chat): HTMLElement {
  const { say } = chat;
  const status = el("p", { class: "note", role: "status" });
  const bar = el("div", { class: "actions" }, copier(answer, question, chat, status));
  if (answer.answer_id) bar.append(sharer(answer.answer_id, chat, status));
  if (canSpeak()) bar.append(reader(answer.answer, say));
  const parts: HTMLElement[] = [bar, status];
  if (answer.answer_id && answer.status === "answered") {
    parts.push(feedback(answer.answer_id, chat.client, say));
  }
  return el("div", { class: "after" }, ...parts);
}

function copier(answer: Answer, question: string, chat: Chat, status: HTMLElement): HTMLElement {
  const { say } = chat;
  return button("tool", [icon("copy"), say.answer.copy], async () => {
    const copied = await toClipboard(plainText(answer, question, say));
    status.textContent = copied ? say.answer.copied : say.answer.uncopied;
  });
}

function sharer(id: string, chat: Chat, status: HTMLElement): HTMLElement {
  const { client, say } = chat;
  const share = async () => {
    try {
      const address = await client.share(id);
      const copied = await toClipboard(address);
      const link = el("a", { href: address, target: "_blank", rel: "noopener" }, address);
      status.replaceChildren(copied ? say.answer.shared : say.answer.unshared, link);
    } catch {
      status.textContent = say.answer.failedShare;
    }
  };
  const label = { "aria-label": say.answer.shareLabel, title: say.answer.shareLabel };
  return button("tool", [icon("share"), say.answer.share], () => void share(), label);
}

function reader(text: string, say: Messages): HTMLElement {
  const label = el("span", {}, say.answer.speak);
  const ended = () => {
    label.textContent = say.answer.speak;
    reading = false;
  };
  let reading = false;
  return button("tool", [icon("speak"), label], () => {
    if (reading) {
      hush();
      ended();
      return;
    }
    reading = true;
    label.textContent = say.answer.hush;
    speak(text, ended);
  });
}

/** The answer with its figures and sources as plain text. */
function plainText(answer: Answer, question: string, { answer: { plain } }: Messages): string {
  const lines = [plain.question + question, plain.answer + answer.answer];
  for (const figure of answer.figures) {
    const { operation, formula } = figure.derivation;
    if (operation !== "lookup") lines.push(plain.formula(figure.label, shown(figure), formula));
  }
  for (const { id, disclosure, title, quote } of answer.citations) {
    lines.push(plain.source(id, `${disclosure}，${title}`, quote));
  }
  return lines.join("\n");
}

// The text of an answer: paragraphs, and its lists as rows of a name and a figure.

import type { Answer } from "./contract";
import { el, type Child } from "./dom";
import { Finder, type Stated } from "./figures";

export interface Prose {
  paragraphs: HTMLElement[];
  /** Rows of the answer's lists. */
  rows: HTMLElement[];
  element: HTMLElement;
}

type StateFigure = (text: string, figure: Stated, input: boolean) => HTMLElement;

// Marks that may not begin a line: a button would let them.
const CLOSING = /^[，。；：、！？）》”’,.;:!?)]+/;
const ROW = /^- (.+?)：([^：]+)$/;

/** The answer's text; `state` makes the element that shows a figure. */
export function prose(answer: Answer, state: StateFigure): Prose {
  const inputs = answer.figures.flatMap(({ derivation }) => derivation.inputs);
  // Figures come first: an input that equals one is shown as the figure.
  const finder = new Finder([...answer.figures, ...inputs]);
  const put = (line: string) => stated(line, finder, inputs, state);
  const element = el("div", { class: "text", lang: "zh-CN" });
  const paragraphs: HTMLElement[] = [];
  const rows: HTMLElement[] = [];
  let list: HTMLElement | null = null;
  for (const line of answer.answer.split("\n")) {
    if (!line.startsWith("- ")) {
      list = null;
      const paragraph = el("p", {}, ...put(line));
      paragraphs.push(paragraph);
      element.append(paragraph);
      continue;
    }
    if (!list) {
      list = el("ul", { class: "rows" });
      element.append(list);
    }
    const row = listed(line, put);
    rows.push(row);
    list.append(row);
  }
  return { paragraphs, rows, element };
}

function listed(line: string, put: (line: string) => Child[]): HTMLElement {
  const [, name] = ROW.exec(line) ?? [];
  const children = put(line.slice(2));
  const first = children[0];
  if (name === undefined || typeof first !== "string" || !first.startsWith(`${name}：`)) {
    return el("li", { class: "row" }, ...children);
  }
  const value = [first.slice(name.length + 1), ...children.slice(1)];
  return el(
    "li",
    { class: "row" },
    el("span", { class: "row-name" }, name, el("span", { class: "hidden" }, "：")),
    el("span", { class: "row-value" }, ...value),
  );
}

function stated(
  line: string,
  finder: Finder,
  inputs: readonly Stated[],
  state: StateFigure,
): Child[] {
  const pieces = finder.pieces(line);
  const children: Child[] = [];
  let closing = "";
  pieces.forEach((piece, index) => {
    if (!piece.figure) {
      children.push(piece.text.slice(closing.length));
      closing = "";
      return;
    }
    closing = CLOSING.exec(pieces[index + 1]?.text ?? "")?.[0] ?? "";
    const figure = state(piece.text, piece.figure, inputs.includes(piece.figure));
    children.push(closing ? el("span", { class: "unbroken" }, figure, closing) : figure);
  });
  return children;
}

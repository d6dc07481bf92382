// One citation in full: the table row or the sentence in its paragraph, and where it stands.

import type { Client } from "./client";
import type { Citation, Locator } from "./contract";
import { el, icon } from "./dom";
import type { Messages } from "./messages";
import { printedRow, showCited } from "./table";

/** The card of a citation; `numbers` are the printed figures to mark in its text. */
export function source(
  citation: Citation,
  numbers: readonly string[],
  client: Client,
  say: Messages,
): HTMLElement {
  const words = say.evidence;
  const quote = el("blockquote", { lang: "zh-CN" }, ...marked(citation.quote, "", numbers));
  const facts = el("dl", { class: "whereabouts" });
  const card = el(
    "section",
    { class: "source", "data-id": citation.id, tabindex: -1, "aria-label": words.number(citation.id) },
    el(
      "h4",
      { class: "source-title" },
      el("span", { class: "number" }, String(citation.id)),
      el("span", { class: "grow", lang: "zh-CN" }, citation.title),
      el("span", { class: "kind" }, words[citation.kind]),
    ),
    quote,
    facts,
    citation.url
      ? el(
          "a",
          { class: "open", href: client.address(citation.url), target: "_blank", rel: "noopener" },
          words.open,
          icon("open"),
        )
      : null,
  );
  facts.append(...whereabouts(citation, say), ...coordinates(citation, say));
  if (citation.kind === "cell" && citation.fact_id) {
    void showRow(citation, citation.fact_id, client, say, quote, facts);
  } else if (citation.passage_id) {
    void showParagraph(citation, citation.passage_id, numbers, client, quote);
  }
  return card;
}

async function showRow(
  citation: Citation,
  fact: string,
  client: Client,
  say: Messages,
  quote: HTMLElement,
  facts: HTMLElement,
): Promise<void> {
  try {
    const table = printedRow(await client.row(citation.disclosure_id, fact), say);
    quote.replaceWith(table);
    facts.replaceChildren(...whereabouts(citation, say));
    showCited(table);
  } catch {
    // The release has changed since the answer was given: what it quoted stays.
    quote.before(el("p", { class: "note" }, say.evidence.gone));
  }
}

/** Puts the whole paragraph around the quoted sentence. */
async function showParagraph(
  citation: Citation,
  passage: string,
  numbers: readonly string[],
  client: Client,
  quote: HTMLElement,
): Promise<void> {
  try {
    const { text } = await client.paragraph(citation.disclosure_id, passage);
    quote.replaceChildren(...marked(text, citation.quote, numbers));
  } catch {
    // The release has changed since: the sentence stays.
  }
}

/** The text with the quoted sentence and the figures in it marked. */
function marked(text: string, quote: string, numbers: readonly string[]): (Node | string)[] {
  const sentence = quote.replace(/…$/, "");
  const at = sentence && sentence.length < text.length ? text.indexOf(sentence) : -1;
  if (at < 0) return figuresMarked(text, numbers);
  return [
    text.slice(0, at),
    el("span", { class: "sentence" }, ...figuresMarked(sentence, numbers)),
    text.slice(at + sentence.length),
  ];
}

function figuresMarked(text: string, numbers: readonly string[]): (Node | string)[] {
  for (const number of numbers) {
    for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
      const end = at + number.length;
      // 12.9 is not found within 112.94.
      if (/[\d,.]/.test(text.charAt(at - 1)) || /\d/.test(text.charAt(end))) continue;
      return [text.slice(0, at), el("mark", {}, number), text.slice(end)];
    }
  }
  return [text];
}

function whereabouts({ disclosure, section, locator }: Citation, say: Messages): HTMLElement[] {
  const words = say.evidence;
  return [
    ...fact(words.file, disclosure),
    ...fact(words.section, section),
    ...fact(words.place, place(locator, say)),
  ];
}

function coordinates({ table, row, column }: Citation, say: Messages): HTMLElement[] {
  const words = say.evidence;
  return [...fact(words.table, table), ...fact(words.row, row), ...fact(words.column, column)];
}

function fact(name: string, value: string | null): HTMLElement[] {
  return value ? [el("dt", {}, name), el("dd", { lang: "zh-CN" }, value)] : [];
}

function place({ file, page, line }: Locator, { evidence }: Messages): string {
  return [file, page && evidence.page(page), line && evidence.line(line)]
    .filter(Boolean)
    .join("，");
}

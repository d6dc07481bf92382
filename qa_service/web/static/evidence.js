// The evidence under an answer: each citation opens to its printed table row or sentence.

import { read } from "./api.js";
import { bringIntoView, el } from "./dom.js";

const SHOWN_AT_ONCE = 4;

/** The list of an answer's citations, each closed; a long list opens in two steps. */
export function evidence(citations, prefix) {
  const sources = citations.map((citation) => source(citation, prefix));
  const few = sources.length <= SHOWN_AT_ONCE + 1;
  const first = few ? sources : sources.slice(0, SHOWN_AT_ONCE);
  const rest = few ? [] : sources.slice(SHOWN_AT_ONCE);
  return el(
    "section",
    { className: "evidence" },
    el("h3", {}, `依据（${citations.length}）`),
    ...first,
    rest.length
      ? el(
          "details",
          { className: "more" },
          el("summary", {}, `其余${rest.length}条依据`),
          ...rest,
        )
      : null,
  );
}

/** Open a citation and bring it to the eye; used by the figures in the text. */
export function reveal(id) {
  const details = document.getElementById(id);
  if (!details) return;
  details.open = true;
  const more = details.closest(".more");
  if (more) more.open = true;
  bringIntoView(details, "center");
  details.querySelector("summary").focus({ preventScroll: true });
}

function source(citation, prefix) {
  const body = el("div", { className: "source-body" });
  const details = el(
    "details",
    { className: "source", id: `${prefix}-${citation.id}` },
    el(
      "summary",
      {},
      el("span", { className: "number" }, String(citation.id)),
      el("span", { className: "source-title" }, citation.title, preview(citation)),
      el("span", { className: "kind" }, citation.kind === "cell" ? "表格" : "原文"),
    ),
    body,
  );
  details.addEventListener("toggle", () => fill(body, citation), { once: true });
  return details;
}

/** What tells apart two citations of one section or row: the sentence, the column. */
function preview({ kind, quote, column }) {
  const text = kind === "cell" ? column && `“${column}”列` : quote;
  return text ? el("span", { className: "preview" }, text) : null;
}

function fill(body, citation) {
  const quote = el("blockquote", {}, citation.quote);
  const facts = el("dl", {}, ...whereabouts(citation), ...coordinates(citation));
  body.append(quote, facts);
  if (citation.kind !== "cell" || !citation.fact_id) return;
  const path = [citation.disclosure_id, "facts", citation.fact_id].map(encodeURIComponent);
  read(`/api/disclosures/${path.join("/")}/row`)
    .then((row) => {
      const table = printed(row);
      quote.replaceWith(table);
      facts.replaceChildren(...whereabouts(citation));
      showCited(table);
    })
    .catch(() => {
      // The release has changed since the answer was given: what it quoted stays.
    });
}

function whereabouts({ disclosure, section, locator }) {
  return [...fact("文件", disclosure), ...fact("章节", section), ...fact("位置", place(locator))];
}

function coordinates({ table, row, column }) {
  return [...fact("表", table), ...fact("行", row), ...fact("列", column)];
}

function fact(name, value) {
  return value ? [el("dt", {}, name), el("dd", {}, value)] : [];
}

/** On a narrow screen the cited cell may lie to the right of what is seen. */
function showCited(table) {
  const cell = table.querySelector(".cited");
  const hidden = cell ? cell.offsetLeft + cell.offsetWidth - table.clientWidth : 0;
  if (hidden > 0) table.scrollLeft = hidden + 24;
}

function place(locator) {
  const parts = [
    locator.file,
    locator.page && `第${locator.page}页`,
    locator.line && `第${locator.line}行`,
  ];
  return parts.filter(Boolean).join("，");
}

/** A table row under its printed headers; a header that spans columns is printed once. */
function printed(row) {
  const depth = Math.max(...row.headers.map((path) => path.length));
  const head = [];
  for (let level = 0; level < depth; level += 1) head.push(headerRow(row.headers, level, depth));
  const cells = row.cells.map((cell, index) =>
    el("td", { className: cellClass(cell, index === row.column) }, cell),
  );
  return el(
    "div",
    { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": row.table },
    el(
      "table",
      {},
      el("caption", {}, row.unit ? `${row.table}　单位：${row.unit}` : row.table),
      el("thead", {}, ...head),
      el("tbody", {}, el("tr", {}, ...cells)),
    ),
  );
}

function cellClass(text, cited) {
  const amount = /^[-+]?[\d,]+(\.\d+)?%?$/.test(text.trim()) && /[.,%]/.test(text);
  return [amount ? "amount" : "", cited ? "cited" : ""].join(" ").trim();
}

function headerRow(headers, level, depth) {
  const cells = [];
  for (let column = 0; column < headers.length; ) {
    const path = headers[column];
    if (level >= path.length) {
      column += 1;
      continue;
    }
    let span = 1;
    const key = path.slice(0, level + 1).join("\n");
    const last = level === path.length - 1;
    while (
      !last &&
      column + span < headers.length &&
      headers[column + span].length > level + 1 &&
      headers[column + span].slice(0, level + 1).join("\n") === key
    ) {
      span += 1;
    }
    const rows = last ? depth - level : 1;
    cells.push(el("th", { colSpan: span, rowSpan: rows, scope: "col" }, path[level]));
    column += span;
  }
  return el("tr", {}, ...cells);
}

// A row of a published table, drawn as a table under its printed headers.

import type { PrintedRow } from "./contract";
import { el } from "./dom";
import type { Messages } from "./messages";

/** The table of one row with the cited cell marked. */
export function printedRow(row: PrintedRow, say: Messages): HTMLElement {
  const depth = Math.max(1, ...row.headers.map((path) => path.length));
  const head = [];
  for (let level = 0; level < depth; level += 1) head.push(headerRow(row.headers, level, depth));
  const cells = row.cells.map((cell, index) =>
    el("td", { class: cellClass(cell, index === row.column) }, cell),
  );
  const caption = row.unit ? `${row.table}　${say.evidence.unit(row.unit)}` : row.table;
  return el(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group", "aria-label": row.table, lang: "zh-CN" },
    el(
      "table",
      {},
      el("caption", {}, el("span", {}, caption)),
      el("thead", {}, ...head),
      el("tbody", {}, el("tr", {}, ...cells)),
    ),
  );
}

/** On a narrow screen the cited cell may lie to the right of what is seen. */
export function showCited(table: HTMLElement): void {
  const cell = table.querySelector<HTMLElement>(".cited");
  if (!cell) return;
  const middle = cell.offsetLeft + cell.offsetWidth / 2 - table.clientWidth / 2;
  table.scrollLeft = Math.max(0, middle);
}

function cellClass(text: string, cited: boolean): string {
  const amount = /^[-+−]?[\d,]+(\.\d+)?%?$/.test(text.trim()) && /[.,%]/.test(text);
  return [amount ? "amount" : "", cited ? "cited" : ""].join(" ").trim();
}

/** One level of the headers; one that spans columns or levels is printed once. */
function headerRow(headers: string[][], level: number, depth: number): HTMLElement {
  const cells = [];
  for (let column = 0; column < headers.length; ) {
    const path = headers[column] ?? [];
    if (level >= Math.max(1, path.length)) {
      column += 1;
      continue;
    }
    const last = level >= path.length - 1;
    const span = last ? 1 : reach(headers, column, level);
    const attributes = { scope: "col", colspan: span, rowspan: last ? depth - level : 1 };
    const text = path[level] ?? "";
    cells.push(text ? el("th", attributes, text) : el("td", { ...attributes, scope: null }));
    column += span;
  }
  return el("tr", {}, ...cells);
}

/** How many columns from `column` on share its header down to `level`. */
function reach(headers: string[][], column: number, level: number): number {
  const key = (path: string[]) => path.slice(0, level + 1).join("\n");
  const own = key(headers[column] ?? []);
  let span = 1;
  for (;;) {
    const next = headers[column + span];
    if (!next || next.length <= level + 1 || key(next) !== own) return span;
    span += 1;
  }
}

// A table of a disclosure as printed: headers over headers, the cited row and cell marked.

import { el } from "./dom.js";

/** @typedef {{name: string, unit: string, note: string, headers: string[][], column: number | null,
 *   rows: {number: number, cells: string[], cited: boolean}[], size: number,
 *   disclosure_id: string, table_id: string}} Table */

/** @param {Table} table */
export function printedTable(table) {
  const depth = Math.max(1, ...table.headers.map((path) => path.length));
  const head = [];
  for (let level = 0; level < depth; level += 1) head.push(headerRow(table.headers, level, depth));
  const caption = table.unit ? `${table.name}　单位：${table.unit}` : table.name;
  return el(
    "div",
    { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": table.name },
    el(
      "table",
      { className: "printed" },
      el("caption", {}, caption),
      el("thead", {}, ...head),
      el("tbody", {}, ...table.rows.map((row) => bodyRow(row, table.column))),
    ),
  );
}

/** @param {Table["rows"][number]} row @param {number | null} column */
function bodyRow(row, column) {
  const cells = row.cells.map((text, index) => {
    const cited = row.cited && index === column;
    return el(
      "td",
      { className: `${isAmount(text) ? "amount" : ""}${cited ? " cited" : ""}`.trim() },
      cited ? el("mark", {}, text) : text,
    );
  });
  const number = el("th", { scope: "row", className: "row-number" }, String(row.number));
  return el("tr", { className: row.cited ? "cited-row" : "" }, number, ...cells);
}

/** @param {string} text */
export function isAmount(text) {
  return /^[-+]?[\d,]+(\.\d+)?%?$/.test(text.trim()) && /[.,%]/.test(text);
}

/** @param {string[][]} headers @param {number} level @param {number} depth */
function headerRow(headers, level, depth) {
  const cells = level
    ? []
    : [el("th", { rowSpan: depth, scope: "col", className: "row-number" }, "行")];
  for (let column = 0; column < headers.length; ) {
    const path = headers[column];
    if (level >= path.length) {
      if (level === 0) cells.push(el("td", { rowSpan: depth }));
      column += 1;
      continue;
    }
    const last = level === path.length - 1;
    const key = path.slice(0, level + 1).join("\n");
    let span = 1;
    while (
      !last &&
      column + span < headers.length &&
      headers[column + span].length > level + 1 &&
      headers[column + span].slice(0, level + 1).join("\n") === key
    ) {
      span += 1;
    }
    cells.push(
      el("th", { colSpan: span, rowSpan: last ? depth - level : 1, scope: span > 1 ? "colgroup" : "col" }, path[level]),
    );
    column += span;
  }
  return el("tr", {}, ...cells);
}

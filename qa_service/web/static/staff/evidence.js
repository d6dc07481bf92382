// Evidence, open: each cited cell in its table with the rows around it, each sentence in its text.

import { attempt, get } from "./api.js";
import { button, el, failed } from "./dom.js";
import { printedTable } from "./table.js";

const OPEN_AT_ONCE = 6;

/**
 * @param {any[]} evidence
 * @param {{disclosure: string, id: string} | null} table only what stands in it; it is shown whole
 */
export function evidenceSection(evidence, table) {
  const shown = evidence.filter((one) => !table || one.citation.table_id === table.id);
  if (!shown.length && !table) return null;
  const list = el("div", {}, ...shown.map((one, index) => item(one, index < OPEN_AT_ONCE)));
  const section = el(
    "section",
    { className: "evidence card", "aria-label": "依据" },
    el("h3", {}, `依据（${shown.length}）`),
    list,
  );
  if (table) {
    const whole = el("div", { className: "whole" });
    section.append(whole);
    loadWhole(whole, table.disclosure, table.id);
  }
  return section;
}

/** @param {any} one @param {boolean} open */
function item({ citation, table, passage }, open) {
  const body = el("div", { className: "evidence-body" });
  if (table) {
    body.append(printedTable(table));
    if (table.size > table.rows.length) {
      const whole = el("div", { className: "whole" });
      const more = button(`整张表（${table.size}行）`, () => {
        more.remove();
        loadWhole(whole, table.disclosure_id, table.table_id);
      }, { className: "quiet" });
      body.append(more, whole);
    }
  } else if (passage) {
    body.append(
      passage.before && el("p", { className: "soft clamp" }, passage.before),
      el(
        "blockquote",
        {},
        passage.text.slice(0, passage.start),
        el("mark", {}, passage.text.slice(passage.start, passage.end)),
        passage.text.slice(passage.end),
      ),
      passage.after && el("p", { className: "soft clamp" }, passage.after),
    );
  } else {
    body.append(
      el("blockquote", {}, citation.quote),
      el("p", { className: "hint" }, "数据已经更新，这里是当时的引文。"),
    );
  }
  const place = [citation.locator.page && `第${citation.locator.page}页`, citation.locator.line && `第${citation.locator.line}行`];
  return el(
    "details",
    { open, className: "source" },
    el(
      "summary",
      {},
      el("span", { className: "number" }, String(citation.id)),
      el("span", {}, `《${citation.disclosure.replace(/^《|》$/g, "")}》${citation.title}`),
      el("span", { className: "soft" }, place.filter(Boolean).join(" ")),
    ),
    body,
  );
}

/** @param {HTMLElement} place @param {string} disclosure @param {string} id */
async function loadWhole(place, disclosure, id) {
  const path = `/disclosures/${encodeURIComponent(disclosure)}/tables/${encodeURIComponent(id)}`;
  await attempt(
    async () => {
      const table = await get(path);
      place.replaceChildren(printedTable(table), table.note && el("p", { className: "hint" }, table.note));
    },
    (message) => place.replaceChildren(failed(message)),
  );
}

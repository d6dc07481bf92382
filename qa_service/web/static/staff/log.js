// The inquiry log: searched, filtered, exported; an inquiry opens at the desk.

import { attempt, get, query, sequence } from "./api.js";
import { el, failed, field, select } from "./dom.js";
import { CHANNELS, OUTCOMES, STATES, moment } from "./format.js";
import { pager } from "./pager.js";
import { setViewShortcuts } from "./shortcuts.js";

const SIZE = 30;

/** @param {HTMLElement} place */
export async function log(place) {
  const all = (/** @type {string[]} */ names) =>
    /** @type {[string, string][]} */ ([["", "全部"], ...names.map((name) => [name, name])]);
  const text = el("input", { type: "search", maxLength: 200, placeholder: "问题、答案、答复或备注中的字" });
  const inputs = {
    text,
    channel: select(all(CHANNELS)),
    state: select(all(STATES)),
    outcome: select([["", "全部"], ...Object.entries(OUTCOMES)]),
    account: el("input", { maxLength: 64 }),
    disclosure: el("input", { maxLength: 200, placeholder: "公开文件名中的字" }),
    since: el("input", { type: "date" }),
    until: el("input", { type: "date" }),
  };
  const names = {
    text: "搜索",
    channel: "渠道",
    state: "状态",
    outcome: "结果",
    account: "应答人",
    disclosure: "公开文件",
    since: "从",
    until: "到",
  };
  const values = () =>
    Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
  const list = el("div", { className: "card" });
  const loading = sequence();
  const exporting = el("a", { className: "button", download: "" }, "导出 CSV");
  const form = el(
    "form",
    { className: "filters card", role: "search" },
    ...Object.entries(inputs).map(([name, input]) => field(names[name], input)),
    el(
      "div",
      { className: "actions" },
      el("button", { type: "submit", className: "primary" }, "查找"),
      exporting,
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(0);
  });
  form.addEventListener("change", () => load(0));
  setViewShortcuts(place, [{ key: "/", label: "到搜索框", act: () => text.focus() }]);
  place.append(form, list);
  await load(0);

  /** @param {number} offset */
  async function load(offset) {
    const latest = loading();
    const wanted = values();
    exporting.href = `/api/staff/inquiries/export.csv${query(wanted)}`;
    await attempt(
      async () => {
        const page = await get(`/inquiries${query({ ...wanted, limit: SIZE, offset })}`);
        if (!latest()) return;
        list.replaceChildren(
          el("p", { className: "soft", role: "status" }, `共 ${page.total} 件`),
          table(page.items),
          pager(page.total, SIZE, offset, load),
        );
      },
      (message) => latest() && list.replaceChildren(failed(message)),
    );
  }
}

const COLUMNS = ["编号", "时间", "渠道", "问题", "答案", "结果", "应答人", "状态", "修改"];

/** @param {import("./desk.js").Inquiry[]} items */
function table(items) {
  if (!items.length) return el("p", { className: "empty" }, "没有符合条件的咨询。");
  return el(
    "div",
    { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": "咨询台账" },
    el(
      "table",
      { className: "listing" },
      el("caption", { className: "unseen" }, "咨询台账"),
      el("thead", {}, el("tr", {}, ...COLUMNS.map((name) => el("th", { scope: "col" }, name)))),
      el(
        "tbody",
        {},
        ...items.map((item) =>
          el(
            "tr",
            {},
            el("td", {}, String(item.id)),
            el("td", { className: "nowrap" }, moment(item.at)),
            el("td", {}, item.channel),
            el("td", { className: "long" }, el("a", { href: `#/desk/${item.id}` }, item.question)),
            el("td", { className: "long soft" }, el("span", { className: "clamp" }, item.answer)),
            el("td", { className: "nowrap" }, OUTCOMES[item.outcome]),
            el("td", {}, item.account),
            el("td", { className: "nowrap" }, item.state),
            el("td", { className: "amount" }, item.edits ? String(item.edits) : ""),
          ),
        ),
      ),
    ),
  );
}

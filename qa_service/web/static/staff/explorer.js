// The fact explorer: every published figure as a row; filter, sort, add up a selection, export.

import { attempt, get, post, query, sequence } from "./api.js";
import { announce, button, el, failed, field, select } from "./dom.js";
import { grouped } from "./format.js";
import { pager } from "./pager.js";
import { setViewShortcuts } from "./shortcuts.js";

const SIZE = 50;
const MEASURES = [
  ["", "全部"], ["revenue", "收入"], ["expenditure", "支出"], ["three_public", "三公经费"],
  ["conference_training", "会议费、培训费"], ["operating", "机关运行经费"], ["procurement", "政府采购"],
  ["service_purchase", "政府购买服务"], ["staff", "人员"], ["count", "数量"], ["target", "绩效目标"],
  ["other", "其他"],
];
const ASPECTS = [
  ["", "全部"], ["amount", "金额"], ["prior", "上年数"], ["change", "增减额"],
  ["change_rate", "增减率"], ["share", "占比"], ["completion", "完成率"],
];
const UNITS = [["", "不折算"], ["元", "元"], ["万元", "万元"], ["亿元", "亿元"]];
/** Columns: name, and what it is sorted by. */
const COLUMNS = [
  ["部门", "department"], ["年度", "year"], ["表", ""], ["行", "label"], ["列", ""],
  ["数值", "value"], ["单位", ""], ["性质", ""],
];

/** @param {HTMLElement} place */
export async function explorer(place) {
  const choices = await get("/choices");
  /** @type {Map<string, {disclosure_id: string, id: string, name: string}>} */
  const chosen = new Map();
  let sort = { by: "document", descending: false };
  const [loading, summing, offering] = [sequence(), sequence(), sequence()];
  const words = el("input", { type: "search", maxLength: 200, placeholder: "行名、项目，空格隔开" });
  const disclosure = select([["", "全部"], ...choices.disclosures.map((/** @type {any} */ d) => [d.id, `${d.title}`])]);
  const names = [...new Set(choices.disclosures.map((/** @type {any} */ d) => d.department))];
  const years = [...new Set(choices.disclosures.map((/** @type {any} */ d) => d.year))].sort().reverse();
  const table = select(kindOptions(choices));
  const inputs = {
    words,
    department: select([["", "全部"], ...names.map((name) => [name, name])]),
    year: select([["", "全部"], ...years.map((year) => [String(year), String(year)])]),
    measure: select(MEASURES),
    aspect: select(ASPECTS),
    unit: el("input", { maxLength: 16, placeholder: "如 万元" }),
  };
  const labels = { words: "查找", department: "部门", year: "年度", measure: "口径", aspect: "性质", unit: "单位" };
  const wanted = () => {
    const [kind, value] = table.value.split(":");
    return {
      ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value])),
      disclosure_id: disclosure.value,
      table_kind: kind === "kind" ? value : "",
      table_id: kind === "id" ? value : "",
      sort: sort.by,
      descending: sort.descending ? "true" : "",
    };
  };
  const list = el("div", { className: "card" });
  const sum = el("section", { className: "sum card", "aria-label": "所选合计", "aria-live": "polite" });
  const exporting = el("a", { className: "button", download: "" }, "导出 CSV");
  const form = el(
    "form",
    { className: "filters card", role: "search" },
    field(labels.words, words),
    field(labels.department, inputs.department),
    field(labels.year, inputs.year),
    field("公开文件", disclosure),
    field("表", table),
    field(labels.measure, inputs.measure),
    field(labels.aspect, inputs.aspect),
    field(labels.unit, inputs.unit),
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
  form.addEventListener("change", async (event) => {
    if (event.target === disclosure && !(await offerTables())) return;
    load(0);
  });
  const unit = select(UNITS, "", { "aria-label": "折算单位" });
  unit.addEventListener("change", addUp);
  setViewShortcuts(place, [
    { key: "/", label: "到查找框", act: () => words.focus() },
    { key: "x", label: "清除所选", act: clear },
  ]);
  place.append(form, sum, list);
  showSum(el("p", { className: "soft" }, "勾选若干行，这里显示合计和算式。"));
  await load(0);

  /** The tables of the disclosure chosen; false where another was chosen meanwhile. */
  async function offerTables() {
    const latest = offering();
    let options = kindOptions(choices);
    if (disclosure.value) {
      options = [["", "全部"]];
      await attempt(
        async () => {
          const tables = await get(`/disclosures/${encodeURIComponent(disclosure.value)}/tables`);
          options.push(...tables.map((/** @type {any} */ one) => [`id:${one.id}`, one.name]));
        },
        announce,
      );
    }
    if (!latest()) return false;
    table.replaceChildren(...options.map(([value, label]) => el("option", { value }, label)));
    return true;
  }

  /** @param {number} offset */
  async function load(offset) {
    const latest = loading();
    exporting.href = `/api/staff/facts/export.csv${query(wanted())}`;
    await attempt(
      async () => {
        const page = await get(`/facts${query({ ...wanted(), limit: SIZE, offset })}`);
        if (!latest()) return;
        list.replaceChildren(
          el("p", { className: "soft", role: "status" }, `共 ${page.total}${page.more ? " 个以上的" : " 个"}数`),
          listing(page.items),
          pager(page.total, SIZE, offset, load),
        );
      },
      (message) => latest() && list.replaceChildren(failed(message)),
    );
  }

  /** @param {any[]} items */
  function listing(items) {
    if (!items.length) return el("p", { className: "empty" }, "没有符合条件的数。");
    return el(
      "div",
      { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": "公开数据" },
      el(
        "table",
        { className: "listing" },
        el("caption", { className: "unseen" }, "公开数据"),
        el("thead", {}, el("tr", {}, el("td", {}), ...COLUMNS.map(header))),
        el("tbody", {}, ...items.map(line)),
      ),
    );
  }

  /** @param {string[]} column */
  function header([name, by]) {
    if (!by) return el("th", { scope: "col" }, name);
    const sorted = sort.by === by;
    const direction = sort.descending ? "descending" : "ascending";
    // Values are looked at from the largest on, names from the first; a third click is none.
    const first = by === "value";
    const act = () => {
      if (!sorted) sort = { by, descending: first };
      else if (sort.descending === first) sort = { by, descending: !first };
      else sort = { by: "document", descending: false };
      load(0);
    };
    const mark = sorted ? (sort.descending ? " ▼" : " ▲") : " ↕";
    return el(
      "th",
      { scope: "col", "aria-sort": sorted ? direction : "none" },
      el("button", { type: "button", className: "sorter", onclick: act }, name, el("span", { "aria-hidden": "true" }, mark)),
    );
  }

  /** @param {any} item */
  function line(item) {
    const key = `${item.disclosure_id} ${item.id}`;
    const box = el("input", { type: "checkbox", checked: chosen.has(key), "aria-label": `选中 ${item.name} ${item.value}${item.unit}` });
    box.addEventListener("change", () => {
      if (box.checked) chosen.set(key, { disclosure_id: item.disclosure_id, id: item.id, name: item.name });
      else chosen.delete(key);
      addUp();
    });
    return el(
      "tr",
      {},
      el("td", {}, box),
      el("td", {}, item.department),
      el("td", {}, String(item.year)),
      el("td", { className: "soft" }, item.table || "正文"),
      el(
        "td",
        { className: "long" },
        item.row || "合计",
        item.total && el("span", { className: "tag" }, "合计"),
        el("span", { className: "meaning soft" }, item.name),
      ),
      el("td", { className: "soft long" }, item.column),
      el("td", { className: "amount" }, grouped(item.value)),
      el("td", { className: "nowrap" }, item.unit),
      el("td", { className: "soft nowrap" }, item.origin === "推算" ? `${item.aspect}（推算）` : item.aspect),
    );
  }

  async function addUp() {
    const latest = summing();
    if (!chosen.size) {
      showSum(el("p", { className: "soft" }, "勾选若干行，这里显示合计和算式。"));
      return;
    }
    const facts = [...chosen.values()].map(({ disclosure_id, id }) => ({ disclosure_id, id }));
    await attempt(
      async () => {
        const done = await post("/facts/sum", { facts, unit: unit.value || null });
        if (!latest()) return;
        showSum(
          el("p", { className: "total" }, `合计（${done.count}项）：`, el("strong", {}, `${grouped(done.value)}${done.unit}`)),
          el("p", {}, el("code", {}, done.formula)),
          done.warnings.length > 0 &&
            el("ul", { className: "warnings" }, ...done.warnings.map((/** @type {string} */ text) => el("li", {}, text))),
        );
      },
      (message) => latest() && showSum(failed(message)),
    );
  }

  /** @param {...import("./dom.js").Child} content */
  function showSum(...content) {
    sum.replaceChildren(
      el("div", { className: "sum-text" }, ...content),
      el("div", { className: "actions" }, unit, button("清除所选", clear, { key: "x", disabled: !chosen.size })),
    );
  }

  function clear() {
    chosen.clear();
    for (const box of list.querySelectorAll("input:checked")) box.checked = false;
    addUp();
  }
}

/** @param {any} choices @returns {[string, string][]} */
function kindOptions(choices) {
  return [["", "全部"], ...choices.table_kinds.map((/** @type {any} */ { kind, name }) => [`kind:${kind}`, name])];
}

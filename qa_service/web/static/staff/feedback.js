// What readers say of the public answers: read, and taken into the log, where it is dealt with.

import { attempt, get, post, query, sequence } from "./api.js";
import { announce, button, el, failed, field, select } from "./dom.js";
import { OUTCOMES, moment } from "./format.js";

const SIZE = 50;
/** @type {Record<string, string>} */
const VERDICTS = { right: "对", wrong: "不对", unclear: "没看懂" };
/** @type {Record<string, string>} */
const SOURCES = { web: "网页", api: "接口", mcp: "MCP", staff: "工作台" };
const COLUMNS = ["时间", "评价", "说明", "问题", "答案", "结果", "来自", "操作"];

/** @param {HTMLElement} place */
export async function feedback(place) {
  const verdict = select([["", "全部"], ...Object.entries(VERDICTS)]);
  const list = el("div", { className: "card" });
  const body = el("tbody");
  const more = button("更早的", () => load(true));
  const loading = sequence();
  /** @type {number | null} */
  let last = null;
  verdict.addEventListener("change", () => load(false));
  place.append(
    el(
      "div",
      { className: "filters card" },
      field("评价", verdict),
      el("p", { className: "hint" }, "读者对网上答案的评价。“转为咨询”记入台账，可以改答复、标记答案、拟标准答案。"),
    ),
    list,
  );
  await load(false);

  /** @param {boolean} older */
  async function load(older) {
    const latest = loading();
    const wanted = { verdict: verdict.value, before: older ? last : null, limit: SIZE };
    await attempt(
      async () => {
        const found = await get(`/feedback${query(wanted)}`);
        if (latest()) show(found, older);
      },
      (message) => latest() && list.replaceChildren(failed(message)),
    );
  }

  /** @param {any[]} found @param {boolean} older */
  function show(found, older) {
    if (!older) body.replaceChildren();
    body.append(...found.map(row));
    last = found.length ? found[found.length - 1].id : last;
    more.hidden = found.length < SIZE;
    list.replaceChildren(
      body.children.length ? table() : el("p", { className: "empty" }, "没有读者评价。"),
      more,
    );
  }

  function table() {
    return el(
      "div",
      { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": "读者评价" },
      el(
        "table",
        { className: "listing" },
        el("caption", { className: "unseen" }, "读者评价"),
        el("thead", {}, el("tr", {}, ...COLUMNS.map((name) => el("th", { scope: "col" }, name)))),
        body,
      ),
    );
  }
}

/** @param {any} item */
function row(item) {
  const take = () =>
    attempt(async () => {
      const { inquiry_id: id } = await post(`/feedback/${item.id}/inquiry`);
      announce(`已记为咨询 ${id}`);
      location.assign(`#/desk/${id}`);
    }, announce);
  return el(
    "tr",
    {},
    el("td", { className: "nowrap" }, moment(item.at)),
    el("td", { className: "nowrap" }, el("span", { className: item.verdict === "right" ? "tag good" : "tag review" }, VERDICTS[item.verdict])),
    el("td", { className: "long" }, item.note),
    el("td", { className: "long" }, item.question),
    el("td", { className: "long soft" }, el("span", { className: "clamp" }, item.answer)),
    el("td", { className: "nowrap" }, OUTCOMES[item.outcome]),
    el("td", { className: "nowrap" }, SOURCES[item.channel] ?? item.channel),
    el("td", { className: "nowrap" }, button("转为咨询", take, { about: item.question })),
  );
}

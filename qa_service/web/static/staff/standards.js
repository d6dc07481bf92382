// Standard answers: proposed, approved, in review after a new release, retired.

import { ServiceError, get, post } from "./api.js";
import { announce, button, el, field, select } from "./dom.js";
import { moment } from "./format.js";
import { may } from "./roles.js";

/** @type {[string, string][]} */
const STATES = [["proposed", "待批准"], ["approved", "使用中"], ["review", "停用待审"], ["retired", "已停用"]];

/** @param {HTMLElement} place @param {import("./roles.js").Session} session */
export async function standards(place, session) {
  const state = select([["", "全部"], ...STATES]);
  const list = el("div", { className: "stack" });
  state.addEventListener("change", load);
  place.append(
    el("div", { className: "filters card" }, field("状态", state), el("p", { className: "hint" }, "在“应答”里用“拟为标准答案”提交。只有意思完全相同的问法（同样的指标、范围、年度）才会使用。")),
    list,
  );
  await load();

  async function load() {
    const all = await get("/standard-answers");
    const shown = all.filter((/** @type {any} */ one) => !state.value || one.state === state.value);
    list.replaceChildren(
      ...(shown.length ? shown.map((/** @type {any} */ one) => card(one)) : [el("p", { className: "empty" }, "还没有标准答案。")]),
    );
  }

  /** @param {any} standard */
  function card(standard) {
    const reviewer = may(session, "reviewer");
    const text = el("textarea", { rows: 3, maxLength: 8000, value: standard.text, readOnly: !reviewer });
    const failure = el("p", { className: "error", role: "alert" });
    const doing = (/** @type {() => Promise<unknown>} */ work, /** @type {string} */ done) => async () => {
      failure.textContent = "";
      try {
        await work();
        announce(done);
        await load();
      } catch (cause) {
        if (!(cause instanceof ServiceError)) throw cause;
        failure.textContent = cause.message;
      }
    };
    const path = `/standard-answers/${standard.id}`;
    const name = STATES.find(([value]) => value === standard.state)?.[1] ?? "";
    return el(
      "article",
      { className: `standard card ${standard.state}`, "aria-label": `标准答案 ${standard.id}` },
      el("div", { className: "row" }, el("h2", {}, standard.question), el("span", { className: `tag ${standard.state}` }, name)),
      standard.reason && el("p", { className: "warning" }, standard.reason),
      field("答案", text),
      el("p", { className: "soft" }, `系统现算：${standard.composed}`),
      el(
        "ul",
        { className: "soft sources" },
        ...standard.citations.map((/** @type {any} */ c) => el("li", {}, `依据：${c.disclosure} ${c.title}`)),
      ),
      el(
        "p",
        { className: "soft" },
        [
          `使用 ${standard.uses} 次`,
          `${standard.author} 拟于 ${moment(standard.at)}`,
          standard.reviewer && `${standard.reviewer} 审核`,
          standard.last_used && `最近使用 ${moment(standard.last_used)}`,
        ].filter(Boolean).join(" · "),
      ),
      failure,
      reviewer &&
        el(
          "div",
          { className: "actions" },
          button(standard.state === "approved" ? "更新" : "批准使用", doing(() => post(`${path}/approve`, { text: text.value }), "已批准使用"), { className: "primary" }),
          standard.state !== "retired" && button("停用", doing(() => post(`${path}/retire`), "已停用")),
        ),
    );
  }
}

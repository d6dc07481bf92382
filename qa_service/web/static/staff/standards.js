// Standard answers: proposed, approved, in review after a new release, retired.

import { post } from "./api.js";
import { button, el, field } from "./dom.js";
import { moment } from "./format.js";
import { reviewList } from "./review.js";
import { may } from "./roles.js";

/** @type {[string, string][]} */
const STATES = [["proposed", "待批准"], ["approved", "使用中"], ["review", "停用待审"], ["retired", "已停用"]];

/** @param {HTMLElement} place @param {import("./roles.js").Session} session */
export function standards(place, session) {
  const reviewer = may(session, "reviewer");
  return reviewList(place, {
    path: "/standard-answers",
    states: STATES,
    hint: "在“应答”里用“拟为标准答案”提交。只有意思完全相同的问法（同样的指标、范围、年度）才会使用。",
    empty: "还没有标准答案。",
    card: (standard, tag, { failure, doing }) => {
      const text = el("textarea", { rows: 3, maxLength: 8000, value: standard.text, readOnly: !reviewer });
      const path = `/standard-answers/${standard.id}`;
      const approve = doing(() => post(`${path}/approve`, { text: text.value }), "已批准使用");
      return el(
        "article",
        { className: `standard card ${standard.state}`, "aria-label": `标准答案 ${standard.id}` },
        el("div", { className: "row" }, el("h2", {}, standard.question), tag),
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
            button(standard.state === "approved" ? "更新" : "批准使用", approve, { className: "primary" }),
            standard.state !== "retired" && button("停用", doing(() => post(`${path}/retire`), "已停用")),
          ),
      );
    },
  });
}

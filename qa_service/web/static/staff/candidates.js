// Evaluation candidates: what staff marked, reviewed with what would be right.

import { post } from "./api.js";
import { button, el, field } from "./dom.js";
import { OUTCOMES, moment } from "./format.js";
import { expectedFields } from "./marking.js";
import { reviewList } from "./review.js";
import { may } from "./roles.js";

/** @type {[string, string][]} */
const STATES = [["proposed", "待审核"], ["accepted", "已通过"], ["rejected", "已否决"], ["promoted", "已成用例"]];
/** @type {Record<string, string>} */
const MARKS = { wrong: "答错了", incomplete: "不完整" };

/** @param {HTMLElement} place @param {import("./roles.js").Session} session */
export function candidates(place, session) {
  return reviewList(place, {
    path: "/candidates",
    states: STATES,
    hint: "通过的候选由维护人员运行 budget-qa eval promote 写成评测用例。",
    empty: "没有评测候选。",
    card: (candidate, tag, { failure, doing }) => {
      const open = may(session, "reviewer") && candidate.state !== "promoted";
      const question = el("input", { value: candidate.question, maxLength: 500, readOnly: !open });
      const expected = expectedFields(candidate.expected);
      for (const element of expected.elements) {
        for (const input of element.querySelectorAll("textarea, select")) input.disabled = !open;
      }
      const review = (/** @type {boolean} */ accept) => async () =>
        post(`/candidates/${candidate.id}/review`, { accept, question: question.value, expected: expected.value() });
      return el(
        "article",
        { className: "candidate card", "aria-label": `评测候选 ${candidate.id}` },
        el("div", { className: "row" }, el("h2", {}, `候选 ${candidate.id}：${MARKS[candidate.mark]}`), tag),
        el("p", { className: "soft" }, `${candidate.account} 标于 ${moment(candidate.at)}${candidate.note ? `：${candidate.note}` : ""}`),
        el("p", {}, el("span", { className: "tag" }, OUTCOMES[candidate.outcome]), ` ${candidate.answer}`),
        field("问题", question),
        ...expected.elements,
        failure,
        candidate.case_id && el("p", { className: "soft" }, `用例编号：${candidate.case_id}`),
        open &&
          el(
            "div",
            { className: "actions" },
            button("通过", doing(review(true), "已通过"), { className: "primary" }),
            button("否决", doing(review(false), "已否决")),
          ),
      );
    },
  });
}

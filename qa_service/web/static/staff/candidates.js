// Evaluation candidates: what staff marked, reviewed with what would be right.

import { ServiceError, get, post } from "./api.js";
import { announce, button, el, field, select } from "./dom.js";
import { OUTCOMES, moment } from "./format.js";
import { expectedFields } from "./marking.js";
import { may } from "./roles.js";

/** @type {[string, string][]} */
const STATES = [["proposed", "待审核"], ["accepted", "已通过"], ["rejected", "已否决"], ["promoted", "已成用例"]];
/** @type {Record<string, string>} */
const MARKS = { wrong: "答错了", incomplete: "不完整" };

/** @param {HTMLElement} place @param {import("./roles.js").Session} session */
export async function candidates(place, session) {
  const state = select([["", "全部"], ...STATES]);
  const list = el("div", { className: "stack" });
  state.addEventListener("change", load);
  place.append(
    el("div", { className: "filters card" }, field("状态", state), el("p", { className: "hint" }, "通过的候选由维护人员运行 budget-qa eval promote 写成评测用例。")),
    list,
  );
  await load();

  async function load() {
    const all = await get("/candidates");
    const shown = all.filter((/** @type {any} */ one) => !state.value || one.state === state.value);
    list.replaceChildren(
      ...(shown.length ? shown.map((/** @type {any} */ one) => card(one)) : [el("p", { className: "empty" }, "没有评测候选。")]),
    );
  }

  /** @param {any} candidate */
  function card(candidate) {
    const open = may(session, "reviewer") && candidate.state !== "promoted";
    const question = el("input", { value: candidate.question, maxLength: 500, readOnly: !open });
    const expected = expectedFields(candidate.expected);
    for (const element of expected.elements) {
      for (const input of element.querySelectorAll("textarea, select")) input.disabled = !open;
    }
    const failure = el("p", { className: "error", role: "alert" });
    const review = (/** @type {boolean} */ accept) => async () => {
      failure.textContent = "";
      try {
        await post(`/candidates/${candidate.id}/review`, { accept, question: question.value, expected: expected.value() });
        announce(accept ? "已通过" : "已否决");
        await load();
      } catch (cause) {
        if (!(cause instanceof ServiceError)) throw cause;
        failure.textContent = cause.message;
      }
    };
    const name = STATES.find(([value]) => value === candidate.state)?.[1] ?? "";
    return el(
      "article",
      { className: "candidate card", "aria-label": `评测候选 ${candidate.id}` },
      el("div", { className: "row" }, el("h2", {}, `候选 ${candidate.id}：${MARKS[candidate.mark]}`), el("span", { className: `tag ${candidate.state}` }, name)),
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
          button("通过", review(true), { className: "primary" }),
          button("否决", review(false)),
        ),
    );
  }
}

// Dialogs that make something of an answer: an evaluation candidate, a standard answer.

import { ServiceError, post } from "./api.js";
import { announce, el, field, select } from "./dom.js";
import { openDialog } from "./dialog.js";
import { OUTCOMES } from "./format.js";

/** @param {import("./desk.js").Opened} opened */
export function markDialog({ inquiry, answer }) {
  const mark = select([["wrong", "答错了"], ["incomplete", "不完整"]], "wrong");
  const note = el("textarea", { rows: 3, maxLength: 8000 });
  const expected = expectedFields({ status: answer.status, figures: [], contains: [], excludes: [], cites: [] });
  openDialog(
    "标记答案",
    [
      el("p", { className: "soft" }, `问：${inquiry.question}`),
      field("哪里不对", mark),
      field("说明", note),
      ...expected.elements,
      el("p", { className: "hint" }, "标记后成为评测候选，由审核员审核。"),
    ],
    {
      action: "标记",
      className: "wide",
      submit: async () => {
        const { id } = await post("/candidates", {
          inquiry_id: inquiry.id,
          mark: mark.value,
          note: note.value,
          expected: expected.value(),
        });
        announce(`已记为评测候选 ${id}`);
      },
    },
  );
}

/** @param {import("./desk.js").Opened} opened */
export function standardDialog({ inquiry, answer }) {
  const question = el("input", { value: inquiry.question, maxLength: 500, required: true });
  const text = el("textarea", { rows: 5, maxLength: 8000, required: true, value: answer.answer });
  openDialog(
    "拟为标准答案",
    [
      field("问题", question),
      field("答案", text),
      el("p", { className: "hint" }, "由审核员批准后，对这个问题和意思相同的问法使用；其中的数须与公开数一致，数据更新改变了它们时自动停用待审。"),
    ],
    {
      action: "提交审核",
      className: "wide",
      submit: async () => {
        const { id } = await post("/standard-answers", { question: question.value, text: text.value });
        announce(`已提交标准答案 ${id}，待审核`);
      },
    },
  );
}

/**
 * Fields for what would be right: the outcome, figures one a line, words one a line.
 * @param {{status: string, figures: {value: string, unit: string}[], contains: string[],
 *   excludes: string[], cites: string[]}} given
 */
export function expectedFields(given) {
  const status = select(Object.entries(OUTCOMES), given.status);
  const lines = (/** @type {string[]} */ values, /** @type {string} */ placeholder) =>
    el("textarea", { rows: 2, value: values.join("\n"), placeholder });
  const figures = lines(
    given.figures.map(({ value, unit }) => `${value}${unit}`),
    "一行一个，如 123.45万元",
  );
  const contains = lines(given.contains, "一行一个");
  const excludes = lines(given.excludes, "一行一个");
  const cites = lines(given.cites, "一行一个，如表名");
  const split = (/** @type {HTMLTextAreaElement} */ area) =>
    area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  return {
    elements: [
      field("应有的结果", status),
      field("应有的数", figures),
      el(
        "div",
        { className: "row" },
        field("应含的字句", contains),
        field("不应含的字句", excludes),
        field("应有的依据", cites),
      ),
    ],
    value: () => ({
      status: status.value,
      figures: split(figures).map(figureOf),
      contains: split(contains),
      excludes: split(excludes),
      cites: split(cites),
    }),
  };
}

/** @param {string} line */
function figureOf(line) {
  const found = /^([-+]?[\d,]+(?:\.\d+)?)\s*(\S+)$/.exec(line);
  if (!found) throw new ServiceError(`“${line}”不是数和单位，例如 123.45万元。`);
  return { value: found[1].replaceAll(",", "").replace(/^\+/, ""), unit: found[2] };
}

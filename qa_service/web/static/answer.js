// Draws one answer: text with its figures, computation, evidence, what to ask next, copying.

import { button, el } from "./dom.js";
import { evidence, reveal } from "./evidence.js";
import { pieces, shown } from "./figures.js";

const REMARKS = {
  clarify: "请选择",
  not_disclosed: "资料中没有公布",
  out_of_scope: "不在可回答的范围",
};

/** The body of a complete answer. `prefix` is unique on the page; `ask` asks another question. */
export function answerBody(answer, question, prefix, ask) {
  const remark = REMARKS[answer.status];
  const formulas = computations(answer.figures);
  return [
    remark ? el("p", { className: `remark ${answer.status}` }, remark) : null,
    prose(answer, prefix),
    formulas.length ? el("ul", { className: "formulas", "aria-label": "算式" }, ...formulas) : null,
    choices(answer.options, "options", "选项", ask),
    answer.citations.length ? evidence(answer.citations, prefix) : null,
    choices(answer.follow_ups, "follow-ups", "接着问", ask),
    el("div", { className: "actions" }, copier(answer, question)),
  ].filter((part) => part !== null);
}

// Marks that may not begin a line: a button would let them.
const CLOSING = /^[，。；：、！？）》”’,.;:!?)]+/;

function prose(answer, prefix) {
  const inputs = answer.figures.flatMap(({ derivation }) => derivation.inputs);
  // Figures come first: an input that equals one is shown as the figure.
  const all = pieces(answer.answer, [...answer.figures, ...inputs]);
  const text = el("p", { className: "text" });
  let closing = "";
  all.forEach((piece, index) => {
    if (!piece.figure) {
      text.append(piece.text.slice(closing.length));
      closing = "";
      return;
    }
    closing = CLOSING.exec(all[index + 1]?.text ?? "")?.[0] ?? "";
    const className = inputs.includes(piece.figure) ? "figure input" : "figure";
    const stated = statement(piece, className, prefix);
    text.append(el("span", { className: "unbroken" }, stated, closing));
  });
  return text;
}

function statement({ text, figure }, className, prefix) {
  const cited = figure.citations[0];
  if (cited === undefined) return el("strong", { className }, text);
  const link = button(text, className, () => reveal(`${prefix}-${cited}`));
  link.setAttribute("aria-label", `${text}，查看依据${cited}`);
  return link;
}

function computations(figures) {
  return figures
    .filter(({ derivation }) => derivation.formula && derivation.operation !== "lookup")
    .map((figure) =>
      el(
        "li",
        {},
        el("span", { className: "formula-label" }, figure.label),
        el("span", { className: "formula" }, figure.derivation.formula),
      ),
    );
}

function choices(questions, className, label, ask) {
  if (!questions.length) return null;
  return el(
    "ul",
    { className: `choices ${className}`, "aria-label": label },
    ...questions.map((question) => el("li", {}, button(question, "choice", () => ask(question)))),
  );
}

function copier(answer, question) {
  const copy = button("复制答案", "quiet", async () => {
    const copied = await toClipboard(plainText(answer, question));
    copy.textContent = copied ? "已复制" : "复制失败，请手动选取";
    setTimeout(() => (copy.textContent = "复制答案"), 2000);
  });
  return copy;
}

/** The answer with its figures and sources as plain text. */
function plainText(answer, question) {
  const lines = [`问：${question}`, `答：${answer.answer}`];
  for (const figure of answer.figures) {
    if (figure.derivation.operation !== "lookup") {
      lines.push(`算式：${figure.label} ${shown(figure)}：${figure.derivation.formula}`);
    }
  }
  for (const citation of answer.citations) {
    lines.push(`依据${citation.id}：${citation.disclosure}，${citation.title}：${citation.quote}`);
  }
  return lines.join("\n");
}

async function toClipboard(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Permission refused: the old way may still work.
    }
  }
  const area = el("textarea", { value: text, className: "hidden" });
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

// The empty chat: which disclosures are loaded and questions to begin with.

import { read } from "./api.js";
import { button, el } from "./dom.js";

const KINDS = { budget: "部门预算", final_account: "部门决算" };
const by = (id) => document.getElementById(id);

/** Fill the welcome section; `ask` asks a suggested question. */
export async function welcome(ask) {
  try {
    const [held, starters] = await Promise.all([
      read("/api/disclosures?limit=200"),
      read("/api/starters"),
    ]);
    showHeld(held);
    by("starters").replaceChildren(
      ...starters.questions.map((question) =>
        el("li", {}, button(question, "starter", () => ask(question))),
      ),
    );
    by("starters-title").hidden = starters.questions.length === 0;
  } catch (error) {
    by("held").replaceChildren(
      `${error.message} `,
      button("重试", "link", () => welcome(ask)),
    );
  }
}

function showHeld({ items, total }) {
  if (total === 0) {
    by("held").textContent =
      "还没有载入公开资料。管理员可用 budget-qa ingest 命令导入部门预算公开文件。";
    return;
  }
  if (total === 1) {
    by("held").replaceChildren("已载入：", el("strong", {}, name(items[0])), scope(items[0]));
    return;
  }
  const years = items.map(({ year }) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  by("held").textContent =
    `已载入${total}份公开资料，${first === last ? first : `${first}至${last}`}年度。`;
  by("held-list").hidden = false;
  by("held-items").replaceChildren(
    ...items.map((item) => el("li", {}, name(item), scope(item))),
    ...(total > items.length ? [el("li", {}, `……共${total}份`)] : []),
  );
}

function name({ department, year, kind, level }) {
  return `${department}${year}年${level === "unit" ? "单位" : "部门"}${KINDS[kind].slice(2)}`;
}

function scope({ region, units }) {
  const parts = [region.city || region.province, units.length > 1 ? `${units.length}个单位` : ""];
  const text = parts.filter(Boolean).join("，");
  return text ? `（${text}）` : "";
}

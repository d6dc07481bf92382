// Paging of a list.

import { button, el } from "./dom.js";

/**
 * @param {number} total
 * @param {number} size
 * @param {number} offset
 * @param {(offset: number) => unknown} load
 */
export function pager(total, size, offset, load) {
  if (total <= size) return "";
  const page = offset / size + 1;
  const pages = Math.ceil(total / size);
  return el(
    "nav",
    { className: "pager", "aria-label": "翻页" },
    button("上一页", () => load(offset - size), { disabled: offset === 0 }),
    el("span", {}, `第 ${page} / ${pages} 页`),
    button("下一页", () => load(offset + size), { disabled: page >= pages }),
  );
}

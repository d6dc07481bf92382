// How values are shown.

/** @type {Record<string, string>} */
export const OUTCOMES = {
  answered: "已回答",
  clarify: "需要明确",
  not_disclosed: "没有公布",
  out_of_scope: "不在范围",
};
export const CHANNELS = ["电话", "网络", "来访", "信函", "其他"];
export const STATES = ["待答复", "已答复", "待跟进", "已办结"];
/** @type {Record<string, string>} */
export const ROLES = { answerer: "应答员", reviewer: "审核员", admin: "管理员" };

/** In 北京时间, as the service's files and letters tell it. @param {number | null} seconds */
export function moment(seconds) {
  if (seconds === null) return "";
  return new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 16).replace("T", " ");
}

/**
 * A decimal string with thousands separators, untouched otherwise.
 * @param {string} value
 */
export function grouped(value) {
  const [, sign, whole, rest] = /^([-+]?)(\d+)(.*)$/.exec(value) ?? [null, "", value, ""];
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}

const NUMBER = /\d[\d,]*(?:\.\d+)?/g;
const plain = (/** @type {string} */ text) => {
  const digits = text.replace(/[-+,]/g, "");
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
};

/**
 * The text in pieces; `figure` is set where a piece states one of the figures.
 * @param {string} text
 * @param {{value: string, unit: string}[]} figures
 */
export function pieces(text, figures) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    const end = match.index + match[0].length;
    const figure = figures.find(
      ({ value, unit }) => plain(value) === plain(match[0]) && text.startsWith(unit, end),
    );
    if (!figure) continue;
    found.push({ text: text.slice(from, match.index), figure: null });
    from = end + figure.unit.length;
    found.push({ text: text.slice(match.index, from), figure });
  }
  found.push({ text: text.slice(from), figure: null });
  return found.filter((piece) => piece.text);
}

// Finds an answer's figures in its text, so that each can be shown as a link to its evidence.

const NUMBER = /\d[\d,]*(?:\.\d+)?/g;

/** The digits of a number without sign, separators and trailing zeros, to compare by. */
function plain(number) {
  const digits = number.replace(/[-+,]/g, "");
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** The text in pieces `{text, figure}`; `figure` is set where a piece states one. */
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

/** A figure's value as people read it: 1,234.56万元. */
export function shown({ value, unit }) {
  const [, sign, whole, fraction] = /^([-+]?)(\d+)(\.\d+)?$/.exec(value) ?? [null, "", value, ""];
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction ?? ""}${unit}`;
}

// Finds an answer's figures in its text, so that each becomes a button to its evidence.

import type { Figure, InputFigure } from "./contract";

export type Stated = Figure | InputFigure;

export interface Piece {
  text: string;
  figure: Stated | null;
}

const NUMBER = /\d[\d,]*(?:\.\d+)?/g;

/** The digits of a number without sign, separators and trailing zeros, to compare by. */
function plain(number: string): string {
  const digits = number.replace(/[-+,]/g, "");
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** Splits the lines of one answer into pieces; remembers which figures were stated already, since
 * several members may have equal amounts and each must lead to its own evidence. */
export class Finder {
  private readonly used = new Set<Stated>();

  constructor(private readonly figures: readonly Stated[]) {}

  pieces(line: string): Piece[] {
    const found: Piece[] = [];
    let from = 0;
    for (const match of line.matchAll(NUMBER)) {
      const end = match.index + match[0].length;
      const figure = this.choose(line, match[0], end);
      if (!figure) continue;
      this.used.add(figure);
      found.push({ text: line.slice(from, match.index), figure: null });
      from = end + figure.unit.length;
      found.push({ text: line.slice(match.index, from), figure });
    }
    found.push({ text: line.slice(from), figure: null });
    return found.filter((piece) => piece.text);
  }

  private choose(line: string, number: string, end: number): Stated | undefined {
    const equal = this.figures.filter(
      ({ value, unit }) => plain(value) === plain(number) && line.startsWith(unit, end),
    );
    if (equal.length < 2) return equal[0];
    const named = equal
      .filter(({ label }) => line.includes(label))
      .sort((a, b) => b.label.length - a.label.length);
    const fresh = named.find((figure) => !this.used.has(figure)) ?? named[0];
    return fresh ?? equal.find((figure) => !this.used.has(figure)) ?? equal[0];
  }
}

/** A decimal string as people read it: 1234.50 → 1,234.50; a minus sign, not a hyphen. */
export function grouped(value: string): string {
  const [, sign, whole, fraction] = /^([-+]?)(\d+)(\.\d+)?$/.exec(value) ?? [];
  if (whole === undefined) return value;
  const minus = sign === "-" ? "−" : "";
  return `${minus}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${fraction ?? ""}`;
}

/** A figure's value with its unit: 1,234.56万元. */
export function shown({ value, unit }: { value: string; unit: string }): string {
  return grouped(value) + unit;
}

/** The forms in which a document may print the value. */
export function printedForms({ value }: { value: string }): string[] {
  const digits = value.replace(/^[-+]/, "");
  const short = plain(digits);
  return [...new Set([grouped(digits), digits, grouped(short), short])];
}

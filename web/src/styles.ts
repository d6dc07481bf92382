// The element's style sheets. They are adopted, not written into the page: a page's policy may
// forbid inline styles.

import answer from "./styles/answer.css?inline";
import base from "./styles/base.css?inline";
import composer from "./styles/composer.css?inline";
import evidence from "./styles/evidence.css?inline";
import frame from "./styles/frame.css?inline";
import { tokens } from "./styles/tokens";

let made: CSSStyleSheet[] | null = null;

/** The sheets, made once for all elements of a page. */
export function sheets(): CSSStyleSheet[] {
  made ??= [tokens, base, frame, answer, evidence, composer].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}

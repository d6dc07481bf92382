// Builds elements. Text always goes in as text nodes: nothing that the service or a document says
// is ever read as HTML, and no element gets an inline style that a strict policy would refuse.

type Value = string | number | boolean | null | undefined | ((event: Event) => void);
export type Child = Node | string | null;

/** An element with attributes (`true` sets an empty one; a function under `onclick` listens). */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button that runs `act`. */
export function button(
  name: string,
  label: Child | Child[],
  act: (event: Event) => void,
  attributes: Record<string, Value> = {},
): HTMLButtonElement {
  const children = Array.isArray(label) ? label : [label];
  return el("button", { type: "button", class: name, onclick: act, ...attributes }, ...children);
}

const SVG = "http://www.w3.org/2000/svg";

/** Outlines of 24 × 24; each is one path. */
const ICONS = {
  send: "M12 19V5.5M5.5 12 12 5.5l6.5 6.5",
  stop: "M7 7h10v10H7z",
  close: "m6 6 12 12M18 6 6 18",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  share: "M12 15V4M7.5 8 12 3.5 16.5 8M5 12v8h14v-8",
  speak: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  microphone: "M9 4.5a3 3 0 0 1 6 0v7a3 3 0 0 1-6 0zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21",
  fresh: "M12 5v14M5 12h14",
  theme: "M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17",
  yes: "m5 12.5 4.5 4.5L19 7.5",
  no: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  unclear: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18v.5",
  table: "M4 5h16v14H4zM4 10h16M10 10v9",
  quote: "M5 7h14M5 12h14M5 17h9",
  open: "M13 5h6v6M19 5l-9 9M16 14v5H5V8h5",
  save: "M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14",
} as const;
export type Icon = keyof typeof ICONS;

/** A decorative picture; the label of its button says what it means. */
export function icon(name: Icon): SVGSVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}

/** Scroll without motion for those who do not want any. */
export function bringIntoView(element: Element, block: ScrollLogicalPosition): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
}

/** Copy text; false where the browser refuses. */
export async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, or a page without TLS: the old way may still work.
  }
  const area = el("textarea", { "aria-hidden": "true" });
  area.style.position = "fixed";
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

// Builds elements. Text always goes in as text nodes: nothing that the service or a document says
// is ever read as HTML.

/** An element with properties (or `aria-`, `data-` and `for` attributes) and children. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button that runs `act`. */
export function button(label, className, act) {
  return el("button", { type: "button", className, onclick: act }, label);
}

/** Scroll an element to where it is read; at once for visitors who ask for less motion. */
export function bringIntoView(element, block) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: still ? "instant" : "smooth" });
}

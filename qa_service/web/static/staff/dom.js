// Builds elements. Text goes in as text nodes only: nothing that the service or a document says is
// ever read as HTML.

/** @typedef {Node | string | null | false | undefined} Child */

/**
 * An element with properties (or attributes such as `aria-label`) and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child || child === ""));
  return element;
}

/**
 * A button that runs `act`. `key` is the shortcut that does the same, shown beside the label;
 * `about` tells those who do not see where the button stands what it is about.
 * @param {string} label
 * @param {() => unknown} act
 * @param {{className?: string, key?: string, about?: string, [name: string]: unknown}} [options]
 */
export function button(label, act, { className = "", key = "", about = "", ...properties } = {}) {
  return el(
    "button",
    {
      type: "button",
      className,
      onclick: act,
      "aria-keyshortcuts": key ? key.toUpperCase() : null,
      ...properties,
    },
    label,
    about && el("span", { className: "unseen" }, `：${about}`),
    key && el("kbd", { "aria-hidden": "true" }, key.toUpperCase()),
  );
}

/**
 * A labelled field: the label above its control.
 * @param {string} label
 * @param {HTMLElement} control
 */
export function field(label, control) {
  if (!control.id) control.id = `field-${(fieldCount += 1)}`;
  return el("div", { className: "field" }, el("label", { htmlFor: control.id }, label), control);
}
let fieldCount = 0;

/**
 * A select with options `[value, label]`.
 * @param {[string, string][]} options
 * @param {string} [chosen]
 * @param {Record<string, unknown>} [properties]
 */
export function select(options, chosen = "", properties = {}) {
  return el(
    "select",
    properties,
    ...options.map(([value, label]) => el("option", { value, selected: value === chosen }, label)),
  );
}

/** What went wrong, in words. @param {string} message */
export const failed = (message) => el("p", { className: "error", role: "alert" }, message);

/**
 * Tell screen readers, and show for a moment, what has happened.
 * @param {string} text
 */
export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = text;
  place.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => place.classList.remove("shown"), 4000);
}
let hiding = 0;

/**
 * Put text on the clipboard; false where the browser does not let us.
 * @param {string} text
 */
export async function copyText(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Permission refused: the old way may still work.
    }
  }
  const before = document.activeElement;
  const area = el("textarea", { value: text, className: "unseen", "aria-hidden": "true" });
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}

// Single-key shortcuts: declared by the view that is shown, listed by “?”, and can be switched off.

import { el } from "./dom.js";
import { openDialog } from "./dialog.js";

/** @typedef {{key: string, label: string, act: () => unknown}} Shortcut */

const STORED = "budget-qa-staff-shortcuts";
/** @type {Shortcut[]} */
let ofPage = [];
/** @type {Shortcut[]} */
let ofView = [];
/** @type {{key: string, label: string}[]} */
let notesOfView = [];
/** What began with “g”. */
let going = false;

/** @param {Shortcut[]} shortcuts */
export function setPageShortcuts(shortcuts) {
  ofPage = shortcuts;
}

/**
 * The keys of the view that draws at `place`; those of a view that was left are not taken.
 * @param {HTMLElement} place
 * @param {Shortcut[]} shortcuts
 * @param {{key: string, label: string}[]} [notes] keys that a field of the view handles itself
 */
export function setViewShortcuts(place, shortcuts, notes = []) {
  if (!place.isConnected) return;
  ofView = shortcuts;
  notesOfView = notes;
}

const enabled = () => localStorage.getItem(STORED) !== "off";

/** @param {EventTarget | null} target */
function typing(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio"].includes(target.type)))
  );
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    showShortcuts();
    return;
  }
  if (!enabled()) return;
  const key = going ? `g ${event.key}` : event.key;
  going = !going && event.key === "g";
  const found = [...ofView, ...ofPage].find((shortcut) => shortcut.key === key);
  if (found) {
    event.preventDefault();
    found.act();
  }
});

/** The list of all shortcuts, with the switch. */
export function showShortcuts() {
  const box = el("input", { type: "checkbox", id: "shortcuts-on", checked: enabled() });
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
  const list = (/** @type {string} */ title, /** @type {{key: string, label: string}[]} */ shortcuts) =>
    shortcuts.length > 0 && [
      el("h3", {}, title),
      el(
        "dl",
        { className: "shortcuts" },
        ...shortcuts.flatMap(({ key, label }) => [
          el("dt", {}, ...key.split(" ").map((part) => el("kbd", {}, shownKey(part)))),
          el("dd", {}, label),
        ]),
      ),
    ];
  openDialog(
    "键盘操作",
    [
      ...(list("本页", [...notesOfView, ...ofView]) || []),
      ...(list("全部页面", [...ofPage, { key: "?", label: "显示这张表" }]) || []),
      el("p", { className: "check" }, box, el("label", { htmlFor: "shortcuts-on" }, "启用单键快捷键")),
    ],
    { className: "wide" },
  );
}

/** @param {string} key */
function shownKey(key) {
  return { Escape: "Esc", Enter: "Enter" }[key] ?? key.toUpperCase();
}

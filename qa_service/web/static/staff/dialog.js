// Modal dialogs: a form with its fields, what failed in words, and focus back where it was.

import { attempt } from "./api.js";
import { button, el } from "./dom.js";

/**
 * Open a dialog. `submit` does the work; a `ServiceError` is shown and the dialog stays.
 * @param {string} title
 * @param {import("./dom.js").Child[]} content
 * @param {{action?: string, submit?: () => Promise<unknown>, className?: string}} [options]
 */
export function openDialog(title, content, { action = "", submit, className = "" } = {}) {
  const failure = el("p", { className: "error", role: "alert" });
  const heading = el("h2", { id: `dialog-${(count += 1)}` }, title);
  const form = el(
    "form",
    { method: "dialog" },
    heading,
    ...content,
    failure,
    el(
      "div",
      { className: "actions" },
      submit && el("button", { type: "submit", className: "primary" }, action),
      button(submit ? "取消" : "关闭", () => dialog.close(), { key: "" }),
    ),
  );
  const dialog = el("dialog", { className, "aria-labelledby": heading.id }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failure.textContent = "";
    if (await attempt(() => submit?.(), (message) => (failure.textContent = message))) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.getElementById("dialogs").append(dialog);
  dialog.showModal();
  return dialog;
}
let count = 0;

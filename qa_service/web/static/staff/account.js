// The menu of one's own account: theme, shortcuts, password, signing out.

import { attempt, post } from "./api.js";
import { announce, button, el, field } from "./dom.js";
import { openDialog } from "./dialog.js";
import { ROLES } from "./format.js";
import { showShortcuts } from "./shortcuts.js";

/** @param {import("./roles.js").Session} session */
export function accountMenu(session) {
  const leave = async (/** @type {string} */ path) => {
    if (await attempt(() => post(path), announce)) location.assign("/staff/sign-in");
  };
  return [
    button("?", showShortcuts, { className: "quiet", "aria-label": "键盘操作" }),
    button("◐", switchTheme, { className: "quiet", "aria-label": "切换深色或浅色" }),
    el(
      "details",
      { className: "menu" },
      el("summary", {}, session.name, el("span", { className: "soft" }, ROLES[session.role])),
      el(
        "div",
        { className: "menu-items" },
        !session.federated && button("修改密码", changePassword, { className: "item" }),
        button("退出登录", () => leave("/sign-out"), { className: "item" }),
        button("退出所有登录", () => leave("/sign-out-everywhere"), { className: "item" }),
      ),
    ),
  ];
}

function changePassword() {
  const input = (/** @type {string} */ kind) =>
    el("input", { type: "password", required: true, maxLength: 256, autocomplete: `${kind}-password` });
  const [old, fresh] = [input("current"), input("new")];
  openDialog(
    "修改密码",
    [
      field("原密码", old),
      field("新密码（至少10个字符）", fresh),
      el("p", { className: "hint" }, "改好后，这个账号在别处的登录都会结束。"),
    ],
    {
      action: "修改",
      submit: async () => {
        await post("/password", { old: old.value, new: fresh.value });
        announce("密码已修改");
      },
    },
  );
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("budget-qa-staff-theme", root.dataset.theme);
}

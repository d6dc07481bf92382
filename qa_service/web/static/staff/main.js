// The console: who is signed in, which view is shown, and what all views share.

import { attempt, get, setToken } from "./api.js";
import { accountMenu } from "./account.js";
import { administration } from "./administration.js";
import { candidates } from "./candidates.js";
import { desk } from "./desk.js";
import { el, failed } from "./dom.js";
import { explorer } from "./explorer.js";
import { feedback } from "./feedback.js";
import { log } from "./log.js";
import { may } from "./roles.js";
import { setPageShortcuts, setViewShortcuts } from "./shortcuts.js";
import { standards } from "./standards.js";

/** The views: address, name, key after “g”, what draws it, and who sees it. */
const VIEWS = [
  { path: "desk", name: "应答", key: "d", draw: desk, role: "answerer" },
  { path: "log", name: "咨询台账", key: "l", draw: log, role: "answerer" },
  { path: "feedback", name: "读者评价", key: "r", draw: feedback, role: "answerer" },
  { path: "facts", name: "数据查询", key: "f", draw: explorer, role: "answerer" },
  { path: "standards", name: "标准答案", key: "s", draw: standards, role: "answerer" },
  { path: "candidates", name: "评测候选", key: "e", draw: candidates, role: "answerer" },
  { path: "admin", name: "管理", key: "a", draw: administration, role: "admin" },
];
/** @type {import("./roles.js").Session} */
let session;

const by = (/** @type {string} */ id) => document.getElementById(id);

async function show() {
  const [path, rest] = location.hash.replace(/^#\/?/, "").split("/");
  const view = VIEWS.find((one) => one.path === path && may(session, one.role)) ?? VIEWS[0];
  for (const link of by("nav").querySelectorAll("a")) {
    if (link.hash === `#/${view.path}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${view.name} · 预算问工作台`;
  for (const dialog of by("dialogs").querySelectorAll("dialog")) dialog.close();
  // A place of its own for every view that is shown: one that was left draws where nobody looks.
  const place = el("div", { className: `view view-${view.path}` }, el("h1", { className: "unseen" }, view.name));
  by("view").replaceChildren(place);
  setViewShortcuts(place, []);
  await attempt(
    () => view.draw(place, session, rest ? decodeURIComponent(rest) : ""),
    (message) => place.append(failed(message)),
  );
}

async function start() {
  session = await get("/session");
  setToken(session.csrf);
  const views = VIEWS.filter((view) => may(session, view.role));
  by("nav").append(
    ...views.map(({ path, name, key }) =>
      el("a", { href: `#/${path}`, "aria-keyshortcuts": `G ${key.toUpperCase()}` }, name),
    ),
  );
  by("account").append(...accountMenu(session));
  setPageShortcuts(
    views.map(({ path, name, key }) => ({
      key: `g ${key}`,
      label: `转到“${name}”`,
      act: () => location.assign(`#/${path}`),
    })),
  );
  addEventListener("hashchange", show);
  await show();
}

start().catch((cause) => {
  by("view").replaceChildren(failed(cause.message));
});

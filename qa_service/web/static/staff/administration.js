// Accounts and the audit log, for admins.

import { attempt, get, patch, post, query, sequence } from "./api.js";
import { announce, button, el, failed, field, select } from "./dom.js";
import { openDialog } from "./dialog.js";
import { ROLES, moment } from "./format.js";

/** @type {Record<string, string>} */
const ACTIONS = {
  "sign_in": "登录", "sign_in.fail": "登录失败", "sign_out": "退出", "sign_out.everywhere": "退出所有登录",
  "account.add": "新建账号", "account.role": "改权限", "account.disable": "停用账号",
  "account.enable": "恢复账号", "account.password": "改密码", "inquiry.channel": "改渠道",
  "inquiry.state": "改状态", "inquiry.reply": "改答复", "inquiry.note": "改备注",
  "inquiry.reading": "改读法", "inquiry.export": "导出台账", "facts.export": "导出数据",
  "standard.propose": "拟标准答案", "standard.approve": "批准标准答案", "standard.retire": "停用标准答案",
  "standard.withdraw": "撤回标准答案", "candidate.propose": "标记答案", "candidate.accepted": "通过候选",
  "candidate.rejected": "否决候选", "candidate.promoted": "写成用例",
};

/** @param {HTMLElement} place @param {import("./roles.js").Session} session */
export async function administration(place, session) {
  const accounts = el("section", { className: "card", "aria-label": "账号" });
  const log = el("section", { className: "card", "aria-label": "操作日志" });
  const loading = sequence();
  place.append(accounts, log);
  auditLog(log);
  await loadAccounts();

  async function loadAccounts() {
    const latest = loading();
    const all = await get("/accounts");
    if (!latest()) return;
    accounts.replaceChildren(
      el("div", { className: "row" }, el("h2", {}, "账号"), button("新建账号", add)),
      el(
        "div",
        { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": "账号" },
        el(
          "table",
          { className: "listing" },
          el("thead", {}, el("tr", {}, ...["账号", "权限", "登录方式", "状态", "开通", "操作"].map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, ...all.map(row)),
        ),
      ),
    );
  }

  /** @param {any} account */
  function row(account) {
    const change = async (/** @type {Record<string, unknown>} */ changes, /** @type {string} */ done) => {
      const changed = await attempt(() => patch(`/accounts/${account.id}`, changes), announce);
      if (changed) announce(done);
      await attempt(loadAccounts, announce);
    };
    const role = select(Object.entries(ROLES), account.role, { "aria-label": `${account.name}的权限` });
    role.addEventListener("change", () => change({ role: role.value }, "权限已改"));
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, account.name, account.name === session.name && el("span", { className: "tag" }, "您")),
      el("td", {}, role),
      el("td", {}, account.federated ? "统一身份认证" : "密码"),
      el("td", {}, account.disabled ? el("span", { className: "tag review" }, "已停用") : "正常"),
      el("td", { className: "nowrap" }, moment(account.created)),
      el(
        "td",
        { className: "actions" },
        button(account.disabled ? "恢复" : "停用", () => change({ disabled: !account.disabled }, account.disabled ? "已恢复" : "已停用"), { about: account.name }),
        !account.federated && button("重设密码", () => resetPassword(account), { about: account.name }),
      ),
    );
  }

  function add() {
    const name = el("input", { required: true, maxLength: 64, autocomplete: "off" });
    const role = select(Object.entries(ROLES), "answerer");
    const password = el("input", { type: "password", required: true, maxLength: 256, autocomplete: "new-password" });
    openDialog("新建账号", [field("账号", name), field("权限", role), field("密码（至少10个字符）", password)], {
      action: "新建",
      submit: async () => {
        await post("/accounts", { name: name.value, role: role.value, password: password.value });
        announce("已新建账号");
        await loadAccounts();
      },
    });
  }

  /** @param {any} account */
  function resetPassword(account) {
    const password = el("input", { type: "password", required: true, maxLength: 256, autocomplete: "new-password" });
    openDialog(`重设“${account.name}”的密码`, [field("新密码（至少10个字符）", password), el("p", { className: "hint" }, "这个账号的所有登录会结束。")], {
      action: "重设",
      submit: async () => {
        await patch(`/accounts/${account.id}`, { password: password.value });
        announce("密码已重设");
      },
    });
  }
}

/** @param {HTMLElement} place */
function auditLog(place) {
  const account = el("input", { maxLength: 64 });
  const action = select([["", "全部"], ...Object.entries(ACTIONS)]);
  const body = el("tbody");
  const failure = el("div");
  const loading = sequence();
  const more = button("更早的", () => load(true));
  /** @type {number | null} */
  let last = null;
  const form = el("form", { className: "filters" }, field("账号", account), field("操作", action), el("div", { className: "actions" }, el("button", { type: "submit" }, "查看")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load(false);
  });
  place.append(
    el("h2", {}, "操作日志"),
    form,
    el(
      "div",
      { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": "操作日志" },
      el("table", { className: "listing" }, el("thead", {}, el("tr", {}, ...["时间", "账号", "操作", "对象", "内容"].map((name) => el("th", { scope: "col" }, name)))), body),
    ),
    failure,
    more,
  );
  load(false);

  /** @param {boolean} older */
  async function load(older) {
    const latest = loading();
    const before = older ? last : null;
    const wanted = { account: account.value.trim(), action: action.value, before, limit: 100 };
    failure.replaceChildren();
    await attempt(
      async () => {
        const entries = await get(`/audit${query(wanted)}`);
        if (latest()) show(entries, older);
      },
      (message) => latest() && failure.replaceChildren(failed(message)),
    );
  }

  /** @param {any[]} entries @param {boolean} older */
  function show(entries, older) {
    const rows = entries.map((entry) =>
      el(
        "tr",
        {},
        el("td", { className: "nowrap" }, moment(entry.at)),
        el("td", {}, entry.account),
        el("td", { className: "nowrap" }, ACTIONS[entry.action] ?? entry.action),
        el("td", {}, entry.target),
        el("td", { className: "long" }, entry.detail),
      ),
    );
    if (older) body.append(...rows);
    else body.replaceChildren(...rows);
    last = entries.length ? entries[entries.length - 1].id : last;
    more.hidden = entries.length < 100;
  }
}

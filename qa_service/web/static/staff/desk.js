// The desk: the caller's words on the left, the answer with all that it rests on on the right.

import { attempt, get, patch, post, queue, sequence } from "./api.js";
import { announce, button, el, field, select } from "./dom.js";
import { CHANNELS, STATES, moment } from "./format.js";
import { answerPane } from "./answer.js";
import { setViewShortcuts } from "./shortcuts.js";

/** @typedef {{id: number, at: number, channel: string, question: string, outcome: string,
 *   answer: string, account: string, state: string, reply: string, note: string,
 *   edits: number, disclosures: string[], release: string}} Inquiry */
/** @typedef {{inquiry: Inquiry, answer: any, evidence: any[], readings: any[], edits: any[],
 *   outdated: boolean, conversation_id: string}} Opened */

const CHANNEL = "budget-qa-staff-channel";

/**
 * @param {HTMLElement} place
 * @param {import("./roles.js").Session} session
 * @param {string} id of the inquiry to open, '' for none
 */
export async function desk(place, session, id) {
  const choices = await get("/choices");
  let conversation = "";
  /** @type {Opened | null} */
  let opened = null;
  const [turn, listing, change] = [sequence(), sequence(), queue()];

  const words = el("textarea", {
    id: "words",
    rows: 4,
    maxLength: 500,
    placeholder: "照来电人的原话记录，例如：你们今年接待花多少钱？",
    "aria-describedby": "words-hint",
  });
  const channel = channels();
  const filters = filterFields(choices, () => showAnswer());
  const failure = el("p", { className: "error", role: "alert" });
  const about = el("div", { className: "about" });
  const recent = el("section", { className: "recent", "aria-label": "最近的咨询" });
  const right = el("section", { className: "answer-pane", "aria-label": "答复" });

  const form = el(
    "form",
    { className: "take card" },
    el("label", { htmlFor: "words" }, "来电内容"),
    words,
    el(
      "p",
      { className: "hint", id: "words-hint" },
      "Enter 应答，Shift+Enter 换行。电话和证件号码在保存前自动遮盖。",
    ),
    channel.element,
    filters.element,
    failure,
    el(
      "div",
      { className: "actions" },
      el("button", { type: "submit", className: "primary" }, "应答", el("kbd", {}, "Enter")),
      button("新来电", begin, { key: "n" }),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take(words.value);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      words.blur();
    }
  });

  place.append(
    el("div", { className: "panes" }, el("div", { className: "left" }, form, about, recent), right),
  );
  if (id) await open(() => get(`/inquiries/${id}`));
  else begin();
  await listRecent();

  function begin() {
    turn(); // what is still being answered is for the log only
    right.removeAttribute("aria-busy");
    conversation = "";
    opened = null;
    words.value = "";
    failure.textContent = "";
    about.replaceChildren();
    right.replaceChildren(
      el("p", { className: "empty" }, "答复会显示在这里：答案、依据的表格、其他读法和可以直接念的答复稿。"),
    );
    setKeys([]);
    words.focus();
  }

  /** @param {string} question */
  async function take(question) {
    if (!question.trim()) {
      failure.textContent = "请先记下来电内容。";
      words.focus();
      return;
    }
    await open(() =>
      post("/inquiries", {
        question,
        channel: channel.value(),
        conversation_id: conversation || null,
        ...filters.values(),
      }),
    );
    await listRecent();
  }

  /** @param {() => Promise<Opened>} load */
  async function open(load) {
    const latest = turn();
    failure.textContent = "";
    right.setAttribute("aria-busy", "true");
    await attempt(
      async () => {
        const loaded = await load();
        const tables = await tablesOf(loaded.answer.citations);
        if (!latest()) return;
        opened = loaded;
        conversation = opened.conversation_id || conversation;
        words.value = opened.inquiry.question;
        filters.offerTables(tables);
        showAbout();
        showAnswer();
        right.querySelector("h2")?.focus();
      },
      (message) => latest() && (failure.textContent = message),
    );
    if (latest()) right.removeAttribute("aria-busy");
  }

  function showAnswer() {
    if (!opened) return;
    const { elements, shortcuts } = answerPane(opened, session, {
      ask: take,
      open,
      change: changing(opened.inquiry.id),
      table: filters.table(),
    });
    right.replaceChildren(...elements);
    showCited(right);
    setKeys(shortcuts);
  }

  /** @param {import("./shortcuts.js").Shortcut[]} shortcuts of what is shown */
  function setKeys(shortcuts) {
    const always = [
      { key: "/", label: "到来电内容", act: () => words.focus() },
      { key: "n", label: "新来电", act: begin },
    ];
    setViewShortcuts(place, [...always, ...shortcuts], NOTES);
  }

  /** Changes to one inquiry; what it is then is shown if it still is the one at hand. */
  function changing(/** @type {number} */ id) {
    return async (/** @type {() => Promise<Opened | null>} */ request) => {
      const loaded = await change(request);
      if (!loaded) return;
      if (opened?.inquiry.id === id) {
        opened = loaded;
        showAbout();
      }
      await listRecent();
    };
  }

  function showAbout() {
    if (!opened) return;
    const { inquiry, edits } = opened;
    const save = (/** @type {Record<string, string>} */ changes) =>
      attempt(async () => {
        await changing(inquiry.id)(() => patch(`/inquiries/${inquiry.id}`, changes));
        announce("已保存");
      }, announce);
    const state = select(STATES.map((name) => [name, name]), inquiry.state);
    state.addEventListener("change", () => save({ state: state.value }));
    const note = el("textarea", { rows: 2, maxLength: 8000, value: inquiry.note });
    note.addEventListener("change", () => save({ note: note.value }));
    about.replaceChildren(
      el(
        "section",
        { className: "card", "aria-label": "这件咨询" },
        el(
          "p",
          { className: "soft" },
          `咨询 ${inquiry.id} · ${moment(inquiry.at)} · ${inquiry.channel} · ${inquiry.account}`,
        ),
        el("div", { className: "row" }, field("状态", state), field("备注（号码会遮盖）", note)),
        edits.length > 0 &&
          el(
            "details",
            {},
            el("summary", {}, `修改记录（${edits.length}）`),
            el("ol", { className: "edits" }, ...edits.map(editItem)),
          ),
      ),
    );
  }

  async function listRecent() {
    const latest = listing();
    /** @type {Inquiry[]} */
    let items = [];
    const listed = await attempt(async () => ({ items } = await get("/inquiries?limit=6")), announce);
    if (!listed || !latest()) return;
    recent.replaceChildren(
      el("h2", {}, "最近的咨询"),
      el(
        "ul",
        {},
        ...items.map((item) =>
          el(
            "li",
            {},
            el("a", { href: `#/desk/${item.id}` }, item.question),
            el("span", { className: "soft" }, `${moment(item.at).slice(5)} ${item.state}`),
          ),
        ),
      ),
    );
  }
}

/** In a wide table the cited cell may lie to the right of what is seen. @param {HTMLElement} place */
function showCited(place) {
  for (const cell of place.querySelectorAll("td.cited")) {
    const box = cell.closest(".table-scroll");
    box.scrollLeft = Math.max(0, cell.offsetLeft + cell.offsetWidth - box.clientWidth + 24);
  }
}

const NOTES = [
  { key: "Enter", label: "在来电内容中：应答" },
  { key: "Escape", label: "在来电内容中：离开输入框，使用单键" },
];
/** @type {Record<string, string>} */
const FIELDS = { channel: "渠道", state: "状态", reply: "答复", note: "备注", answer: "答案" };

/** @param {{at: number, account: string, field: string, before: string, after: string}} edit */
function editItem({ at, account, field: name, before, after }) {
  return el(
    "li",
    {},
    el("span", { className: "soft" }, `${moment(at)} ${account} 改${FIELDS[name]}`),
    el("del", {}, before || "（空）"),
    " → ",
    el("ins", {}, after || "（空）"),
  );
}

function channels() {
  const chosen = localStorage.getItem(CHANNEL) ?? CHANNELS[0];
  const inputs = CHANNELS.map((name) =>
    el("input", { type: "radio", name: "channel", value: name, id: `channel-${name}`, checked: name === chosen }),
  );
  const element = el(
    "fieldset",
    { className: "channels" },
    el("legend", {}, "渠道"),
    ...inputs.map((input) =>
      el("span", { className: "check" }, input, el("label", { htmlFor: input.id }, input.value)),
    ),
  );
  const value = () => inputs.find((input) => input.checked)?.value ?? CHANNELS[0];
  element.addEventListener("change", () => localStorage.setItem(CHANNEL, value()));
  return { element, value };
}

/**
 * Department, year and table. The first two say where the answer is looked for; the table, which
 * of its evidence and readings are shown, and shows the table whole.
 * @param {any} choices
 * @param {() => void} narrowed
 */
function filterFields(choices, narrowed) {
  const names = [...new Set(choices.disclosures.map((/** @type {any} */ d) => d.department))];
  const years = [...new Set(choices.disclosures.map((/** @type {any} */ d) => d.year))];
  const department = select([["", "全部"], ...names.map((name) => pair(name))]);
  const year = select([["", "全部"], ...years.sort().reverse().map((one) => pair(String(one)))]);
  const table = select([["", "全部"]]);
  table.addEventListener("change", narrowed);
  return {
    element: el(
      "div",
      { className: "row" },
      field("部门", department),
      field("年度", year),
      field("表", table),
    ),
    values: () => ({ department: department.value || null, year: Number(year.value) || null }),
    table: () => {
      const [disclosure, id] = table.value.split("\n");
      return id ? { disclosure, id } : null;
    },
    /** @param {[string, string][]} tables */
    offerTables(tables) {
      table.replaceChildren(
        ...[["", "全部"], ...tables].map(([value, label]) => el("option", { value }, label)),
      );
    },
  };
}

/**
 * The tables of the disclosures cited, as options.
 * @param {{disclosure_id: string}[]} citations
 * @returns {Promise<[string, string][]>}
 */
async function tablesOf(citations) {
  const ids = [...new Set(citations.map((citation) => citation.disclosure_id))].slice(0, 5);
  const lists = await Promise.all(
    ids.map(async (id) => {
      const tables = await get(`/disclosures/${encodeURIComponent(id)}/tables`);
      return tables.map((/** @type {any} */ one) => [`${id}\n${one.id}`, one.name]);
    }),
  );
  return lists.flat();
}

/** @param {string} name @returns {[string, string]} */
const pair = (name) => [name, name];

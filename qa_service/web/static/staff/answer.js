// The right pane: the answer, the reply to read out, other readings, and the evidence, open.

import { attempt, get, patch, post } from "./api.js";
import { announce, button, copyText, el } from "./dom.js";
import { evidenceSection } from "./evidence.js";
import { OUTCOMES, grouped, pieces } from "./format.js";
import { markDialog, standardDialog } from "./marking.js";

/** @typedef {import("./desk.js").Opened} Opened */
/**
 * What the pane needs of the desk: to ask another question, to open what is loaded, to change this
 * inquiry (one change after another; null changes nothing), and the table that is filtered by.
 * @typedef {{ask: (question: string) => unknown,
 *   open: (load: () => Promise<Opened>) => Promise<void>,
 *   change: (request: () => Promise<Opened | null>) => Promise<void>,
 *   table: {disclosure: string, id: string} | null}} Desk
 */

/**
 * @param {import("./desk.js").Opened} opened
 * @param {import("./roles.js").Session} session
 * @param {Desk} desk
 */
export function answerPane(opened, session, desk) {
  const { inquiry, answer } = opened;
  const reply = replySection(inquiry, desk.change);
  const options = answer.options.map((/** @type {string} */ text) => ({
    label: text,
    act: () => desk.ask(text),
  }));
  const readings = readingsOf(opened, desk);
  const numbered = (answer.options.length ? options : readings.choices).slice(0, 9);
  const mark = () => markDialog(opened);
  const standard = () => standardDialog(opened);
  const elements = [
    el(
      "div",
      { className: `answer card ${answer.status}` },
      el("h2", { tabIndex: -1 }, OUTCOMES[answer.status]),
      opened.outdated &&
        el("p", { className: "warning" }, "数据已经更新，这是更新前给出的答案。请重新应答。"),
      prose(answer),
      computations(answer.figures),
      choiceList("请来电人明确", options, "options"),
      el(
        "div",
        { className: "actions" },
        button("复制答复", reply.copy, { className: "primary", key: "c" }),
        el(
          "a",
          { className: "button", href: reply.docx, download: "", id: "docx", "aria-keyshortcuts": "D" },
          "下载 DOCX",
          el("kbd", { "aria-hidden": "true" }, "D"),
        ),
        button("标记答案", mark, { key: "w" }),
        button("拟为标准答案", standard, { key: "t" }),
      ),
    ),
    reply.element,
    readings.element,
    evidenceSection(opened.evidence, desk.table),
    choiceList(
      "来电人可能接着问",
      answer.follow_ups.map((/** @type {string} */ text) => ({ label: text, act: () => desk.ask(text) })),
      "follow-ups",
      false,
    ),
  ].filter((element) => element instanceof Node);
  const shortcuts = [
    { key: "c", label: "复制答复，记为已答复", act: reply.copy },
    { key: "d", label: "下载 DOCX", act: () => document.getElementById("docx")?.click() },
    { key: "e", label: "改答复", act: reply.edit },
    { key: "w", label: "标记答案有误或补充", act: mark },
    { key: "t", label: "拟为标准答案", act: standard },
    ...numbered.map((choice, index) => ({
      key: String(index + 1),
      label: choice.label,
      act: choice.act,
    })),
  ];
  return { elements, shortcuts };
}

/** @param {any} answer */
function prose(answer) {
  const inputs = answer.figures.flatMap((/** @type {any} */ figure) => figure.derivation.inputs);
  const paragraph = el("p", { className: "prose" });
  for (const { text, figure } of pieces(answer.answer, [...answer.figures, ...inputs])) {
    paragraph.append(figure ? el("strong", {}, text) : text);
  }
  return paragraph;
}

/** @param {any[]} figures */
function computations(figures) {
  const computed = figures.filter(
    ({ derivation }) => derivation.formula && derivation.operation !== "lookup",
  );
  return (
    computed.length > 0 &&
    el(
      "ul",
      { className: "formulas", "aria-label": "算式" },
      ...computed.map(({ label, derivation }) =>
        el("li", {}, el("span", { className: "soft" }, label), el("code", {}, derivation.formula)),
      ),
    )
  );
}

/**
 * @param {string} title
 * @param {{label: string, act: () => unknown}[]} choices
 * @param {string} className
 * @param {boolean} [withKeys]
 */
function choiceList(title, choices, className, withKeys = true) {
  return (
    choices.length > 0 &&
    el(
      "section",
      { className, "aria-label": title },
      el("h3", {}, title),
      el(
        "ul",
        { className: "choices" },
        ...choices.map(({ label, act }, index) =>
          el("li", {}, button(label, act, { key: withKeys && index < 9 ? String(index + 1) : "" })),
        ),
      ),
    )
  );
}

/** @param {import("./desk.js").Opened} opened @param {Desk} desk */
function readingsOf({ inquiry, readings }, desk) {
  const shown = readings.filter(
    (/** @type {any} */ reading) => !desk.table || reading.table_id === desk.table.id,
  );
  const readAs = (/** @type {any} */ reading) =>
    desk.open(async () => {
      const loaded = await post(`/inquiries/${inquiry.id}/reading`, reading.selector);
      announce(`已改按“${reading.label}”作答`);
      return loaded;
    });
  const others = shown.filter((/** @type {any} */ reading) => !reading.given);
  const choices = others.map((/** @type {any} */ reading) => ({
    label: `改按“${reading.label}”作答`,
    act: () => readAs(reading),
  }));
  const row = (/** @type {any} */ reading) => {
    const index = others.indexOf(reading);
    return el(
      "tr",
      { className: reading.given ? "given" : "" },
      el("td", {}, reading.label, reading.narrower && el("span", { className: "tag" }, "其中")),
      el("td", { className: "amount" }, grouped(reading.value)),
      el("td", { className: "nowrap" }, reading.unit),
      el("td", { className: "soft" }, reading.table),
      el(
        "td",
        { className: "nowrap" },
        reading.given
          ? el("span", { className: "tag good" }, "已答")
          : button("改答此数", () => readAs(reading), {
              key: index < 9 ? String(index + 1) : "",
              about: `${reading.label} ${reading.value}${reading.unit}`,
            }),
      ),
    );
  };
  const element =
    shown.length > 0 &&
    el(
      "section",
      { className: "readings card", "aria-label": "读法" },
      el("h3", {}, `可以有的读法（${shown.length}）`),
      el(
        "div",
        { className: "table-scroll", tabIndex: 0, role: "group", "aria-label": "读法" },
        el(
          "table",
          {},
          el("thead", {}, el("tr", {}, ...["口径", "数值", "单位", "出处", "操作"].map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", {}, ...shown.map(row)),
        ),
      ),
    );
  return { element, choices };
}

/**
 * The reply: composed by the service, changed by staff, copied as text or taken as a document.
 * @param {import("./desk.js").Inquiry} inquiry
 * @param {Desk["change"]} change
 */
function replySection(inquiry, change) {
  const path = `/inquiries/${inquiry.id}`;
  const area = el("textarea", { rows: 9, maxLength: 8000, id: "reply", disabled: true });
  const failure = el("p", { className: "error", role: "alert" });
  let saved = "";
  const loaded = get(`${path}/reply`).then(({ text }) => {
    area.value = saved = text;
    area.disabled = false;
    fit(area);
  });
  loaded.catch((cause) => (failure.textContent = cause.message));

  const tell = (/** @type {string} */ message) => (failure.textContent = message);

  async function save() {
    failure.textContent = "";
    const done = await attempt(async () => {
      await loaded;
      await change(async () => {
        // Taken when its turn comes; what is typed while it is sent waits for the next save.
        const text = area.value;
        if (text === saved) return null;
        const opened = await patch(path, { reply: text });
        saved = text;
        return opened;
      });
    }, tell);
    if (!done) area.focus();
    return done;
  }
  async function copy() {
    if (!(await save())) return;
    if (!(await copyText(saved))) {
      area.select();
      announce("浏览器不允许复制，请按 Ctrl+C");
      return;
    }
    const noted = await attempt(() => change(() => post(`${path}/replied`)), tell);
    announce(noted ? "答复已复制，已记为已答复" : "答复已复制，但没有记为已答复");
  }
  area.addEventListener("change", save);
  area.addEventListener("input", () => fit(area));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") area.blur();
  });
  return {
    element: el(
      "section",
      { className: "reply card", "aria-label": "答复稿" },
      el("div", { className: "row" }, el("label", { htmlFor: "reply" }, "答复稿"), button("改答复", () => edit(), { className: "quiet", key: "e" })),
      area,
      failure,
      el("p", { className: "hint" }, "只能写答案里有的数；改动会记入台账。"),
    ),
    docx: `/api/staff${path}/reply.docx`,
    copy,
    edit,
  };
  function edit() {
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }
}

/** As high as its text, so that the whole reply is seen. @param {HTMLTextAreaElement} area */
function fit(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 420)}px`;
}

// The chat: takes questions, shows answers as they arrive, keeps the conversation of the tab.

import { answerBody } from "./answer.js";
import { ServiceError, ask as askService } from "./api.js";
import { bringIntoView, button, el } from "./dom.js";
import { forget, recall, remember } from "./session.js";
import { welcome } from "./welcome.js";

const by = (id) => document.getElementById(id);
const turns = by("turns");
const input = by("question");
let running = null;
let turnCount = 0;

function addTurn(question) {
  turnCount += 1;
  const body = el("div", { className: "answer" });
  const turn = el(
    "article",
    { className: "turn", "aria-label": `问题：${question}` },
    el("h2", { className: "asked" }, question),
    body,
  );
  turns.append(turn);
  by("welcome").hidden = true;
  by("new-conversation").hidden = false;
  return { turn, body, prefix: `source-${turnCount}` };
}

async function ask(question) {
  if (running) return;
  running = new AbortController();
  busy(true);
  const { turn, body, prefix } = addTurn(question);
  const streamed = el("p", { className: "text streaming" });
  body.replaceChildren(el("p", { className: "waiting" }, "正在查找…"));
  // A screen reader hears the answer once it is whole, not clause by clause.
  body.setAttribute("aria-busy", "true");
  bringIntoView(turn, "start");
  try {
    await askService(question, recall().id, running.signal, (event, data) => {
      if (event === "text") {
        if (!streamed.isConnected) body.replaceChildren(streamed);
        streamed.append(data.text);
      } else if (event === "done") {
        body.replaceChildren(...answerBody(data, question, prefix, ask));
        remember(question, data);
      }
    });
  } catch (error) {
    body.replaceChildren(...failure(error, question, turn));
  } finally {
    body.removeAttribute("aria-busy");
    running = null;
    busy(false);
  }
}

function failure(error, question, turn) {
  const stopped = error.name === "AbortError";
  if (!stopped && !(error instanceof ServiceError)) console.error(error);
  const message = stopped
    ? "已停止。"
    : error instanceof ServiceError
      ? error.message
      : "页面出错了。请重试。";
  const retry = button(stopped ? "重新提问" : "重试", "choice", () => {
    turn.remove();
    ask(question);
  });
  return [el("p", { className: "failure", role: stopped ? "status" : "alert" }, message), retry];
}

function busy(on) {
  by("send").hidden = on;
  by("stop").hidden = !on;
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  const count = by("count");
  count.hidden = input.value.length < 400;
  count.textContent = `${input.value.length}/500`;
}

by("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const question = input.value.trim();
  if (!question || running) return;
  input.value = "";
  grow();
  ask(question);
});

input.addEventListener("input", grow);
input.addEventListener("keydown", (event) => {
  // While an input method composes, Enter chooses a word.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    by("composer").requestSubmit();
  }
});

by("stop").addEventListener("click", () => {
  running?.abort();
  input.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") running?.abort();
});

by("new-conversation").addEventListener("click", () => {
  running?.abort();
  forget();
  turns.replaceChildren();
  by("welcome").hidden = false;
  by("new-conversation").hidden = true;
  input.focus();
});

by("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("budget-qa-theme", root.dataset.theme);
});

for (const { question, answer } of recall().turns) {
  const { body, prefix } = addTurn(question);
  body.replaceChildren(...answerBody(answer, question, prefix, ask));
}
turns.lastElementChild?.scrollIntoView({ block: "start" });
welcome(ask);

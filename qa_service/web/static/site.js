// What the pages do beyond HTML: the visitor's theme and text size, kept as the chat keeps them, and
// the way to the figure that a link points to. Loaded in the head, so that nothing flashes.

(() => {
  "use strict";
  const KEY = "budget-qa-preferences";
  const root = document.documentElement;

  function preferences() {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? "null") ?? {};
    } catch {
      return {};
    }
  }

  function prefer(change) {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...change }));
    } catch {
      // Storage is blocked: the choice holds for this page.
    }
    show({ ...shown(), ...change });
  }

  function shown() {
    return { theme: root.dataset.theme, large: root.hasAttribute("data-large") };
  }

  function show({ theme, large }) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    root.toggleAttribute("data-large", Boolean(large));
    document.querySelector("#large")?.setAttribute("aria-pressed", String(Boolean(large)));
  }

  function followTheChat(chat) {
    const follow = () => {
      show({ theme: chat.getAttribute("theme"), large: chat.hasAttribute("large-text") });
    };
    new MutationObserver(follow).observe(chat, { attributeFilter: ["theme", "large-text"] });
  }

  function tellTheChats({ theme, large }) {
    for (const chat of document.querySelectorAll("budget-qa-chat")) {
      if (theme) chat.setAttribute("theme", theme);
      if (large !== undefined) chat.toggleAttribute("large-text", large);
    }
  }

  function shade() {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const theme = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    prefer({ theme });
    tellTheChats({ theme });
  }

  function enlarge() {
    const large = !root.hasAttribute("data-large");
    prefer({ large });
    tellTheChats({ large });
  }

  function showTheFigure() {
    const figure = document.querySelector("#fact, [data-fact]");
    if (!figure || location.hash) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    figure.scrollIntoView({ block: "center", inline: "center", behavior: calm ? "auto" : "smooth" });
    figure.focus({ preventScroll: true });
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copies);
    if (!source) return;
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      button.textContent = "已复制";
    } catch {
      getSelection()?.selectAllChildren(source);
      button.textContent = "已选中，请复制";
    }
    setTimeout(() => (button.textContent = before), 2000);
  }

  show(preferences());
  document.addEventListener("DOMContentLoaded", () => {
    show(shown());
    document.querySelector("#theme")?.addEventListener("click", shade);
    document.querySelector("#large")?.addEventListener("click", enlarge);
    document.querySelectorAll("budget-qa-chat").forEach(followTheChat);
    for (const button of document.querySelectorAll("[data-copies]")) {
      button.hidden = false;
      button.addEventListener("click", () => void copy(button));
    }
    showTheFigure();
  });
})();

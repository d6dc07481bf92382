// A list of what is reviewed: filtered by state, a card each, acted on card by card.

import { attempt, get, sequence } from "./api.js";
import { announce, el, failed, field, select } from "./dom.js";

/**
 * How a card acts: `doing` does some work at a click, says that it is done and loads the list
 * anew; what failed is told in `failure`, which the card shows.
 * @typedef {{failure: HTMLElement,
 *   doing: (work: () => Promise<unknown>, done: string) => () => Promise<void>}} Acting
 */

/**
 * @param {HTMLElement} place
 * @param {{path: string, states: [string, string][], hint: string, empty: string,
 *   card: (one: any, tag: HTMLElement, acting: Acting) => HTMLElement}} list `tag` names the state
 */
export async function reviewList(place, { path, states, hint, empty, card }) {
  const state = select([["", "全部"], ...states]);
  const list = el("div", { className: "stack" });
  const loading = sequence();
  state.addEventListener("change", load);
  place.append(
    el("div", { className: "filters card" }, field("状态", state), el("p", { className: "hint" }, hint)),
    list,
  );
  await load();

  async function load() {
    const latest = loading();
    await attempt(
      async () => {
        const all = await get(path);
        if (!latest()) return;
        const shown = all.filter((/** @type {any} */ one) => !state.value || one.state === state.value);
        list.replaceChildren(
          ...shown.map((/** @type {any} */ one) => card(one, tag(one.state), acting())),
          shown.length ? "" : el("p", { className: "empty" }, empty),
        );
      },
      (message) => latest() && list.replaceChildren(failed(message)),
    );
  }

  /** @param {string} value */
  function tag(value) {
    const name = states.find(([one]) => one === value)?.[1] ?? "";
    return el("span", { className: `tag ${value}` }, name);
  }

  /** @returns {Acting} */
  function acting() {
    const failure = el("p", { className: "error", role: "alert" });
    const doing = (/** @type {() => Promise<unknown>} */ work, /** @type {string} */ done) => async () => {
      failure.textContent = "";
      if (!(await attempt(work, (message) => (failure.textContent = message)))) return;
      announce(done);
      await load();
    };
    return { failure, doing };
  }
}

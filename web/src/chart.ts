// A chart with its data table beside it. The library that draws is loaded when one is shown.

import type { Chart } from "./contract";
import { button, el, icon } from "./dom";
import type { Messages } from "./messages";

type StatePoint = (label: string, value: string, unit: string) => HTMLElement | string;

/** The figure element of a chart; `state` makes a point's value in the table. */
export function chartFigure(chart: Chart, say: Messages, state: StatePoint): HTMLElement {
  const words = say.chart;
  const title = words.name(chart.title, chart.unit);
  const canvas = el("canvas", { role: "img", "aria-label": words.picture(title) });
  const stage = el("div", { class: `stage ${chart.kind}` }, canvas);
  const save = button("tool", [icon("save"), words.save], () => {}, { hidden: true });
  const figure = el(
    "figure",
    { class: "chart" },
    el("figcaption", { lang: "zh-CN" }, el("span", { class: "grow" }, title), save),
    stage,
    dataTable(chart, title, say, state),
  );
  void import("./charts")
    .then(({ draw }) => {
      const drawn = draw(canvas, stage, chart);
      save.hidden = false;
      save.addEventListener("click", () => download(drawn.picture(), `${chart.title}.png`));
    })
    .catch(() => stage.replaceWith(el("p", { class: "note" }, words.failed)));
  return figure;
}

function dataTable(chart: Chart, title: string, say: Messages, state: StatePoint): HTMLElement {
  const rows = chart.points.map(({ label, value }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      el("td", { class: "amount" }, state(label, value, chart.unit)),
    ),
  );
  return el(
    "div",
    { class: "data", tabindex: 0, role: "group", "aria-label": title, lang: "zh-CN" },
    el(
      "table",
      {},
      el("caption", { class: "hidden" }, title),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col", lang: "" }, say.chart.item),
          el("th", { scope: "col", class: "amount" }, chart.unit),
        ),
      ),
      el("tbody", {}, ...rows),
    ),
  );
}

function download(picture: string, name: string): void {
  const link = el("a", { href: picture, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

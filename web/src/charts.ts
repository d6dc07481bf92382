// Draws charts with ECharts; a chunk of its own, loaded when the first chart is shown.

import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Chart } from "./contract";
import { grouped } from "./figures";

// No tooltip: ECharts writes its HTML with inline styles, which a strict policy refuses, and every
// value stands at its mark and in the table.
echarts.use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, CanvasRenderer]);

export interface Drawn {
  /** The chart as the address of a PNG. */
  picture(): string;
}

const BAR = 34;
const ENTRY = 26;
const RING = 190;

/** Draw into the canvas, redraw when its stage changes in size or colour. */
export function draw(canvas: HTMLCanvasElement, stage: HTMLElement, chart: Chart): Drawn {
  // As many members, as much height; the style object is not an inline style attribute.
  const { length: size } = chart.points;
  if (isRing(chart)) stage.style.height = `${RING + size * ENTRY}px`;
  else if (chart.kind !== "series") stage.style.height = `${size * BAR + 16}px`;
  const drawn = echarts.init(canvas, null, {
    width: stage.clientWidth,
    height: stage.clientHeight,
    devicePixelRatio: Math.max(2, window.devicePixelRatio),
  });
  const redraw = () => {
    const { clientWidth: width, clientHeight: height } = stage;
    if (!width) return;
    // Given a canvas, ECharts sets its pixels and leaves its size on the page to us.
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    drawn.resize({ width, height });
    drawn.setOption(option(chart, look(stage), width), true);
  };
  redraw();
  new ResizeObserver(redraw).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  const host = (stage.getRootNode() as ShadowRoot).host;
  new MutationObserver(redraw).observe(host, { attributes: true, attributeFilter: ["theme"] });
  return {
    picture: () =>
      drawn.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: look(stage).card }),
  };
}

interface Look {
  ink: string;
  soft: string;
  line: string;
  card: string;
  font: string;
  size: number;
  colours: string[];
}

/** The colours and letters of the element, as its stylesheet has them now. */
function look(stage: HTMLElement): Look {
  const style = getComputedStyle(stage);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    soft: of("--soft"),
    line: of("--line"),
    card: of("--card"),
    font: style.fontFamily,
    size: Math.round(Number.parseFloat(style.fontSize) * 0.82),
    colours: [1, 2, 3, 4, 5, 6].map((n) => of(`--chart-${n}`)),
  };
}

/** A ring is read at a glance with few parts; with many, or with none but one, bars are. */
function isRing({ kind, points }: Chart): boolean {
  const positive = points.filter(({ value }) => Number(value) > 0).length;
  return kind === "composition" && points.length <= 6 && positive > 1;
}

type Option = Parameters<echarts.EChartsType["setOption"]>[0];

function option(chart: Chart, look: Look, width: number): Option {
  const common = {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 400,
    color: look.colours,
    textStyle: { fontFamily: look.font, fontSize: look.size, color: look.ink },
  };
  if (isRing(chart)) return { ...common, ...ring(chart, look, width) };
  if (chart.kind === "series") return { ...common, ...years(chart, look) };
  return { ...common, ...bars(chart, look, width) };
}

// Drawing needs lengths, not exact amounts: only here does a figure become a binary number. What
// is printed stays the string that the service sent.
const length = (value: string) => Number(value);

/** A ring, and under it what each colour is: names beside the slices would not fit a phone. */
function ring({ points }: Chart, look: Look, width: number): Option {
  return {
    legend: {
      orient: "vertical",
      left: "center",
      bottom: 0,
      itemWidth: 14,
      itemHeight: 14,
      itemGap: ENTRY - 18,
      selectedMode: false,
      textStyle: {
        color: look.ink,
        fontSize: look.size,
        lineHeight: 18,
        width: width - 40,
        overflow: "truncate",
      },
      formatter: (name: string) => {
        const point = points.find(({ label }) => label === name);
        return point ? `${name}　${grouped(point.value)}` : name;
      },
    },
    series: [
      {
        type: "pie",
        center: ["50%", RING / 2 - 6],
        radius: [RING * 0.27, RING * 0.44],
        minAngle: 2,
        silent: true,
        label: { show: false },
        itemStyle: { borderColor: look.card, borderWidth: 2 },
        data: points.map(({ label, value }) => ({ name: label, value: length(value) })),
      },
    ],
  };
}

function bars({ points }: Chart, look: Look, width: number): Option {
  const widest = Math.max(...points.map(({ value }) => grouped(value).length));
  return {
    grid: { left: 4, right: widest * look.size * 0.62 + 12, top: 4, bottom: 4, containLabel: true },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: toldApart(points),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: {
        color: look.ink,
        fontSize: look.size,
        width: Math.min(look.size * 10, width * 0.36),
        overflow: "truncate",
        interval: 0,
      },
    },
    series: [
      {
        type: "bar",
        barMaxWidth: 18,
        itemStyle: { borderRadius: 3, color: look.colours[0] ?? look.ink },
        label: { ...valueLabel(points, look), position: "right" },
        data: points.map(({ value }) => length(value)),
      },
    ],
  };
}

/** The labels without what all begin with (their city): little room is left for what differs. */
function toldApart(points: Chart["points"]): string[] {
  const labels = points.map(({ label }) => label);
  const [first = "", ...others] = labels;
  let same = 0;
  while (same < first.length && others.every((label) => label[same] === first[same])) same += 1;
  return others.length && labels.every(({ length }) => length > same + 1)
    ? labels.map((label) => label.slice(same))
    : labels;
}

function years({ points }: Chart, look: Look): Option {
  return {
    grid: { left: 12, right: 12, top: 28, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: points.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.line } },
      axisLabel: { color: look.ink, fontSize: look.size },
    },
    yAxis: { type: "value", show: false, min: 0 },
    series: [
      {
        type: points.length > 2 ? "line" : "bar",
        barMaxWidth: 48,
        symbolSize: 8,
        lineStyle: { width: 3 },
        label: { ...valueLabel(points, look), position: "top" },
        data: points.map(({ value }) => length(value)),
      },
    ],
  };
}

function valueLabel(points: Chart["points"], look: Look) {
  return {
    show: true,
    color: look.ink,
    fontSize: look.size,
    formatter: ({ dataIndex }: { dataIndex: number }) => grouped(points[dataIndex]?.value ?? ""),
  };
}

// Two ways to a Gaussian: the natural gradient's and the ordinary one's, on the half-plane, as bells, and as what is still missing.
import { axes, stroke } from "./axes.js";
import { onChart, rowsOf, trace } from "./marks.js";
/** @import { Palette } from "../../views/palette.js" */
/** @import { Scene } from "./chart.js" */
/** @import { Place } from "./place.js" */

/** @typedef {(pen: CanvasRenderingContext2D, width: number, height: number, scene: Scene, palette: Palette) => void} Chart */

/** In the order in which they are drawn. @type {readonly ["logarithmic" | "ordinary" | "natural", "line-strong" | "signed-plus" | "holds", number][]} */
const kinds = [
  ["logarithmic", "signed-plus", 1.25],
  ["ordinary", "signed-plus", 2.5],
  ["natural", "holds", 2.5],
];

/** Where a flow is at a share of its time. @param {Float32Array[]} rows @param {number} share */
const at = (rows, share) => rows[Math.round(share * (rows.length - 1))];

/** The shortest way, dashed; the flows, and how far they have come. @param {CanvasRenderingContext2D} pen @param {Place} place @param {Scene} scene @param {Palette} palette */
export function flows(pen, place, { frames, share }, { colours }) {
  const project = onChart(place);
  pen.lineJoin = "round";
  pen.strokeStyle = colours["signed-minus"];
  pen.lineWidth = 1.75;
  pen.setLineDash([2, 4]);
  trace(pen, rowsOf(frames.way), project);
  pen.stroke();
  for (const [name, colour, width] of kinds) {
    const rows = rowsOf(frames[name]);
    pen.setLineDash(name === "logarithmic" ? [5, 4] : []);
    pen.strokeStyle = pen.fillStyle = colours[colour];
    pen.lineWidth = width;
    trace(pen, rows, project);
    pen.stroke();
    const here = rows.length && name !== "logarithmic" ? project(at(rows, share)) : null;
    if (!here) continue;
    pen.beginPath();
    pen.arc(here[0], here[1], 5, 0, 7);
    pen.fill();
  }
  pen.setLineDash([]);
}

/** The divergence that is left, along each flow, on a scale of powers of ten. @type {Chart} */
export function left(pen, width, height, { frames, share }, { colours }) {
  const rows = kinds.map(([name]) => rowsOf(frames[name]));
  if (rows.some((one) => !one.length)) return;
  const floor = 1e-6;
  const tens = (/** @type {number} */ x) => Math.log10(Math.max(floor, x));
  const top = Math.max(...rows.flat().map((row) => tens(row[2])));
  const place = axes(
    pen,
    width,
    height,
    [0, 1],
    [tens(floor), top + 0.2],
    colours,
    (x) => `1e${Math.round(x)}`,
  );
  kinds.forEach(([name, colour, thick], i) => {
    pen.setLineDash(name === "logarithmic" ? [5, 4] : []);
    const points = rows[i].map((row, k) => place(k / (rows[i].length - 1), tens(row[2])));
    const end = rows[i].findIndex((row) => row[2] < floor);
    stroke(pen, end < 0 ? points : points.slice(0, end + 1), colours[colour], thick);
  });
  pen.setLineDash([]);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(...place(share, tens(floor)));
  pen.lineTo(...place(share, top + 0.2));
  pen.stroke();
}

/** Two bells, those on the straight line between them, and the one at this share of it; dashed: the one that moving sand would make. @type {Chart} */
export function bells(pen, width, height, { frames, share }, { colours }) {
  const rows = rowsOf(frames.way);
  if (!rows.length) return;
  const some = [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => at(rows, part));
  const from = Math.min(...some.map(([m, s]) => m - 3 * s));
  const to = Math.max(...some.map(([m, s]) => m + 3 * s));
  const top = Math.max(...some.map(([, s]) => 0.4 / s));
  const place = axes(pen, width, height, [from, to], [0, 1.08 * top], colours);
  const bell = (/** @type {ArrayLike<number>} */ { 0: m, 1: s }) =>
    Array.from({ length: 121 }, (_, k) => {
      const x = from + ((to - from) * k) / 120;
      return place(x, (Math.exp(-(((x - m) / s) ** 2) / 2) * 0.39894) / s);
    });
  some.forEach((row, i) => {
    const end =
      i === 0 ? colours.accent : i === some.length - 1 ? colours["signed-minus"] : colours["line-strong"];
    stroke(pen, bell(row), end, i % (some.length - 1) ? 1 : 2.5);
  });
  const [first, last] = [some[0], some[some.length - 1]];
  const sand = [0, 1].map((i) => first[i] + share * (last[i] - first[i]));
  pen.setLineDash([5, 4]);
  stroke(pen, bell(sand), colours["signed-plus"], 1.75);
  pen.setLineDash([]);
  stroke(pen, bell(at(rows, share)), colours.ink, 2.25);
}

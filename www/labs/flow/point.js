// Beside the map: the next proximal step as a valley one rolls into, and the height along each way.
import { axes } from "../../views/axes.js";
import { dashes, wayColours } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function section(canvas, { frames, colours, font }) {
  const { section: f } = frames;
  if (!f?.shape[0] || !canvas.clientWidth) return;
  const rows = f.shape[0];
  const cell = (/** @type {number} */ i, /** @type {number} */ j) => f.data[4 * i + j];
  const column = (/** @type {number} */ j) =>
    Array.from({ length: rows }, (_, i) => cell(i, j)).filter(Number.isFinite);
  const lowest = (/** @type {number} */ j) =>
    Array.from({ length: rows }, (_, i) => i).reduce((best, i) => (cell(i, j) < cell(best, j) ? i : best), 0);
  const zero = Array.from({ length: rows }, (_, i) => i).reduce(
    (best, i) => (Math.abs(cell(i, 0)) < Math.abs(cell(best, 0)) ? i : best),
    0,
  );
  const low = Math.min(...column(1), cell(lowest(3), 3));
  // At rest nothing falls: then as high as f and the parabola rise behind it.
  const behind = [cell(0, 1) - cell(zero, 1), cell(0, 2) - cell(0, 1)].filter(Number.isFinite);
  const fall = Math.max(cell(zero, 1) - low, ...behind);
  const high = Math.max(cell(zero, 1), low) + 0.55 * fall;
  const pad = 0.08 * (high - low || 1);
  const on = axes(canvas, {
    x: [cell(0, 0), cell(rows - 1, 0)],
    y: [low - pad, high + pad],
    colours,
    font,
    across: "s",
  });
  on.curve(rows, (i) => [cell(i, 0), cell(i, 3)], colours["lane-2"], { width: 1.8, dash: [6, 4] });
  on.curve(rows, (i) => [cell(i, 0), cell(i, 2)], colours["lane-3"], { width: 2.2 });
  on.curve(rows, (i) => [cell(i, 0), cell(i, 1)], colours.ink, { width: 2.2 });
  const [best, believed] = [lowest(2), lowest(3)];
  on.dot(cell(zero, 0), cell(zero, 1), colours.ink, 5);
  on.dot(cell(best, 0), cell(best, 1), colours["lane-3"], 5);
  on.dot(cell(believed, 0), cell(believed, 1), colours["lane-2"], 5, true);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {boolean} guest */
export function heights(canvas, { frames, at, colours, font }, guest) {
  const { heights: f } = frames;
  if (!f || !canvas.clientWidth) return;
  const length = f.shape[1];
  const all = f.data.subarray(0, (guest ? 4 : 3) * length).filter(Number.isFinite);
  const first = f.data[0];
  const low = Math.min(first, ...all);
  const high = Math.max(first, Math.min(Math.max(...all), first + 0.6 * (first - low || 1)));
  const pad = 0.06 * (high - low || 1);
  const on = axes(canvas, {
    x: [0, Math.max(1, length - 1)],
    y: [low - pad, high + pad],
    colours,
    font,
    across: "k",
  });
  for (let way = guest ? 3 : 2; way >= 0; way--) {
    const colour = colours[wayColours[way]];
    on.curve(length, (k) => [k, f.data[way * length + k]], colour, { width: 2, dash: dashes[way] });
    on.dot(at, f.data[way * length + at], colour, 3.5);
  }
  on.cursor(at, colours["ink-soft"]);
}

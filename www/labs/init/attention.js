// Rows of attention with √d and without, and what becomes of the largest weight and of the gradient over d.
import { axes } from "../../views/axes.js";
import { crisp } from "../../views/canvas.js";
import { small } from "../../views/lettering.js";
import { percent } from "../../ui/format.js";
import { cell } from "./scene.js";
/** @import { Scene } from "./scene.js" */

const words = ["none", "root", "inside"];

/** Three strips of the same rows; a weight as dark as it is large beside the largest of its row. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function rows(canvas, { frames: { rows: all, heads }, given, switches, colours, font, t }) {
  if (!all?.shape[0] || !heads?.shape[0] || !canvas.clientWidth) return;
  const { context: pen, width, height } = crisp(canvas);
  const size = small();
  const [strips, count, keys] = all.shape;
  pen.clearRect(0, 0, width, height);
  const r = 4.6 * size;
  const strip = height / strips;
  const head = 1.7 * size;
  const wide = (width - r) / keys;
  for (let s = 0; s < strips; s++) {
    const chosen = words[s] === given.scaling;
    const top = s * strip;
    if (chosen) {
      pen.fillStyle = colours["accent-soft"];
      pen.fillRect(0, top, width, strip - 4);
    }
    pen.textBaseline = "middle";
    pen.fillStyle = colours.ink;
    pen.font = `${chosen ? 700 : 400} ${size}px ${font}`;
    pen.textAlign = "left";
    pen.fillText(
      `${switches[s]} · ${t("rows.deviation", { sd: cell(heads, s, 0).toFixed(2) })}`,
      4,
      top + head / 2,
    );
    pen.textAlign = "right";
    pen.font = `${size}px ${font}`;
    pen.fillStyle = colours["ink-soft"];
    pen.fillText(t("rows.largest"), width - 4, top + head / 2);
    const tall = (strip - head - 8) / count;
    for (let row = 0; row < count; row++) {
      const from = (s * count + row) * keys;
      const weights = all.data.subarray(from, from + keys);
      const most = Math.max(1e-12, ...weights);
      const y = top + head + row * tall;
      pen.fillStyle = colours.sheet;
      pen.fillRect(0, y, width - r, tall - 1);
      pen.fillStyle = s === 0 ? colours["lane-2"] : colours["lane-1"];
      for (let k = 0; k < keys; k++) {
        pen.globalAlpha = weights[k] / most;
        if (pen.globalAlpha > 0.01) pen.fillRect(k * wide, y, Math.max(1, wide - 0.5), tall - 1);
      }
      pen.globalAlpha = 1;
      pen.fillStyle = colours.ink;
      if (tall >= size) pen.fillText(percent(most), width - 4, y + tall / 2);
    }
  }
}

const log2 = Math.log2;

/** One number over d: without the division, with it, and measured. @param {HTMLCanvasElement} canvas @param {Scene} scene @param {1 | 2} j */
function overD(canvas, { frames: { curve, heads }, values, colours, font }, j) {
  if (!curve?.shape[0] || !heads?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [0, 9], y: [0, 1.06], colours, font, across: "log₂ d" });
  on.cursor(log2(values.d), colours.accent);
  const line = (/** @type {number} */ c) => (/** @type {number} */ i) =>
    /** @type {[number, number]} */ ([log2(cell(curve, i, 0)), cell(curve, i, c)]);
  on.curve(curve.shape[0], line(j), colours["lane-2"], { width: 2.4 });
  on.curve(curve.shape[0], line(j + 2), colours["lane-1"], { width: 2.4 });
  on.dot(log2(values.d), cell(heads, 1, j), colours["lane-1"], 5, true);
  on.dot(log2(values.d), cell(heads, 0, j), colours["lane-2"], 5, true);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export const largest = (canvas, scene) => overD(canvas, scene, 1);
/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export const jacobian = (canvas, scene) => overD(canvas, scene, 2);

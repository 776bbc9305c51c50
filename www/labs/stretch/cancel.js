// A key's bias: one row of attention before and after, without rotations and with them; what the bias adds; how much it changes.
import { axes, power } from "../../views/axes.js";
import { crisp } from "../../views/canvas.js";
import { small } from "../../views/lettering.js";
import { byDistance, cell, column, log10 } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function rows(canvas, scene) {
  const { frames, colours, font, n, claim, t } = scene;
  const { rows: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const { context: pen, width, height } = crisp(canvas);
  pen.clearRect(0, 0, width, height);
  const size = small();
  const [left, right, top, bottom] = [6, 6, 2 * size, 2 * size];
  const bars = all.shape[0];
  const step = (width - left - right) / bars;
  const half = (height - top - bottom) / 2;
  const said = [
    [t("cancel.plain"), claim("bias_effect_plain")?.value],
    [t("cancel.rope"), claim("bias_effect_rope")?.value],
  ];
  for (const [row, first] of [1, 3].entries()) {
    let most = 0;
    for (let i = 0; i < bars; i++) most = Math.max(most, cell(all, i, first), cell(all, i, first + 1));
    const base = top + half * (row + 1) - 4;
    const tall = (/** @type {number} */ share) => (share / most) * (half - 2.6 * size);
    for (let i = 0; i < bars; i++) {
      const [before, after] = [cell(all, i, first), cell(all, i, first + 1)];
      const x = left + i * step;
      pen.fillStyle = colours[row ? "lane-2" : "lane-1"];
      pen.globalAlpha = 0.75;
      pen.fillRect(x + 0.14 * step, base - tall(after), 0.72 * step, tall(after));
      pen.globalAlpha = 1;
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1.2;
      pen.strokeRect(x + 0.14 * step, base - tall(before), 0.72 * step, tall(before));
    }
    pen.strokeStyle = colours["line-strong"];
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(left, base + 0.5);
    pen.lineTo(width - right, base + 0.5);
    pen.stroke();
    const [words, value] = said[row];
    pen.font = `600 ${size}px ${font}`;
    pen.textBaseline = "top";
    pen.textAlign = "right";
    pen.fillStyle = colours[row ? "lane-2" : "lane-1"];
    const change = typeof value === "number" ? t("cancel.change", { value: tiny(value) }) : "";
    pen.fillText(`${words}: ${change}`, width - right, top + half * row - (row ? 0 : size));
  }
  pen.font = `italic ${size}px ${font}`;
  pen.fillStyle = colours["ink-soft"];
  pen.textAlign = "left";
  pen.fillText(t("cancel.from"), left, height - bottom + 5);
  pen.textAlign = "right";
  pen.fillText(t("cancel.to", { n }), width - right, height - bottom + 5);
}

/** @param {number} value */
const tiny = (value) =>
  value < 1e-12 ? "0" : value < 0.001 ? value.toExponential(0).replace("-", "−") : value.toFixed(3);

/** What the bias adds to scores. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function lift(canvas, scene) {
  const { frames, colours } = scene;
  const { lift: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  let most = 0.5;
  for (let i = 0; i < all.shape[0]; i++)
    most = Math.max(most, Math.abs(cell(all, i, 1)), Math.abs(cell(all, i, 2)));
  const on = byDistance(canvas, scene, [-1.1 * most, 1.1 * most]);
  column(on, all, 2, colours["lane-2"], { width: 2 });
  column(on, all, 1, colours["lane-1"], { width: 2.6, dash: [7, 4] });
}

/** How much it changes. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function effect(canvas, scene) {
  const { frames, colours, font, values } = scene;
  const { effect: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const floor = -17;
  const on = axes(canvas, { x: [0, 32], y: [floor, 0.5], colours, font, across: "|b|", label: power });
  const shown = (/** @type {number} */ y) => Math.max(floor + 0.3, log10(Math.max(y, 1e-30)));
  const plain = (/** @type {number} */ x) => x;
  on.cursor(values.b, colours.accent);
  column(on, all, 1, colours["lane-1"], { x: plain, y: shown, width: 2.4, dash: [7, 4] });
  column(on, all, 2, colours["lane-2"], { x: plain, y: shown, width: 2.6 });
}

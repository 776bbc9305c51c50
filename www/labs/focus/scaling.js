// What a longer text asks of γ: the sharpness that keeps entropy, two laws for it, and what becomes of the needle.
import { axes } from "../../views/axes.js";
import { column, log2 } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** Without scaling, by the root of a logarithm, by a logarithm. */
export const wayColours = /** @type {const} */ (["ink-soft", "lane-3", "lane-2"]);
const dashes = [[], [7, 4], [2, 3]];

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function keep(canvas, { frames, values, colours, font, n }) {
  const { keep: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return null;
  const most = Math.max(...all.data.filter((_, i) => i % 4 && Number.isFinite(all.data[i])), 3);
  const on = axes(canvas, { x: [1, 16], y: [0, 1.06 * most], colours, font, across: "log₂ n" });
  on.cursor(log2(n), colours["ink-soft"]);
  on.curve(2, (i) => [i ? 16 : 1, values.gamma], colours[wayColours[0]], { width: 1.4 });
  column(on, all, 3, colours[wayColours[2]], { x: log2, width: 2, dash: dashes[2] });
  column(on, all, 2, colours[wayColours[1]], { x: log2, width: 2, dash: dashes[1] });
  column(on, all, 1, colours["lane-1"], { x: log2, width: 3 });
  on.dot(9, values.gamma, colours.accent, 6);
  return null;
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {"drift" | "found"} which */
export function ways(canvas, { frames, colours, font, n }, which) {
  const all = frames[which];
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const most =
    which === "found" ? 1 : Math.max(...all.data.filter((value, i) => i % 4 && Number.isFinite(value)), 1);
  const on = axes(canvas, { x: [1, 16], y: [0, 1.05 * most], colours, font, across: "log₂ n" });
  on.cursor(log2(n), colours["ink-soft"]);
  for (let i = 0; i < 3; i++)
    column(on, all, 1 + i, colours[wayColours[i]], { x: log2, width: 2.2, dash: dashes[i] });
}

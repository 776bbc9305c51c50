// Linear attention by the shape of its query: S from flat to one-hot, the query itself, and what more coordinates do.
import { axes } from "../../views/axes.js";
import { cell, column, log2 } from "./scene.js";
/** @import { Scene } from "./scene.js" */

export const mapColours = /** @type {const} */ (["lane-5", "lane-1", "lane-3", "lane-6", "lane-4", "lane-2"]);
const maps = ["relu", "exp", "elu1", "softplus", "sigmoid", "relu2"];

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function shapes(canvas, { frames, values, given, colours, font, t }) {
  const { shapes: all, linear } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return null;
  const on = axes(canvas, { x: [0, 1], y: [0.35, 1.02], colours, font, across: t("axis.shape") });
  const chosen = maps.indexOf(String(given.features));
  on.cursor(values.shape, colours.accent);
  for (let i = 5; i >= 0; i--)
    column(on, all, 1 + i, colours[mapColours[i]], { width: i === chosen ? 3.2 : 1.7 });
  if (linear?.shape[0]) on.dot(values.shape, linear.data[0], colours[mapColours[chosen]], 6, true);
  return on.back;
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function query(canvas, { frames, colours, font, t }) {
  const { query: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const count = all.shape[0];
  const high = 1.15 * Math.max(...all.data);
  const on = axes(canvas, { x: [0, count], y: [0, high], colours, font, across: t("axis.coordinate") });
  on.pen.fillStyle = colours.accent;
  for (let i = 0; i < count; i++) {
    const wide = on.X(i + 1) - on.X(i);
    const value = cell(all, i, 0);
    on.pen.fillRect(
      on.X(i),
      Math.min(on.Y(value), on.Y(0) - 1),
      Math.max(1, wide - (wide > 3 ? 1 : 0)),
      Math.max(1, on.Y(0) - on.Y(value)),
    );
  }
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function dims(canvas, { frames, values, colours, font }) {
  const { dims: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [0, 10], y: [0, 1.03], colours, font, across: "log₂ d" });
  on.cursor(log2(values.d), colours["ink-soft"]);
  column(on, all, 3, colours.fails, { x: log2, width: 1.8, dash: [5, 4] });
  column(on, all, 2, colours["lane-3"], { x: log2, width: 2.6 });
  column(on, all, 1, colours["lane-1"], { x: log2, width: 2.6 });
}

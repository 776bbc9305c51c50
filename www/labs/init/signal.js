// A signal through many layers: its second moment, what comes out of one layer, and gradients on their way back.
import { axes, power } from "../../views/axes.js";
import { percent } from "../../ui/format.js";
import { bars, cell, column, log10, reach } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** Answers with the layer under a place. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function moments(canvas, { frames: { layers }, at, depth, colours, font, t }) {
  if (!layers?.shape[0] || !canvas.clientWidth) return null;
  const on = axes(canvas, {
    x: [0, depth],
    y: reach(layers, [0, 1]),
    colours,
    font,
    across: t("axis.layer"),
    label: power,
  });
  on.curve(2, (i) => [i * depth, 0], colours.holds, { width: 1.5, dash: [2, 4] });
  on.cursor(at, colours.accent);
  column(on, layers, 2, colours["lane-4"], { of: (mean) => log10(mean * mean), width: 1.4 });
  column(on, layers, 1, colours.ink, { of: log10, width: 1.8, dash: [7, 4] });
  column(on, layers, 0, colours["lane-1"], { of: log10, width: 2.6 });
  const few = depth <= 60;
  for (let l = 0; few && l <= depth; l++)
    on.dot(l, log10(cell(layers, l, 0)), colours["lane-1"], l === at ? 6 : 2.6, l !== at);
  return on.back;
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function outputs(canvas, { frames: { histogram, layers }, at, colours, font, t }) {
  if (!histogram?.shape[0] || !layers?.shape[0] || !canvas.clientWidth) return;
  const far = Math.abs(cell(histogram, 0, 0)) * 1.02;
  const on = axes(canvas, { x: [-far, far], y: [0, 1.12], colours, font, across: "x", label: () => "" });
  bars(on, histogram, colours["lane-1"]);
  const [off, saturated, dead] = [6, 7, 8].map((j) => percent(cell(layers, at, j)));
  const lines = at
    ? [t("share.off", { off }), t("share.saturated", { saturated }), t("share.dead", { dead })]
    : [];
  lines.forEach((line, i) => on.write(line, on.box.left + 6, on.box.top + 4 + 17 * i, colours.ink));
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function gradients(canvas, { frames: { layers }, at, depth, colours, font, t }) {
  if (!layers?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, {
    x: [0, depth],
    y: reach(layers, [4, 5]),
    colours,
    font,
    across: t("axis.layer"),
    label: power,
  });
  on.cursor(at, colours.accent);
  column(on, layers, 5, colours.ink, { of: log10, width: 1.6, dash: [7, 4] });
  column(on, layers, 4, colours["lane-2"], { of: log10, width: 2.4 });
  on.dot(at, log10(cell(layers, at, 4)), colours["lane-2"], 5);
}

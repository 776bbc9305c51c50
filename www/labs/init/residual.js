// The residual ladder: what each branch weighs in x, how alike neighbours are, and what reaches layer 1.
import { axes, power } from "../../views/axes.js";
import { cell, column, log10, reach } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function shares(canvas, { frames: { shares: all }, colours, font, t }) {
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const count = all.shape[0];
  const most = Math.max(
    0.2,
    ...Array.from({ length: count }, (_, i) => Math.max(cell(all, i, 0), cell(all, i, 1))),
  );
  const on = axes(canvas, {
    x: [-0.7, count - 0.3],
    y: [0, most * 1.08],
    colours,
    font,
    across: t("axis.branch"),
  });
  const wide = on.X(1) - on.X(0);
  const gap = wide > 6 ? 2 : 0.5;
  for (let i = 0; i < count; i++) {
    on.pen.fillStyle = i ? colours["lane-1"] : colours.accent;
    const top = on.Y(cell(all, i, 0));
    on.pen.fillRect(on.X(i) - wide / 2 + gap / 2, top, Math.min(60, wide - gap), on.Y(0) - top);
  }
  const tick = Math.min(60, wide - gap);
  on.pen.fillStyle = colours.ink;
  for (let i = 0; i < count; i++)
    on.pen.fillRect(on.X(i) - wide / 2 + gap / 2, on.Y(cell(all, i, 1)) - 1, tick, 2);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function alike(canvas, { frames: { rungs }, at, depth, colours, font, t }) {
  if (!rungs?.shape[0] || !canvas.clientWidth) return;
  const least = Math.min(
    ...Array.from({ length: rungs.shape[0] }, (_, i) => Math.min(cell(rungs, i, 2), cell(rungs, i, 3))),
  );
  const on = axes(canvas, {
    x: [0, depth],
    y: [Math.min(0.6, least - 0.08), 1.02],
    colours,
    font,
    across: t("axis.sublayer"),
  });
  on.cursor(at, colours.accent);
  column(on, rungs, 3, colours.ink, { width: 1.6, dash: [7, 4] });
  column(on, rungs, 2, colours["lane-1"], { width: 2.4 });
  on.dot(at, cell(rungs, at, 2), colours["lane-1"], 5);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function reaching(canvas, { frames: { rungs }, at, depth, colours, font, t }) {
  if (!rungs?.shape[0] || !canvas.clientWidth) return;
  const [low, high] = reach(rungs, [4, 5, 6, 7]);
  const on = axes(canvas, {
    x: [0, depth],
    y: [Math.max(low, -12), high],
    colours,
    font,
    across: t("axis.sublayer"),
    label: power,
  });
  on.cursor(at, colours.accent);
  column(on, rungs, 7, colours.accent, { of: log10, width: 2, dash: [2, 3] });
  column(on, rungs, 5, colours.ink, { of: log10, width: 1.6, dash: [7, 4] });
  column(on, rungs, 4, colours["lane-2"], { of: log10, width: 2.4 });
  on.dot(at, log10(cell(rungs, at, 4)), colours["lane-2"], 5);
}

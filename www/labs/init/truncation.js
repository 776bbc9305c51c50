// The cut normal law under a ruler, the variance that a cut leaves, and an activation on its way to mean 0 and moment 1.
import { axes } from "../../views/axes.js";
import { bars, cell } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** Answers with the cut under a place. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function ruler(canvas, { frames: { ruler: law }, values, colours, font, t }) {
  if (!law?.shape[0] || !canvas.clientWidth) return null;
  const most = Math.max(
    0.44,
    ...Array.from({ length: law.shape[0] }, (_, i) => Math.max(cell(law, i, 1), cell(law, i, 2))),
  );
  const on = axes(canvas, { x: [-5, 5], y: [0, most * 1.12], colours, font, across: t("axis.deviations") });
  const cut = values.truncate;
  on.within(() => {
    on.pen.fillStyle = colours.fails;
    on.pen.globalAlpha = 0.09;
    on.pen.fillRect(0, 0, on.X(-cut), on.height);
    on.pen.fillRect(on.X(cut), 0, on.width, on.height);
    on.pen.globalAlpha = 1;
  });
  bars(on, law, colours["shade-middle"]);
  const normal = (/** @type {number} */ x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  on.curve(201, (i) => [i / 20 - 5, normal(i / 20 - 5)], colours["ink-soft"], { width: 1.6, dash: [6, 4] });
  on.cursor(-cut, colours.accent);
  on.cursor(cut, colours.accent);
  on.write(`±${cut}`, Math.min(on.X(cut) + 8, on.box.right - 44), on.box.top + 12, colours.accent);
  return (/** @type {number} */ px) => Math.abs(on.back(px));
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function cuts(canvas, { frames: { cuts: all }, values, colours, font, t }) {
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [0, 5], y: [0, 1.06], colours, font, across: t("axis.cut") });
  on.curve(all.shape[0], (i) => [cell(all, i, 0), cell(all, i, 1)], colours["lane-1"], { width: 2.4 });
  const cut = values.truncate;
  const i = (cut / 5) * (all.shape[0] - 1);
  const [low, share] = [Math.min(all.shape[0] - 2, Math.floor(i)), i - Math.floor(i)];
  const variance = cell(all, low, 1) * (1 - share) + cell(all, low + 1, 1) * share;
  on.cursor(cut, colours.accent);
  on.dot(cut, variance, colours["lane-1"], 5);
  const left = cut > 2.5;
  on.write(
    t("cut.left", { variance: variance.toFixed(3) }),
    on.X(cut) + (left ? -10 : 10),
    on.Y(variance) + (variance > 0.5 ? 10 : -24),
    colours.ink,
    left ? "right" : "left",
  );
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function tuned(canvas, { frames: { activation, tuned: now }, colours, font, t }) {
  if (!activation?.shape[0] || !now?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [-4, 4], y: [-2.6, 4.2], colours, font, across: "x" });
  const line = (/** @type {number} */ j) => (/** @type {number} */ i) =>
    /** @type {[number, number]} */ ([cell(activation, i, 0), cell(activation, i, j)]);
  on.curve(activation.shape[0], line(1), colours["ink-soft"], { width: 1.6, dash: [6, 4] });
  on.curve(activation.shape[0], line(2), colours["lane-2"], { width: 2.6 });
  const signed = (/** @type {number} */ x) => (Math.abs(x) < 5e-4 ? "0.000" : x.toFixed(3)).replace("-", "−");
  on.write(t("tuned.mean", { mean: signed(now.data[0]) }), on.box.left + 8, on.box.top + 14, colours.ink);
  on.write(t("tuned.moment", { moment: signed(now.data[1]) }), on.box.left + 8, on.box.top + 32, colours.ink);
}

// The window that a scheme leaves open: attention by distance for three lengths, its mass and its entropy while the text grows.
import { axes, power } from "../../views/axes.js";
import { beyond, byDistance, cell, column, log2, log10, sixColours } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function shares(canvas, scene) {
  const { frames, colours, trained, scheme } = scene;
  const { shares: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  let [low, high] = [0, -6];
  for (let i = 0; i < all.shape[0]; i++)
    for (const j of [1, 2, 3]) {
      const value = log10(cell(all, i, j));
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  low = Math.max(low, high - 8);
  const on = byDistance(canvas, scene, [low - 0.2, Math.min(0.05, high + 0.4)], { label: power });
  const colour = colours[sixColours[scheme]];
  // What the window holds.
  on.within(() => {
    on.pen.beginPath();
    on.pen.moveTo(on.X(0), on.height);
    let last = 0;
    for (let i = 0; i < all.shape[0] && cell(all, i, 0) < trained; i++) {
      const y = log10(cell(all, i, 2));
      last = on.X(log2(cell(all, i, 0)));
      on.pen.lineTo(last, Number.isFinite(y) ? on.Y(y) : on.height);
    }
    on.pen.lineTo(last, on.height);
    on.pen.fillStyle = colour;
    on.pen.globalAlpha = 0.14;
    on.pen.fill();
    on.pen.globalAlpha = 1;
  });
  column(on, all, 4, colours.ink, { y: log10, width: 1.4, dash: [2, 3] });
  column(on, all, 1, colours["lane-3"], { y: log10, width: 2, dash: [8, 4] });
  column(on, all, 3, colours["lane-1"], { y: log10, width: 2, dash: [8, 4] });
  column(on, all, 2, colour, { y: log10, width: 3 });
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {1 | 2} which mass or entropy */
export function growth(canvas, scene, which) {
  const { frames, colours, n, scheme } = scene;
  const { growth: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = byLength(canvas, scene, which === 1 ? 1.04 : 1.06 * log(last(all)));
  if (which === 2) on.curve(2, (i) => flat(all, i), colours["ink-soft"], { width: 1.4, dash: [2, 3] });
  column(on, all, which + 2, colours.ink, { width: 1.4, dash: [2, 3] });
  column(on, all, which, colours[sixColours[scheme]], { width: 2.8 });
  for (let i = 0; i < all.shape[0]; i++)
    on.dot(
      log2(cell(all, i, 0)),
      cell(all, i, which),
      colours[sixColours[scheme]],
      cell(all, i, 0) === n ? 5 : 2,
    );
}

/** @param {import("../../types.js").Frame} all */
const last = (all) => cell(all, all.shape[0] - 1, 0);
const log = Math.log;
/** All keys alike. @param {import("../../types.js").Frame} all @param {number} i @returns {[number, number]} */
const flat = (all, i) => {
  const n = cell(all, i ? all.shape[0] - 1 : 0, 0);
  return [log2(n), log(n)];
};

/** A sheet over log₂ of the length. @param {HTMLCanvasElement} canvas @param {Scene} scene @param {number} high */
export function byLength(canvas, scene, high) {
  const { colours, font, trained, longest, n, t } = scene;
  const from = log2(Math.min(trained, longest));
  const on = axes(canvas, {
    x: [from - 0.1, Math.max(from + 1, log2(longest)) + 0.1],
    y: [0, high],
    colours,
    font,
    across: t("axis.length"),
  });
  beyond(on, scene);
  on.cursor(log2(n), colours.accent);
  return on;
}

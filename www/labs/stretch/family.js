// Six schemes of position over each other: what they add to a score, what keys get of the attention, and what the window holds.
import { power } from "../../views/axes.js";
import { byDistance, cell, log10, six } from "./scene.js";
import { byLength } from "./window.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function added(canvas, scene) {
  const { frames, colours, scheme, values } = scene;
  const { family: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  // ALiBi falls without end: the others say how deep one looks.
  let [low, high] = [-1 - 0.5 * values.c, 0.2];
  for (let i = 0; i < all.shape[0]; i++)
    for (const j of [1, 3, 4]) {
      low = Math.min(low, 1.08 * cell(all, i, j));
      high = Math.max(high, 1.08 * cell(all, i, j));
    }
  const on = byDistance(canvas, scene, [low, high + 0.06 * (high - low)]);
  six(on, all, colours, scheme);
  // Where the hard window ends.
  let edge = 0;
  while (edge < all.shape[0] - 1 && Number.isFinite(cell(all, edge + 1, 5))) edge++;
  if (edge < all.shape[0] - 1) {
    const k = Math.log2(cell(all, edge, 0));
    on.curve(2, (i) => [k, i ? low : 0], colours["lane-6"], {
      width: scheme === 4 ? 3.2 : 1.8,
      dash: [5, 2],
    });
  }
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function attention(canvas, scene) {
  const { frames, colours, scheme } = scene;
  const { family_shares: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = byDistance(canvas, scene, [-7, 0.1], { label: power });
  six(on, all, colours, scheme, { y: log10 });
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function mass(canvas, scene) {
  const { frames, colours, scheme } = scene;
  const { family_mass: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = byLength(canvas, scene, 1.04);
  six(on, all, colours, scheme);
}

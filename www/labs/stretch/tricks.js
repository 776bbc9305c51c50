// What is done to RoPE after training: waves that are stretched, angles that training never showed, entropy of longer texts.
import { axes, power } from "../../views/axes.js";
import { byDistance, cell, log10, six } from "./scene.js";
import { byLength } from "./window.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function waves(canvas, scene) {
  const { frames, colours, trick } = scene;
  const { tricks: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  let [low, high] = [-0.15, 1.05];
  for (let i = 0; i < all.shape[0]; i++)
    for (let j = 1; j < 7; j++) {
      low = Math.min(low, cell(all, i, j) - 0.05);
      high = Math.max(high, cell(all, i, j) + 0.05);
    }
  const on = byDistance(canvas, scene, [low, high]);
  six(on, all, colours, trick);
}

/** How often each pair turns. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function angles(canvas, scene) {
  const { frames, colours, font, trick, t } = scene;
  const { angles: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const pairs = all.shape[0];
  const turns = (/** @type {number} */ i, /** @type {number} */ j) => log10(cell(all, i, j));
  let [low, high] = [-1, 1];
  for (let i = 0; i < pairs; i++)
    for (let j = 1; j < 8; j++) {
      low = Math.min(low, turns(i, j));
      high = Math.max(high, turns(i, j));
    }
  const on = axes(canvas, {
    x: [0, pairs - 1],
    y: [low - 0.2, high + 0.2],
    colours,
    font,
    across: t("axis.pair"),
    label: power,
  });
  // One turn shows all angles there are; below it training saw a part.
  const column = trick + 2;
  on.within(() => {
    on.pen.fillStyle = colours.fails;
    on.pen.globalAlpha = 0.28;
    for (let i = 0; i < pairs; i++) {
      const [seen, now] = [Math.min(0, turns(i, 1)), Math.min(0, turns(i, column))];
      if (now <= seen + 1e-6) continue;
      on.pen.fillRect(on.X(i - 0.5), on.Y(now), on.X(1) - on.X(0), on.Y(seen) - on.Y(now));
    }
    on.pen.globalAlpha = 1;
  });
  on.curve(2, (i) => [i ? pairs - 1 : 0, 0], colours["ink-soft"], { width: 1.2, dash: [3, 3] });
  on.write(t("mark.turn"), on.box.right - 4, on.Y(0) - 18, colours["ink-soft"], "right");
  on.curve(pairs, (i) => [i, turns(i, 1)], colours.ink, { width: 2, dash: [2, 3] });
  six(on, all, colours, trick, { first: 2, x: (pair) => pair, y: log10 });
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function entropy(canvas, scene) {
  const { frames, colours, trick } = scene;
  const { trick_entropy: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = byLength(canvas, scene, 1.06 * Math.log(cell(all, all.shape[0] - 1, 0)));
  six(on, all, colours, trick);
}

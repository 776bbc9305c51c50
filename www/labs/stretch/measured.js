// Trained networks on texts eight times as long as those of training: loss by place, accuracy by length, and where a head looks.
import { percent } from "../../ui/format.js";
import { axes, power } from "../../views/axes.js";
import { mean, ofLane, seedsOf } from "./lanes.js";
import { beyond, cell, log2, log10, mark } from "./scene.js";
/** @import { Frame } from "../../types.js" */
/** @import { Scene } from "./scene.js" */

/** Every seed thin, their mean thick. @param {ReturnType<typeof axes>} on @param {Frame} frame @param {Scene} scene @param {(y: number) => number} [y] */
function lanes(on, frame, { lanes, colours }, y = (value) => value) {
  const x = (/** @type {number} */ row) => log2(cell(frame, row, 0));
  lanes.forEach(({ colour }, i) => {
    for (let k = 0; k < seedsOf(frame, lanes.length); k++)
      on.curve(
        frame.shape[0],
        (row) => [x(row), y(ofLane(frame, row, i, lanes.length)[k])],
        colours[colour],
        {
          width: 1.1,
          alpha: 0.55,
        },
      );
    on.curve(
      frame.shape[0],
      (row) => [x(row), y(mean(ofLane(frame, row, i, lanes.length)))],
      colours[colour],
      {
        width: 2.8,
      },
    );
  });
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function places(canvas, scene) {
  const { frames, colours, font, longest, trained, n, t } = scene;
  if (!canvas.clientWidth) return;
  const all = frames.places?.shape[0] ? frames.places : null;
  const numbers = all ? Array.from(all.data).filter((_, i) => i % all.shape[1]) : [1, 4];
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const room = 0.06 * (high - low);
  const on = axes(canvas, {
    x: [0, log2(longest)],
    y: [low - room, high + room],
    colours,
    font,
    across: t("axis.place"),
  });
  beyond(on, scene);
  mark(on, log2(trained), on.width > 440 ? t("mark.trained") : "", colours["ink-soft"]);
  if (n > trained) mark(on, log2(n), "", colours.accent);
  if (all) lanes(on, all, scene);
  else on.write(t("measured.waiting"), on.box.left + 12, on.box.top + 24, colours["ink-soft"]);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function lengths(canvas, scene) {
  const { frames, colours, font, trained, n, longest, t } = scene;
  if (!canvas.clientWidth) return;
  const all = frames.lengths?.shape[0] ? frames.lengths : null;
  const numbers = all ? Array.from(all.data).filter((_, i) => i % all.shape[1]) : [0.2, 0.5];
  const on = axes(canvas, {
    x: [log2(trained) - 0.25, log2(longest) + 0.25],
    y: [Math.min(...numbers) - 0.03, Math.max(...numbers) + 0.03],
    colours,
    font,
    across: t("axis.length"),
    label: percent,
  });
  if (!all) return;
  if (n > trained && n < longest) on.cursor(log2(n), colours["ink-soft"]);
  const x = (/** @type {number} */ row) => log2(trained) + row;
  scene.lanes.forEach(({ colour }, i) => {
    const of = (/** @type {number} */ row) => ofLane(all, row, i, scene.lanes.length);
    on.curve(4, (row) => [x(row), mean(of(row))], colours[colour], { width: 2.4 });
    for (let row = 0; row < 4; row++) for (const value of of(row)) on.dot(x(row), value, colours[colour], 3);
  });
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function looks(canvas, scene) {
  const { frames, colours, font, trained, longest, t } = scene;
  if (!canvas.clientWidth) return;
  const all = frames.looks?.shape[0] ? frames.looks : null;
  let [low, high] = [0, -1];
  if (all)
    for (let row = 0; row < all.shape[0]; row++)
      for (let j = 1; j < all.shape[1]; j++) {
        const value = log10(cell(all, row, j));
        if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
      }
  low = Math.max(low, -7);
  const on = axes(canvas, {
    x: [0, log2(longest / 2)],
    y: [low - 0.2, Math.min(0.05, high + 0.3)],
    colours,
    font,
    across: t("axis.distance"),
    label: power,
  });
  beyond(on, scene);
  mark(on, log2(trained), "", colours["ink-soft"]);
  if (all) lanes(on, all, scene, log10);
}

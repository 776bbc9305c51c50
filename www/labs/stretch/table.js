// What others have printed, as slopes: the article's accuracy by length, what is retained of it, and its author's later results.
import { axes } from "../../views/axes.js";
import { article, later, lengths } from "./published.js";
import { log2 } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** The three pictures as tables, in their order. @type {import("../../ui/tables.js").Rows[]} */
export const printed = [
  [
    ["n", "without bias (the article’s)", "with bias (the article’s)"],
    ...lengths.map((n, i) => [n, article.without[i], article.with[i]]),
  ],
  [
    ["n", "retained without bias (the article’s)", "retained with bias (the article’s)"],
    ...lengths.map((n, i) => [n, article.without[i] / article.without[0], article.with[i] / article.with[0]]),
  ],
  [
    ["scheme", "at 512 (its author’s)", "at 4096 (its author’s)"],
    ...later.map(({ name, from, to }) => [name, from, to]),
  ],
];

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function slopes(canvas, scene) {
  const { colours, n, t } = scene;
  if (!canvas.clientWidth) return;
  const on = sheet(canvas, scene, 60, 1.1);
  if (n >= 512) on.cursor(Math.min(12, log2(n)), colours["ink-soft"]);
  for (const [values, colour, words] of /** @type {const} */ ([
    [article.without, colours["lane-1"], t("table.without")],
    [article.with, colours["lane-2"], t("table.with")],
  ])) {
    on.curve(4, (i) => [log2(lengths[i]), values[i]], colour, { width: 3 });
    values.forEach((value, i) => {
      on.dot(log2(lengths[i]), value, colour, 5);
      const below = values === article.without;
      on.write(
        value.toFixed(2),
        on.X(log2(lengths[i])),
        on.Y(value) + (below ? 9 : -24),
        colour,
        i ? "center" : "left",
      );
    });
    on.write(words, on.X(12) + 10, on.Y(values[3]) - 8, colour);
  }
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function retained(canvas, scene) {
  const { colours } = scene;
  if (!canvas.clientWidth) return;
  const on = sheet(canvas, scene, 1.06, 0.35);
  for (const [values, colour] of /** @type {const} */ ([
    [article.without, colours["lane-1"]],
    [article.with, colours["lane-2"]],
  ])) {
    on.curve(4, (i) => [log2(lengths[i]), values[i] / values[0]], colour, { width: 2.6 });
    values.forEach((value, i) => on.dot(log2(lengths[i]), value / values[0], colour, 3.5));
  }
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function since(canvas, scene) {
  const { colours } = scene;
  if (!canvas.clientWidth) return;
  const on = sheet(canvas, scene, 60, 0.35);
  for (const { from, to, colour } of later) {
    on.curve(2, (i) => [i ? 12 : 9, i ? to : from], colours[colour], { width: 2.2 });
    on.dot(9, from, colours[colour], 3.5);
    on.dot(12, to, colours[colour], 3.5);
  }
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {number} high @param {number} room at the right, in doublings */
function sheet(canvas, { colours, font, t }, high, room) {
  return axes(canvas, { x: [8.8, 12 + room], y: [0, high], colours, font, across: t("axis.length") });
}

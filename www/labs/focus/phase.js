// Softmax through its phase change: S, entropy and the largest weight over γ, for several lengths, laws laid over.
import { axes, power } from "../../views/axes.js";
import { count } from "./numbers.js";
import { mark } from "./scene.js";
/** @import { Frame } from "../../types.js" */
/** @import { Scene } from "./scene.js" */

export const sizeColours = /** @type {const} */ (["lane-3", "lane-2", "lane-4", "lane-1"]);
const mine = 3;

/** @param {Frame} frame [sizes, γ, columns] @param {number} size @param {number} i @param {number} j */
const at = (frame, size, i, j) => frame.data[(size * frame.shape[1] + i) * frame.shape[2] + j];
const log10 = (/** @type {number} */ x) => (x > 0 ? Math.log10(x) : NaN);

/** The sizes to draw: the one at hand, if it is one of the others, once. @param {Frame} sizes */
export const shownSizes = (sizes) =>
  [0, 1, 2, mine].filter((size) => size === mine || sizes.data[size] !== sizes.data[mine]);

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function concentration(canvas, scene) {
  const { frames, values, colours, font, n } = scene;
  const { phase, dots, sizes } = frames;
  if (!phase?.shape[2] || !dots?.shape[2] || !sizes || !canvas.clientWidth) return null;
  const floor = -0.5 * Math.log10(n);
  const low = Math.min(-2.15, floor - 0.25);
  const on = axes(canvas, { x: [0, 12], y: [low, 0.12], colours, font, across: "γ", label: power });
  const points = phase.shape[1];
  const line = (/** @type {number} */ size, /** @type {number} */ j) => (/** @type {number} */ i) =>
    /** @type {[number, number]} */ ([at(phase, size, i, 0), log10(at(phase, size, i, j))]);
  marks(on, scene);
  on.curve(points, line(mine, 7), colours["line-strong"], { width: 1.2 });
  on.curve(points, line(mine, 5), colours.ink, { width: 1.6, dash: [2, 3] });
  on.curve(points, line(mine, 3), colours[sizeColours[mine]], { width: 1.6, dash: [7, 4] });
  for (const size of shownSizes(sizes)) {
    const colour = colours[sizeColours[size]];
    on.curve(points, line(size, 1), colour, { width: size === mine ? 3 : 1.8 });
    for (let i = 1; i < dots.shape[1]; i++) {
      const [gamma, s, deviation] = [0, 1, 2].map((j) => at(dots, size, i, j));
      // Two deviations either way.
      const ends = [s - 2 * deviation, s + 2 * deviation].map((end) => log10(Math.max(end, 1e-9)));
      on.curve(2, (end) => [gamma, ends[end]], colour, { width: 1.4 });
      on.dot(gamma, log10(s), colour, size === mine ? 4 : 3, true);
    }
  }
  // Heads that have learned: where they stand, and how far from the law of as many Gaussian scores.
  for (let k = 0; k < (frames.heads?.shape[0] ?? 0); k++) {
    const [gamma, s, expected] = frames.heads.data.subarray(3 * k, 3 * k + 3);
    on.curve(2, (end) => [gamma, log10(end ? s : expected)], colours.ink, { width: 1 });
    on.dot(gamma, log10(s), colours.ink, 4);
  }
  on.cursor(values.gamma, colours.accent);
  return on.back;
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function entropy(canvas, scene) {
  const { frames, values, colours, font, n } = scene;
  const { phase, dots, sizes } = frames;
  if (!phase?.shape[2] || !dots?.shape[2] || !sizes || !canvas.clientWidth) return;
  const high = 1.05 * Math.max(Math.log(4096), Math.log(n));
  const on = axes(canvas, { x: [0, 12], y: [0, high], colours, font, across: "γ" });
  const points = phase.shape[1];
  mark(on, Math.sqrt(2 * Math.log(n)), "√(2 ln n)", colours["ink-soft"]);
  on.curve(points, (i) => [at(phase, mine, i, 0), at(phase, mine, i, 4)], colours[sizeColours[mine]], {
    width: 1.6,
    dash: [7, 4],
  });
  for (const size of shownSizes(sizes)) {
    const colour = colours[sizeColours[size]];
    on.curve(points, (i) => [at(phase, size, i, 0), at(phase, size, i, 2)], colour, {
      width: size === mine ? 2.8 : 1.6,
    });
    for (let i = 1; i < dots.shape[1]; i += 2)
      on.dot(at(dots, size, i, 0), at(dots, size, i, 3), colour, size === mine ? 3.5 : 2.5, true);
  }
  on.cursor(values.gamma, colours.accent);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function largest(canvas, { frames, values, colours, font, n }) {
  const { dots, sizes } = frames;
  if (!dots?.shape[2] || !sizes || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [0, 12], y: [0, 1], colours, font, across: "γ" });
  mark(on, Math.sqrt(2 * Math.log(n)), "√(2 ln n)", colours["ink-soft"]);
  for (const size of shownSizes(sizes))
    on.curve(dots.shape[1], (i) => [at(dots, size, i, 0), at(dots, size, i, 4)], colours[sizeColours[size]], {
      width: size === mine ? 2.8 : 1.6,
    });
  on.cursor(values.gamma, colours.accent);
}

/** Where the formula for endless texts ends, and where one key has all. @param {ReturnType<typeof axes>} on @param {Scene} scene */
function marks(on, { colours, n, t }) {
  const ends = Math.sqrt(Math.log(n) / 2);
  on.within(() => {
    on.pen.fillStyle = colours.fails;
    on.pen.globalAlpha = 0.06;
    on.pen.fillRect(on.X(ends), 0, on.X(2 * ends) - on.X(ends), on.height);
    on.pen.globalAlpha = 0.12;
    on.pen.fillRect(on.X(2 * ends), 0, on.width, on.height);
    on.pen.globalAlpha = 1;
  });
  const narrow = on.width < 520;
  mark(on, ends, narrow ? "√(ln n/2)" : t("mark.ends"), colours.fails, 2);
  mark(on, 2 * ends, narrow ? "√(2 ln n)" : t("mark.freezes"), colours.fails, 1);
}

/** What the colours of the sizes mean. @param {Frame} sizes @returns {[string, string][]} */
export const sizeRoles = (sizes) =>
  shownSizes(sizes).map((size) => [sizeColours[size], `n = ${count(sizes.data[size])}`]);

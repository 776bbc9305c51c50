// What every picture of this lab is drawn from, the colours of schemes and tricks, and a logarithmic axis of distances.
import { number } from "../../ui/format.js";
import { axes } from "../../views/axes.js";
/** @import { Frame, Readout } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/**
 * @typedef {object} Scene
 * @property {Record<string, Frame>} frames
 * @property {number} n tokens of the text now
 * @property {number} trained tokens of the longest text of training
 * @property {number} longest tokens of the longest text that is drawn
 * @property {Record<string, number>} values of the settings, with what is being dragged
 * @property {number} scheme which of the schemes
 * @property {number} trick which of the ways to stretch
 * @property {import("./lanes.js").Lane[]} lanes of trained networks
 * @property {Colours} colours
 * @property {string} font
 * @property {(id: string) => Readout | undefined} claim
 * @property {Words["t"]} t
 */

/** Of schemes and of ways to stretch, in the order of their choices. @type {readonly (keyof Colours)[]} */
export const sixColours = ["lane-2", "lane-1", "lane-3", "lane-4", "lane-6", "ink-soft"];
export const sixDashes = [[], [8, 4], [3, 3], [10, 3, 2, 3], [5, 2], [2, 4]];

/** @param {Frame} frame of rows @param {number} i @param {number} j */
export const cell = (frame, i, j) => frame.data[i * frame.shape[1] + j];

/** A curve by one column over another. @param {ReturnType<typeof axes>} on @param {Frame} frame @param {number} column @param {string} colour
 * @param {{width?: number, dash?: number[], alpha?: number, x?: (x: number) => number, y?: (y: number) => number}} [how] */
export function column(on, frame, column, colour, { x = log2, y = same, ...style } = {}) {
  on.curve(frame.shape[0], (i) => [x(cell(frame, i, 0)), y(cell(frame, i, column))], colour, style);
}

/** Six curves, the chosen one thick and below the others, of which some may run along it. @param {ReturnType<typeof axes>} on @param {Frame} frame @param {Colours} colours @param {number} chosen
 * @param {{first?: number, y?: (y: number) => number, x?: (x: number) => number}} [how] */
export function six(on, frame, colours, chosen, { first = 1, ...how } = {}) {
  const order = [0, 1, 2, 3, 4, 5].filter((i) => i !== chosen);
  for (const i of [chosen, ...order])
    column(on, frame, first + i, colours[sixColours[i]], {
      ...how,
      width: i === chosen ? 3.2 : 1.8,
      dash: i === chosen ? [] : sixDashes[i],
    });
}

const same = (/** @type {number} */ x) => x;
export const log2 = Math.log2;
export const log10 = (/** @type {number} */ x) => (x > 0 ? Math.log10(x) : NaN);

/** A number of tokens. @param {number} value */
export const count = (value) => Math.round(value).toLocaleString("en").replaceAll(",", "\u2009");

/** As short as it can be said. @param {number | null | undefined} value */
export const short = (value) => number(value, 3);

/** A sheet over log₂ of the distance, with what training saw. @param {HTMLCanvasElement} canvas @param {Scene} scene
 * @param {[number, number]} y @param {{label?: (value: number) => string}} [more] */
export function byDistance(canvas, scene, y, { label } = {}) {
  const { colours, font, longest, trained, n, t } = scene;
  const on = axes(canvas, {
    x: [0, log2(Math.max(4, longest))],
    y,
    colours,
    font,
    across: t("axis.distance"),
    ...(label && { label }),
  });
  beyond(on, scene);
  // There is no room for words on a small picture.
  const words = on.width > 440 ? t("mark.trained") : "";
  if (trained < longest) mark(on, log2(trained), words, colours["ink-soft"]);
  // How far the text reaches now.
  if (n < longest) mark(on, log2(n), "", colours.accent);
  return on;
}

/** What training never saw is shaded. @param {ReturnType<typeof axes>} on @param {Pick<Scene, "colours" | "trained">} scene */
export function beyond(on, { colours, trained }) {
  on.within(() => {
    on.pen.fillStyle = colours["accent-soft"];
    on.pen.globalAlpha = 0.35;
    on.pen.fillRect(on.X(log2(trained)), 0, on.width, on.height);
    on.pen.globalAlpha = 1;
  });
}

/** A dashed line upright with a word at its head. @param {ReturnType<typeof axes>} on @param {number} x @param {string} words @param {string} colour */
export function mark(on, x, words, colour) {
  const { left, right, top, bottom } = on.box;
  const px = on.X(x);
  if (px < left || px > right) return;
  on.pen.save();
  on.pen.strokeStyle = colour;
  on.pen.lineWidth = 1.2;
  on.pen.setLineDash([3, 3]);
  on.pen.beginPath();
  on.pen.moveTo(px, top);
  on.pen.lineTo(px, bottom);
  on.pen.stroke();
  on.pen.restore();
  const end = px > (left + right) / 2;
  on.write(words, end ? px - 4 : px + 4, top + 3, colour, end ? "right" : "left");
}

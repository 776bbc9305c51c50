// What every picture of this lab is drawn from, and the colours of the ten kernels.
import { axes } from "../../views/axes.js";
/** @import { Experiment, Frame } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/**
 * @typedef {object} Scene
 * @property {Record<string, Frame>} frames
 * @property {number} n keys that have been read
 * @property {Record<string, number>} values of the settings, with what is being dragged
 * @property {Experiment["values"]} given the settings as they are, choices too
 * @property {string[]} kernels their names, in the order of the rows
 * @property {number} chosen which of them
 * @property {Colours} colours
 * @property {string} font
 * @property {Words["t"]} t
 */

/** In the order of the rows. @type {readonly (keyof Colours)[]} */
export const kernelColours = [
  "lane-1",
  "lane-2",
  "lane-5",
  "ink-soft",
  "lane-3",
  "lane-6",
  "lane-4",
  "lane-1",
  "accent",
  "lane-6",
];
/** The guests are dashed. */
export const kernelDashes = [[], [], [], [], [], [], [9, 3, 2, 3], [6, 4], [6, 4], [2, 3]];

/** @param {Frame} frame of rows @param {number} i @param {number} j */
export const cell = (frame, i, j) => frame.data[i * frame.shape[1] + j];

/** A curve by one column over another. @param {ReturnType<typeof axes>} on @param {Frame} frame @param {number} column @param {string} colour
 * @param {{width?: number, dash?: number[], alpha?: number, x?: (x: number) => number, y?: (y: number) => number}} [how] */
export function column(on, frame, column, colour, { x = same, y = same, ...style } = {}) {
  on.curve(frame.shape[0], (i) => [x(cell(frame, i, 0)), y(cell(frame, i, column))], colour, style);
}

const same = (/** @type {number} */ x) => x;
export const log2 = Math.log2;
export const log10 = (/** @type {number} */ x) => (x > 0 ? Math.log10(x) : NaN);

/** Room for the longest of some names. @param {CanvasRenderingContext2D} pen @param {string[]} names */
export const roomFor = (pen, names) =>
  Math.ceil(Math.max(...names.map((name) => pen.measureText(name).width))) + 16;

/** A dashed line upright with a word at its head. @param {ReturnType<typeof axes>} on @param {number} x @param {string} words @param {string} colour @param {number} [row] */
export function mark(on, x, words, colour, row = 0) {
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
  on.write(words, end ? px - 4 : px + 4, top + 3 + row * 16, colour, end ? "right" : "left");
}

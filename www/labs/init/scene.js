// What every picture of this lab is drawn from, and what they share.
/** @import { axes } from "../../views/axes.js" */
/** @import { Experiment, Frame } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/**
 * @typedef {object} Scene
 * @property {Record<string, Frame>} frames
 * @property {number} at the layer that is looked at
 * @property {number} depth
 * @property {Record<string, number>} values of the settings, with what is being dragged
 * @property {Experiment["values"]} given the settings as they are, choices too
 * @property {Colours} colours
 * @property {string} font
 * @property {string[]} switches what the √d switch can be set to
 * @property {Words["t"]} t
 */

/** @param {Frame} frame of rows @param {number} i @param {number} j */
export const cell = (frame, i, j) => frame.data[i * frame.shape[1] + j];

/** The logarithm of what may have died or burst. @param {number} x */
export const log10 = (x) => (x > 0 && Number.isFinite(x) ? Math.log10(x) : NaN);

/** The least and the most of some columns, as whole powers of ten; never nothing. @param {Frame} frame @param {number[]} columns @param {(x: number) => number} [of] @returns {[number, number]} */
export function reach(frame, columns, of = log10) {
  const all = columns
    .flatMap((j) => Array.from({ length: frame.shape[0] }, (_, i) => of(cell(frame, i, j))))
    .filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  return [Math.max(-40, Math.min(-0.5, low * 1.06)), Math.min(40, Math.max(0.5, high * 1.06))];
}

/** A curve by one column over the number of the row. @param {ReturnType<typeof axes>} on @param {Frame} frame @param {number} j @param {string} colour
 * @param {{width?: number, dash?: number[], alpha?: number, of?: (x: number) => number}} [how] */
export function column(on, frame, j, colour, { of = (x) => x, ...style } = {}) {
  on.curve(frame.shape[0], (i) => [i, of(cell(frame, i, j))], colour, style);
}

/** Bars of a histogram, as wide as they lie apart. @param {ReturnType<typeof axes>} on @param {Frame} frame @param {string} colour */
export function bars(on, frame, colour) {
  const wide = on.X(cell(frame, 1, 0)) - on.X(cell(frame, 0, 0));
  on.within(() => {
    on.pen.fillStyle = colour;
    for (let i = 0; i < frame.shape[0]; i++) {
      const top = on.Y(cell(frame, i, 1));
      on.pen.fillRect(on.X(cell(frame, i, 0)) - wide / 2, top, Math.max(1, wide - 1), on.Y(0) - top);
    }
  });
}

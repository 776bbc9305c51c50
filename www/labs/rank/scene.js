// What every picture of this lab is drawn from.
import { scale } from "../../views/color.js";
/** @import { Experiment, Frame, Readout } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/**
 * @typedef {object} Scene
 * @property {Record<string, Frame>} frames
 * @property {number} at layers that stand
 * @property {Record<string, number>} values of the settings, with what is being dragged
 * @property {Experiment["values"]} given the settings as they are, choices too
 * @property {Colours} colours
 * @property {string} font
 * @property {(id: string) => Readout | undefined} claim
 * @property {Words["t"]} t
 */

/** In the order of the frames. */
export const masks = /** @type {const} */ (["two-way", "prefix", "causal", "anti-causal", "mixed"]);
export const maskColours = /** @type {const} */ (["lane-2", "lane-5", "lane-1", "lane-4", "lane-3"]);
export const dashes = [[], [7, 3], [], [2, 3], [9, 3, 2, 3]];

/** How many masks the spectra are known of. @param {Frame} spectra */
export const knownMasks = ({ data, shape }) =>
  masks.filter((_, i) => Number.isFinite(data[i * shape[1]])).length;

/** The colour of a token by its place, 0..1. @param {Colours} colours */
export const tint = (colours) =>
  scale(
    [
      [0, colours["signed-minus"]],
      [0.5, colours["lane-4"]],
      [1, colours["signed-plus"]],
    ],
    colours.broken,
  );

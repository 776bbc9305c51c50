// What every picture of this lab is drawn from.
/** @import { Experiment, Frame, Readout } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/**
 * @typedef {object} Scene
 * @property {Record<string, Frame>} frames
 * @property {number} at the state shown
 * @property {Record<string, number>} values of the settings, with what is being dragged
 * @property {Experiment["values"]} given the settings as they are, choices too
 * @property {Colours} colours
 * @property {string} font
 * @property {(id: string) => Readout | undefined} claim
 * @property {Words["t"]} t
 */

/** The four lanes, and the four ways down. */
export const lanes = /** @type {const} */ (["lane-1", "lane-2", "lane-3", "lane-4"]);
/** Gradient descent, flow, proximal step, guest. */
export const wayColours = /** @type {const} */ (["lane-2", "lane-1", "lane-3", "lane-4"]);
export const dashes = [[], [6, 4], [2, 3], [9, 3, 2, 3]];
/** The keys of the lanes of the plane. */
export const geometries = /** @type {const} */ (["geometry", "geometry2", "geometry3", "geometry4"]);

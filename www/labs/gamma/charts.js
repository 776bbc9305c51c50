// Every picture by its name: what it is drawn from, how, and which number a hand moves in it.
import { circle, comb, fall, graph, road, shift } from "./charts-real.js";
import { bars, pair, rule, transform } from "./charts-imaginary.js";
import { convex, strip } from "./charts-unique.js";
/** @import { Frame, Readout } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */
/** @import { Picture } from "./steps.js" */

/**
 * @typedef {object} Scene what a picture is drawn from
 * @property {Record<string, Frame>} frames
 * @property {Record<string, number>} values of the settings, with what is being dragged
 * @property {boolean} impostor whether that is the function chosen
 * @property {(id: string) => Readout | undefined} claim
 * @property {Colours} colours
 * @property {string} font
 * @property {string} lit the role that is lit up, or nothing
 * @property {number} morph 0: over ω, 1: over t
 * @property {Words["t"]} t
 *
 * @typedef {object} Chart
 * @property {string[]} frames
 * @property {readonly string[]} roles first, second, third: what the colours mean
 * @property {string} claim the id of the readout that says the same in a number
 * @property {readonly string[]} reads the settings that it is drawn from, besides its frames
 * @property {string} [key] the setting that a hand moves
 * @property {(canvas: HTMLCanvasElement, scene: Scene) => ((px: number) => number) | void} draw answers with the number at a place
 */

/** @type {Record<Picture, Chart>} */
export const charts = { graph, shift, circle, road, comb, fall, transform, pair, bars, rule, strip, convex };

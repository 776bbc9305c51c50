// The lanes of trained networks: which scheme runs in each, in which colour, and how their numbers lie in a frame.
import { cell } from "./scene.js";
/** @import { Experiment, Frame, LabSchema, Text } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */

export const laneKeys = ["lane1", "lane2", "lane3", "lane4"];
/** Settings that networks which ship and those that are trained here share. */
export const shared = [...laneKeys, "seeds"];
/** Settings of trained networks alone, which stand on the stage. */
export const onStage = [...shared, "layer", "head", "texts", "first"];
/** @type {readonly (keyof Colours)[]} */
const colours = ["lane-1", "lane-2", "lane-3", "lane-4"];

/** @typedef {{scheme: string, name: string, colour: keyof Colours}} Lane */

/** Those that are not empty, in their order. @param {Experiment["values"]} values @param {LabSchema} schema @param {(text: Text) => string} pick @returns {Lane[]} */
export function lanesOf(values, schema, pick) {
  const options = schema.parameters.find(({ key }) => key === laneKeys[0])?.options ?? [];
  return laneKeys.flatMap((key, i) => {
    const scheme = String(values[key]);
    const option = options.find(({ value }) => value === scheme);
    return scheme === "none" || !option ? [] : [{ scheme, name: pick(option.title), colour: colours[i] }];
  });
}

/** Seeds of a lane by the columns of a frame whose first is where a row stands. @param {Frame} frame @param {number} lanes */
export const seedsOf = ({ shape }, lanes) => (shape[1] - 1) / Math.max(1, lanes);

/** The numbers of a lane's seeds in a row. @param {Frame} frame @param {number} row @param {number} lane @param {number} lanes */
export function ofLane(frame, row, lane, lanes) {
  const seeds = seedsOf(frame, lanes);
  return Array.from({ length: seeds }, (_, k) => cell(frame, row, 1 + lane * seeds + k));
}

/** @param {number[]} all */
export const mean = (all) => all.reduce((sum, x) => sum + x, 0) / all.length;

/** The deviation among them. @param {number[]} all */
export function deviation(all) {
  const middle = mean(all);
  return Math.sqrt(all.reduce((sum, x) => sum + (x - middle) ** 2, 0) / Math.max(1, all.length - 1));
}

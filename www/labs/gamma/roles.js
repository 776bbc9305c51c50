// What the colours of a picture mean, and how strongly each is drawn while another one is lit up.
/** @import { Frame } from "../../types.js" */
/** @import { Scene } from "./charts.js" */

/** The colour of a role, and how strongly it is drawn while another one is lit. @param {Scene} scene */
export function roles({ colours, lit }) {
  const named = {
    first: colours["signed-minus"],
    second: colours["signed-plus"],
    third: colours["lane-3"],
  };
  return {
    ...named,
    /** @param {string} role @param {number} [width] */
    style: (role, width = 2) =>
      !lit ? { width } : lit === role ? { width: width + 1.6 } : { width, alpha: 0.25 },
  };
}

/** Row i of a frame. @param {Frame} frame @param {number} i @param {number} column */
export const cell = (frame, i, column) => frame.data[i * frame.shape[1] + column];

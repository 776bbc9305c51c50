// A lane of the race in the plane: its samples as ink of its own colour.
import { axes, plane } from "../../views/plane.js";
import { dotFor, scatter } from "../../views/scatter.js";
/** @import { Frame } from "../../types.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @param {HTMLCanvasElement} canvas */
export function lane(canvas) {
  const drawPoints = scatter();
  /** @param {Frame} samples [N, 2] @param {string} colour @param {Palette} palette */
  return function draw({ data }, colour, { colours }) {
    const on = plane(canvas);
    const { radius, opacity } = dotFor(data.length / 2);
    drawPoints(on, { points: data, colour, radius: 0.55 * radius, opacity });
    axes(on, { colours, font: "", numbers: false });
  };
}

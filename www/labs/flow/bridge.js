// Back to diffusion: three ways from the same noise to the same data, one a plane; the flow's with the slope that it follows.
import { arrows, typicalLength } from "../../views/arrows.js";
import { small } from "../../views/lettering.js";
import { axes, plane } from "../../views/plane.js";
import { dotFor, scatter } from "../../views/scatter.js";
import { lanes } from "./scene.js";
/** @import { Scene } from "./scene.js" */

export function bridge() {
  const [drawData, drawWay] = [scatter(), scatter()];
  /** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {number} way in the order of the frame */
  return function draw(canvas, { frames, colours, font }, way) {
    const { ways, data, field } = frames;
    if (!ways?.shape[1] || !data || !canvas.clientWidth) return;
    const on = plane(canvas);
    const known = dotFor(data.shape[0]);
    drawData(on, {
      points: data.data,
      colour: colours.ink,
      radius: 0.8 * known.radius,
      opacity: 0.5 * known.opacity,
    });
    if (field)
      arrows(on, {
        field: field.data,
        count: Math.sqrt(field.shape[0]),
        typical: typicalLength(field.data),
        colour: colours["line-strong"],
        width: 1,
      });
    const count = ways.shape[1];
    const { radius, opacity } = dotFor(count);
    drawWay(on, {
      points: ways.data.subarray(2 * count * way, 2 * count * (way + 1)),
      colour: colours[lanes[way]],
      radius: 0.8 * radius,
      opacity,
    });
    axes(on, { colours, font: `${small()}px ${font}` });
  };
}

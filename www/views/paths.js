// Ways of single particles through the plane: a thin line each, a dot where each stands now.
/** @import { Plane } from "./plane.js" */

/**
 * @param {Plane} on
 * @param {object} args
 * @param {ArrayLike<number>} args.paths one path after the other, each `steps` times x, y
 * @param {number} args.count paths
 * @param {number} args.steps points in a path
 * @param {number} args.upto the last point drawn; the rest stays a faint plan
 * @param {string} args.colour
 * @param {number} [args.width]
 * @param {number} [args.opacity]
 * @param {number} [args.dot] radius of the dot at `upto`
 * @param {number[]} [args.dash]
 */
export function paths(
  { context, x, y },
  { paths, count, steps, upto, colour, width = 1, opacity = 0.5, dot = 2.5, dash = [] },
) {
  const last = Math.min(upto, steps - 1);
  const line = (/** @type {number} */ from, /** @type {number} */ to) => {
    context.beginPath();
    for (let i = 0; i < count; i++) {
      for (let k = from; k <= to; k++) {
        const at = 2 * (i * steps + k);
        context[k === from ? "moveTo" : "lineTo"](x(paths[at]), y(paths[at + 1]));
      }
    }
    context.stroke();
  };
  context.save();
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.globalAlpha = 0.25 * opacity;
  if (last < steps - 1) line(last, steps - 1);
  context.globalAlpha = opacity;
  line(0, last);
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.beginPath();
  for (let i = 0; i < count; i++) {
    const at = 2 * (i * steps + last);
    context.moveTo(x(paths[at]) + dot, y(paths[at + 1]));
    context.arc(x(paths[at]), y(paths[at + 1]), dot, 0, 7);
  }
  context.fill();
  context.restore();
}

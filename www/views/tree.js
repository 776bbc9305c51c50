// The tracks as a tree over the timeline's steps: a lane each, leaving its parent at the fork, and on it the distance between them.
import { crisp } from "./canvas.js";

/** Heights in CSS pixels: of a fork's lane, and of the original's, which bears no curve. */
const [lane, top] = [34, 18];
export const heightOf = (/** @type {number} */ tracks) => top + lane * (tracks - 1);
/** The track whose lane lies there. @param {number} y @param {number} tracks */
export const trackAt = (y, tracks) => (y < top ? 0 : Math.min(tracks - 1, 1 + Math.floor((y - top) / lane)));

/** @param {HTMLCanvasElement} canvas */
export function tree(canvas) {
  /**
   * @param {object} args
   * @param {{parent: number, at: number}[]} args.tracks the original first
   * @param {ArrayLike<number>} args.distances a row of length + 1 a track, the original's first; negative where there is none yet
   * @param {number} args.length last state
   * @param {number} args.at
   * @param {number} args.shown track
   * @param {number} args.inset left and right, as the timeline's
   * @param {import("./palette.js").Colours} args.colours
   * @param {string} args.font
   */
  return function draw({ tracks, distances, length, at, shown, inset, colours, font }) {
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const x = (/** @type {number} */ k) => inset + ((width - 2 * inset) * k) / Math.max(1, length);
    const base = (/** @type {number} */ track) => top + track * lane - 8.5;
    const most = Math.max(1e-6, ...Array.from(distances, (d) => (Number.isFinite(d) ? d : 0)));
    context.font = font;
    context.textBaseline = "middle";
    tracks.forEach(({ parent, at: from }, track) => {
      const y = base(track);
      const mine = track === shown;
      context.strokeStyle = mine ? colours.accent : colours["line-strong"];
      context.lineWidth = mine ? 2 : 1;
      context.beginPath();
      if (track) {
        // The way out of the parent's lane: down beside the fork, then along.
        context.moveTo(x(from), base(parent));
        context.lineTo(x(from), y - 6);
        context.quadraticCurveTo(x(from), y, x(from) + 6, y);
      } else context.moveTo(x(0), y);
      context.lineTo(x(length), y);
      context.stroke();
      if (track) {
        curve(
          context,
          x,
          y,
          from,
          (k) => distances[track * (length + 1) + k] / most,
          length,
          mine ? colours.accent : colours["ink-soft"],
        );
        dot(context, x(from), base(parent), colours);
      }
      context.fillStyle = mine ? colours.accent : colours["ink-soft"];
      context.textAlign = "right";
      context.fillText(String(track), inset - 8, y);
    });
    context.strokeStyle = colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x(at), 0);
    context.lineTo(x(at), height);
    context.stroke();
  };
}

/** @param {CanvasRenderingContext2D} context @param {(k: number) => number} x @param {number} base @param {number} from @param {(k: number) => number} share 0..1, negative for none @param {number} length @param {string} colour */
function curve(context, x, base, from, share, length, colour) {
  const path = new Path2D();
  let last = from;
  path.moveTo(x(from), base);
  for (let k = from; k <= length && share(k) >= 0; k++)
    path.lineTo(x((last = k)), base - (lane - 12) * share(k));
  context.save();
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.5;
  context.stroke(path);
  path.lineTo(x(last), base);
  path.closePath();
  context.globalAlpha = 0.16;
  context.fill(path);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {import("./palette.js").Colours} colours */
function dot(context, x, y, colours) {
  context.fillStyle = colours.sheet;
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y, 3.5, 0, 7);
  context.fill();
  context.stroke();
}

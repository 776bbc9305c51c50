// The film strip: a state a frame, outlines where the film is not yet exposed, a mark above the one shown.
import { crisp } from "./canvas.js";
import { createStamp } from "./stamp.js";

/**
 * Which states get a frame: the ends always, the rest evenly, no state twice.
 * @param {number} length last state's number @param {number} room how many frames fit
 */
export function pickFrames(length, room) {
  const count = Math.max(1, Math.min(length + 1, Math.floor(room)));
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, i) => Math.round((i * length) / (count - 1)));
}

/** @param {HTMLCanvasElement} canvas */
export function film(canvas) {
  const stamp = createStamp();
  /**
   * @param {object} args
   * @param {(state: number) => import("./stamp.js").Picture | null} args.picture
   * @param {number} args.length
   * @param {number} args.at
   * @param {import("./palette.js").Colours} args.colours
   */
  return function draw({ picture, length, at, colours }) {
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const size = height - 2;
    const states = pickFrames(length, (width + 3) / (size + 3));
    const pitch = states.length > 1 ? (width - size - 2) / (states.length - 1) : 0;
    // the last one that exists: a frame still to come is no picture of now
    const nearest = states.findLastIndex((k) => k <= at);
    context.imageSmoothingEnabled = false;
    states.forEach((state, i) => {
      const x = 1 + i * pitch;
      const exposed = picture(state);
      if (exposed) context.drawImage(stamp(exposed), x, 1, size, size);
      context.lineWidth = i === nearest ? 2 : 1;
      context.setLineDash(exposed ? [] : [2, 3]);
      context.strokeStyle = i === nearest ? colours.accent : exposed ? colours["line-strong"] : colours.line;
      context.strokeRect(x, 1, size, size);
    });
    context.setLineDash([]);
  };
}

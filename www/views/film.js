// The film strip: a state a frame, outlines where the film is not yet exposed, a mark above the one shown.
import { css } from "./color.js";
import { crisp } from "./canvas.js";

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
  const stamp = document.createElement("canvas");
  /**
   * @param {object} args
   * @param {(state: number) => ArrayLike<number> | undefined} args.picture
   * @param {number} args.length
   * @param {number} args.at
   * @param {number} args.columns
   * @param {import("./color.js").Scale} args.scale
   * @param {import("./palette.js").Colours} args.colours
   */
  return function draw({ picture, length, at, columns, scale, colours }) {
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
      const values = picture(state);
      if (values) context.drawImage(exposed(stamp, values, columns, scale), x, 1, size, size);
      context.lineWidth = i === nearest ? 2 : 1;
      context.setLineDash(values ? [] : [2, 3]);
      context.strokeStyle = i === nearest ? colours.accent : values ? colours["line-strong"] : colours.line;
      context.strokeRect(x, 1, size, size);
    });
    context.setLineDash([]);
  };
}

/** @param {HTMLCanvasElement} stamp @param {ArrayLike<number>} values @param {number} columns @param {import("./color.js").Scale} scale */
function exposed(stamp, values, columns, scale) {
  stamp.width = columns;
  stamp.height = values.length / columns;
  const context = /** @type {CanvasRenderingContext2D} */ (stamp.getContext("2d"));
  for (let i = 0; i < values.length; i++) {
    context.fillStyle = css(scale(values[i]));
    context.fillRect(i % columns, Math.floor(i / columns), 1, 1);
  }
  return stamp;
}

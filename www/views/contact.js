// A contact sheet: many small pictures on one canvas, hairlines between them.
import { css } from "./color.js";
import { crisp } from "./canvas.js";

/** @param {HTMLCanvasElement} canvas */
export function contact(canvas) {
  /**
   * @param {object} args
   * @param {ArrayLike<number>} args.values one picture after the other, row by row
   * @param {number} args.count pictures
   * @param {number} args.columns pixels across a picture; pictures are square
   * @param {import("./color.js").Scale} args.scale
   * @param {import("./palette.js").Colours} args.colours
   */
  return function draw({ values, count, columns, scale, colours }) {
    const { context, width, ratio } = crisp(canvas);
    const across = Math.ceil(Math.sqrt(count));
    const snap = (/** @type {number} */ x) => Math.round(x * ratio) / ratio;
    const cell = width / (across * columns);
    context.clearRect(0, 0, width, width);
    for (let i = 0; i < count * columns * columns; i++) {
      const [picture, pixel] = [Math.floor(i / columns ** 2), i % columns ** 2];
      const x = (picture % across) * columns + (pixel % columns);
      const y = Math.floor(picture / across) * columns + Math.floor(pixel / columns);
      context.fillStyle = css(scale(values[i]));
      context.fillRect(snap(x * cell), snap(y * cell), snap((x + 1) * cell) - snap(x * cell), snap((y + 1) * cell) - snap(y * cell));
    }
    context.fillStyle = colours.sheet;
    for (let k = 1; k < across; k++) {
      context.fillRect(snap(k * columns * cell) - 1, 0, 2, width);
      context.fillRect(0, snap(k * columns * cell) - 1, width, 2);
    }
  };
}

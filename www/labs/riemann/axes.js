// The frame of a small chart, and lines within it.
import { number } from "../../ui/format.js";
import { sizeOf } from "../../views/canvas.js";
/** @import { Palette } from "../../views/palette.js" */

const top = 6;

/** Room for the numbers at the left and below, by the size of their letters. @param {CanvasRenderingContext2D} pen */
function insets({ font }) {
  const size = parseFloat(font);
  return [3.7 * size, 1.5 * size];
}

/** A frame with its numbers. @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height @param {[number, number]} x @param {[number, number]} y @param {Palette["colours"]} colours @param {(y: number) => string} [upright] */
export function axes(pen, width, height, [x0, x1], [y0, y1], colours, upright = (y) => number(y, 3)) {
  const [left, bottom] = insets(pen);
  pen.save();
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    /** @type {[number, number]} */ ([
      left + ((width - left - 6) * (x - x0)) / (x1 - x0 || 1),
      top + (height - bottom - top) * (1 - (y - y0) / (y1 - y0 || 1)),
    ]);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.strokeRect(left + 0.5, top + 0.5, width - left - 7, height - bottom - top);
  pen.fillStyle = colours["ink-soft"];
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const y of [y0 + 0.06 * (y1 - y0), (y0 + y1) / 2, y1 - 0.06 * (y1 - y0)])
    pen.fillText(upright(y), left - 4, at(x0, y)[1]);
  pen.textBaseline = "bottom";
  for (const [x, align] of /** @type {[number, CanvasTextAlign][]} */ ([
    [x0, "left"],
    [x1, "right"],
  ])) {
    pen.textAlign = align;
    pen.fillText(number(x, 3), at(x, y0)[0], height);
  }
  pen.restore();
  pen.beginPath();
  return at;
}

/** @param {CanvasRenderingContext2D} pen @param {[number, number][]} points @param {string} colour @param {number} thick */
export function stroke(pen, points, colour, thick) {
  const [width, height] = sizeOf(pen.canvas);
  const [left, bottom] = insets(pen);
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width - left - 7, height - bottom - top);
  pen.clip();
  pen.strokeStyle = colour;
  pen.lineWidth = thick;
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
  pen.restore();
}

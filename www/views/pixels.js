// Draws a small picture large: one sharp cell a pixel, hairlines between cells, a frame around the probed one.
import { crisp } from "./canvas.js";
import { createStamp } from "./stamp.js";
/** @import { Picture } from "./stamp.js" */

/** @param {HTMLCanvasElement} canvas */
export function pixels(canvas) {
  const stamp = createStamp();
  /**
   * @param {object} args
   * @param {Picture} args.picture
   * @param {import("./palette.js").Colours} args.colours
   * @param {number | null} [args.probe] place of the pixel to frame
   * @param {number} [args.reach] pixels that the frame measures across
   * @param {boolean} [args.grid]
   */
  return function draw({ picture, colours, probe = null, reach = 1, grid = false }) {
    const { context, width, height, ratio } = crisp(canvas);
    const [, rows, columns] = picture.shape;
    // Cells smaller than two device pixels would come out uneven.
    context.imageSmoothingEnabled = width * ratio < 2 * columns;
    context.imageSmoothingQuality = "high";
    context.drawImage(stamp(picture), 0, 0, width, height);
    // Edges on whole device pixels: no seam, no blur, at any size.
    const edge = (/** @type {number} */ i, /** @type {number} */ n, /** @type {number} */ size) =>
      Math.round((i * size * ratio) / n) / ratio;
    if (grid && width >= 10 * columns) {
      context.fillStyle = colours["line-strong"];
      context.globalAlpha = columns > 16 ? 0.14 : 0.28;
      for (let k = 1; k < columns; k++) context.fillRect(edge(k, columns, width), 0, 1 / ratio, height);
      for (let k = 1; k < rows; k++) context.fillRect(0, edge(k, rows, height), width, 1 / ratio);
      context.globalAlpha = 1;
    }
    if (probe !== null) {
      const [top, left] = corner(probe, columns, reach);
      const [x, y] = [edge(Math.max(0, left), columns, width), edge(Math.max(0, top), rows, height)];
      const [right, bottom] = [
        edge(Math.min(columns, left + reach), columns, width),
        edge(Math.min(rows, top + reach), rows, height),
      ];
      // Two colours, because either alone is lost on some picture.
      for (const [colour, inset] of /** @type {[string, number][]} */ ([
        [colours.sheet, -1],
        [colours.accent, 1],
      ])) {
        context.lineWidth = 2;
        context.strokeStyle = colour;
        context.strokeRect(x + inset, y + inset, right - x - 2 * inset, bottom - y - 2 * inset);
      }
    }
  };
}

/** Row and column where a square of `reach` around a pixel begins. @param {number} place @param {number} columns @param {number} reach */
export function corner(place, columns, reach) {
  const before = Math.floor((reach - 1) / 2);
  return [Math.floor(place / columns) - before, (place % columns) - before];
}

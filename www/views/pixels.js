// Draws a small picture large: one sharp cell a pixel, hairlines between cells, a frame around the probed one.
import { css } from "./color.js";
import { crisp } from "./canvas.js";

/** @param {HTMLCanvasElement} canvas */
export function pixels(canvas) {
  /**
   * @param {object} args
   * @param {ArrayLike<number>} args.values row by row
   * @param {number} args.columns
   * @param {import("./color.js").Scale} args.scale
   * @param {import("./palette.js").Colours} args.colours
   * @param {number | null} [args.probe] index of the pixel to frame
   * @param {boolean} [args.grid]
   */
  return function draw({ values, columns, scale, colours, probe = null, grid = false }) {
    const { context, width, height, ratio } = crisp(canvas);
    const rows = Math.ceil(values.length / columns);
    // Edges on whole device pixels: no seam, no blur, at any size.
    const edge = (/** @type {number} */ i, /** @type {number} */ n, /** @type {number} */ size) => Math.round((i * size * ratio) / n) / ratio;
    for (let i = 0; i < values.length; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const [x, y] = [edge(column, columns, width), edge(row, rows, height)];
      context.fillStyle = css(scale(values[i]));
      context.fillRect(x, y, edge(column + 1, columns, width) - x, edge(row + 1, rows, height) - y);
    }
    if (grid) {
      context.fillStyle = colours["line-strong"];
      context.globalAlpha = 0.28;
      for (let k = 1; k < columns; k++) context.fillRect(edge(k, columns, width), 0, 1 / ratio, height);
      for (let k = 1; k < rows; k++) context.fillRect(0, edge(k, rows, height), width, 1 / ratio);
      context.globalAlpha = 1;
    }
    if (probe !== null) {
      const [row, column] = [Math.floor(probe / columns), probe % columns];
      const [x, y] = [edge(column, columns, width), edge(row, rows, height)];
      context.lineWidth = 2;
      context.strokeStyle = colours.accent;
      context.strokeRect(x + 1, y + 1, width / columns - 2, height / rows - 2);
    }
  };
}

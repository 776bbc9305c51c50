// Points as ink: every dot adds its coverage, and the sheet darkens as ink does, so a hundred thousand still show density.
import { rgb } from "./color.js";

/**
 * @typedef {object} Sheet what dots are drawn on
 * @property {CanvasRenderingContext2D} context
 * @property {number} size CSS pixels across @property {number} [high] and up, if it is no square
 * @property {number} ratio device pixels a CSS pixel
 * @property {(x: number) => number} x @property {(y: number) => number} y
 */

/** How large and how opaque a dot should be among so many. @param {number} count */
export const dotFor = (count) => ({
  radius: Math.min(3.4, Math.max(0.85, 2.3 * (2000 / Math.max(1, count)) ** 0.25)),
  opacity: Math.min(0.85, 30 / Math.sqrt(Math.max(1, count))),
});

/**
 * Adds each point's disc to a sheet of coverage, antialiased at its rim.
 * @param {Float32Array} coverage row by row from the top
 * @param {number} side of a row @param {ArrayLike<number>} points x, y, x, y, … in pixels @param {number} radius in pixels
 */
export function splat(coverage, side, points, radius) {
  const rows = coverage.length / side;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [cx, cy] = [points[i] - 0.5, points[i + 1] - 0.5];
    const [left, right] = [
      Math.max(0, Math.ceil(cx - radius - 0.5)),
      Math.min(side - 1, Math.floor(cx + radius + 0.5)),
    ];
    const [top, bottom] = [
      Math.max(0, Math.ceil(cy - radius - 0.5)),
      Math.min(rows - 1, Math.floor(cy + radius + 0.5)),
    ];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const share = radius + 0.5 - Math.sqrt((row - cy) ** 2 + (column - cx) ** 2);
        if (share > 0) coverage[row * side + column] += Math.min(1, share);
      }
    }
  }
}

export function scatter() {
  const sheet = document.createElement("canvas");
  let coverage = new Float32Array(0);
  let pixels = new Float32Array(0);
  /**
   * @param {Sheet} on
   * @param {{points: ArrayLike<number>, colour: string, radius: number, opacity: number}} args points x, y, x, y, …
   */
  return function draw({ context, size, high = size, ratio, x, y }, { points, colour, radius, opacity }) {
    const [side, rows] = [Math.round(size * ratio), Math.round(high * ratio)];
    if (!side || !rows || !points.length) return;
    if (sheet.width !== side || sheet.height !== rows) Object.assign(sheet, { width: side, height: rows });
    if (coverage.length !== side * rows) coverage = new Float32Array(side * rows);
    else coverage.fill(0);
    if (pixels.length < points.length) pixels = new Float32Array(points.length);
    for (let i = 0; i + 1 < points.length; i += 2) {
      pixels[i] = x(points[i]) * ratio;
      pixels[i + 1] = y(points[i + 1]) * ratio;
    }
    splat(coverage, side, pixels.subarray(0, points.length), radius * ratio);
    const pen = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
    const image = pen.createImageData(side, rows);
    const words = new Uint32Array(image.data.buffer);
    const [r, g, b] = rgb(colour);
    const ink = r | (g << 8) | (b << 16);
    const thickness = Math.log(1 - opacity);
    for (let k = 0; k < coverage.length; k++)
      if (coverage[k]) words[k] = ink | (Math.round(255 * (1 - Math.exp(thickness * coverage[k]))) << 24);
    pen.putImageData(image, 0, 0);
    context.drawImage(sheet, 0, 0, size, high);
  };
}

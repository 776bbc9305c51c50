// A grid of values over the whole plane as colour, smooth between its cells.
/** @import { Plane } from "./plane.js" */

export function heat() {
  const tile = document.createElement("canvas");
  /** @param {Plane} on @param {{values: ArrayLike<number>, count: number, scale: import("./color.js").Scale}} args count: cells a side, rows from the bottom */
  return function draw({ context, size }, { values, count, scale }) {
    Object.assign(tile, { width: count, height: count });
    const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    const image = pen.createImageData(count, count);
    for (let i = 0; i < count * count; i++) {
      const row = count - 1 - Math.floor(i / count);
      image.data.set([...scale(values[i]), 255], 4 * (row * count + (i % count)));
    }
    pen.putImageData(image, 0, 0);
    context.save();
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    // The outermost cells' centres lie on the edges of the plane.
    context.drawImage(tile, 0.5, 0.5, count - 1, count - 1, 0, 0, size, size);
    context.restore();
  };
}

// A triangular map of weights as a canvas of one pixel a cell, to be enlarged; nothing above the diagonal.

/** Weights are drawn by their square root: a tenth of the attention is not a tenth as important to see. @param {number} weight from -1 to 1 */
export const toned = (weight) => Math.sign(weight) * Math.sqrt(Math.abs(weight));

/** @type {WeakMap<import("./color.js").Scale, Uint32Array>} */
const tables = new WeakMap();
const size = 512;

/** Colours for toned weights from -1 to 1, as words of an image's buffer. @param {import("./color.js").Scale} scale */
function table(scale) {
  const known = tables.get(scale);
  if (known) return known;
  const word = (/** @type {number} */ value) => {
    const [r, g, b] = scale(value).map(Math.round);
    return r | (g << 8) | (b << 16) | (255 << 24);
  };
  const words = Uint32Array.from({ length: 2 * size + 2 }, (_, i) =>
    word(i > 2 * size ? NaN : (scale.high * (i - size)) / size),
  );
  tables.set(scale, words);
  return words;
}

/** @returns {(args: {weights: ArrayLike<number>, size: number, scale: import("./color.js").Scale}) => HTMLCanvasElement} the same canvas each time */
export function createTile() {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  return ({ weights, size: side, scale }) => {
    Object.assign(canvas, { width: Math.max(1, side), height: Math.max(1, side) });
    if (!side) return canvas;
    const image = context.createImageData(side, side);
    const words = new Uint32Array(image.data.buffer);
    const colours = table(scale);
    for (let q = 0; q < side; q++) {
      for (let k = 0; k <= q; k++) {
        const value = toned(weights[q * side + k]);
        words[q * side + k] =
          colours[
            value >= -1 && value <= 1
              ? size + Math.round(size * value)
              : Number.isNaN(value)
                ? 2 * size + 1
                : value < 0
                  ? 0
                  : 2 * size
          ];
      }
    }
    context.putImageData(image, 0, 0);
    return canvas;
  };
}

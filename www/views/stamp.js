// A picture as a canvas of its own pixels, to be enlarged: one channel through a scale, three as red, green, blue.

/**
 * @typedef {object} Picture
 * @property {ArrayLike<number>} values channel by channel, row by row
 * @property {number[]} shape [C, H, W], C being 1 or 3
 * @property {import("./color.js").Scale} scale its `full` is what a colour channel shows at full strength
 */

/** Colour of the numbers at `place`, or of the broken one among them. @param {Picture} picture @returns {(place: number) => import("./color.js").Rgb} */
export function tint({ values, shape: [channels, rows, columns], scale }) {
  if (channels === 1) return (place) => scale(values[place]);
  const plane = rows * columns;
  const shade = (/** @type {number} */ value) => 127.5 * (1 + Math.min(1, Math.max(-1, value / scale.full)));
  return (place) => {
    const [r, g, b] = [values[place], values[place + plane], values[place + 2 * plane]];
    return Number.isFinite(r + g + b) ? [shade(r), shade(g), shade(b)] : scale(NaN);
  };
}

/** @returns {(picture: Picture) => HTMLCanvasElement} the same canvas each time */
export function createStamp() {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;
  return (picture) => {
    const [, rows, columns] = picture.shape;
    if (!image || image.width !== columns || image.height !== rows) {
      Object.assign(canvas, { width: columns, height: rows });
      image = context.createImageData(columns, rows);
    }
    const colour = tint(picture);
    for (let place = 0; place < rows * columns; place++) {
      image.data.set(colour(place), 4 * place);
      image.data[4 * place + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    return canvas;
  };
}

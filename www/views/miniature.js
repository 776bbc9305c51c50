// What the miniatures of the site plan share: a canvas as sharp as its screen, and dice that always fall the same.

/**
 * The context of `canvas`, cleared, in units of which it is `width` wide and `height` high.
 * @param {HTMLCanvasElement} canvas @param {number} width @param {number} height
 */
export function field(canvas, width, height) {
  const scale = globalThis.devicePixelRatio || 1;
  const [across, down] = [canvas.clientWidth, canvas.clientHeight].map((n) =>
    Math.max(1, Math.round(n * scale)),
  );
  if (canvas.width !== across || canvas.height !== down)
    Object.assign(canvas, { width: across, height: down });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, across, down);
  const unit = Math.min(across / width, down / height);
  pen.setTransform(unit, 0, 0, unit, (across - unit * width) / 2, (down - unit * height) / 2);
  return pen;
}

/** Uniform in [0, 1), the same for the same place. @param {number} i @param {number} [salt] */
export function uniform(i, salt = 0) {
  let x = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** A normal number by Box and Muller. @param {number} i @param {number} [salt] */
export const normal = (i, salt = 0) =>
  Math.sqrt(-2 * Math.log(1 - uniform(i, 2 * salt))) * Math.cos(2 * Math.PI * uniform(i, 2 * salt + 1));

/** There and back, slow at both ends: 0 at moment 0, 1 at ½. @param {number} moment */
export const swing = (moment) => (1 - Math.cos(2 * Math.PI * moment)) / 2;

// Ready-made drawings, and text turned into points.
/** @import { Point } from "./sprinkle.js" */

/** Scattered numbers 0..1 that are the same every time: a finaliser of hashes (murmur3's) over a count. @param {number} i */
function scattered(i) {
  let hash = (i + 1) * 0x9e3779b1;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Even along the first number, scattered along the second. @param {number} count @param {(u: number, v: number) => Point} place */
const fill = (count, place) =>
  Array.from({ length: count }, (_, i) => place((i + scattered(2 * i)) / count, scattered(2 * i + 1)));

/** A piece of a ring. @param {number} count @param {Point} centre @param {number} inner @param {number} outer @param {number} from @param {number} to angles */
const ring = (count, [cx, cy], inner, outer, from = 0, to = 2 * Math.PI) =>
  fill(count, (u, v) => {
    const [angle, r] = [from + (to - from) * u, Math.sqrt(inner ** 2 + (outer ** 2 - inner ** 2) * v)];
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  });

/** @returns {Point[]} */
export const smiley = () => [
  ...ring(760, [0, 0], 1.86, 2.06),
  ...ring(130, [-0.68, 0.62], 0, 0.24),
  ...ring(130, [0.68, 0.62], 0, 0.24),
  ...ring(280, [0, 0], 1.04, 1.24, 1.14 * Math.PI, 1.86 * Math.PI),
];

/** @returns {Point[]} */
export const heart = () =>
  fill(1200, (u, v) => {
    const t = 2 * Math.PI * u;
    const size = 0.122 * (0.86 + 0.14 * v);
    return [
      size * 16 * Math.sin(t) ** 3,
      size * (13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t)) + 0.3,
    ];
  });

/**
 * Points spread evenly over what is inked, standing in the middle and at most four wide or high.
 * @param {{data: ArrayLike<number>, width: number, height: number}} image RGBA; ink is where it is opaque
 * @param {number} count @returns {Point[]}
 */
export function fromInk({ data, width, height }, count) {
  const inked = Array.from({ length: width * height }, (_, i) => i).filter((i) => data[4 * i + 3] > 127);
  if (!inked.length) return [];
  const span = (/** @type {(i: number) => number} */ of) =>
    inked.reduce(([low, high], i) => [Math.min(low, of(i)), Math.max(high, of(i))], [Infinity, -Infinity]);
  const [left, right] = span((i) => i % width);
  const [top, bottom] = span((i) => Math.floor(i / width));
  const scale = 4 / Math.max(right - left + 1, bottom - top + 1);
  return Array.from({ length: count }, (_, k) => {
    const i = inked[Math.floor(((k + scattered(3 * k)) / count) * inked.length)];
    const [u, v] = [scattered(3 * k + 1), scattered(3 * k + 2)];
    return [
      ((i % width) + u - (left + right + 1) / 2) * scale,
      -(Math.floor(i / width) + v - (top + bottom + 1) / 2) * scale,
    ];
  });
}

/** What a line of text covers, in the page's own type. @param {string} text @param {string} family */
export function set(text, family) {
  const canvas = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const font = `700 120px ${family}`;
  pen.font = font;
  Object.assign(canvas, { width: Math.max(1, Math.ceil(pen.measureText(text).width) + 40), height: 190 });
  pen.font = font;
  pen.textBaseline = "middle";
  pen.fillText(text, 20, 95);
  return fromInk(
    pen.getImageData(0, 0, canvas.width, canvas.height),
    Math.min(3600, 900 + 260 * [...text].length),
  );
}

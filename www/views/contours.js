// Lines of equal value over a grid: marching squares with linear interpolation.
import { gridPlace } from "./arrows.js";
/** @import { Plane } from "./plane.js" */

/** Which edges of a cell a line crosses, by which of its corners (bottom left, bottom right, top right, top left) lie above. */
const crossings = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 2],
    [0, 1],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/**
 * @param {ArrayLike<number>} values rows from the bottom @param {number} count values a side @param {number} level
 * @returns {[number, number, number, number][]} segments in columns and rows
 */
export function isolines(values, count, level) {
  /** @type {[number, number, number, number][]} */
  const segments = [];
  for (let row = 0; row < count - 1; row++) {
    for (let column = 0; column < count - 1; column++) {
      const at = row * count + column;
      const corner = [values[at], values[at + 1], values[at + count + 1], values[at + count]];
      const above = corner.reduce((bits, value, i) => bits | (value > level ? 1 << i : 0), 0);
      const part = (/** @type {number} */ i, /** @type {number} */ j) =>
        (level - corner[i]) / (corner[j] - corner[i]);
      const edge = [
        () => [column + part(0, 1), row],
        () => [column + 1, row + part(1, 2)],
        () => [column + part(3, 2), row + 1],
        () => [column, row + part(0, 3)],
      ];
      for (const [from, to] of crossings[above])
        segments.push(/** @type {[number, number, number, number]} */ ([...edge[from](), ...edge[to]()]));
    }
  }
  return segments;
}

/** @param {Plane} on @param {{values: ArrayLike<number>, count: number, levels: number[], colour: string}} args */
export function contours({ context, x, y }, { values, count, levels, colour }) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (const level of levels) {
    for (const [a, b, c, d] of isolines(values, count, level)) {
      context.moveTo(x(gridPlace(a, count)), y(gridPlace(b, count)));
      context.lineTo(x(gridPlace(c, count)), y(gridPlace(d, count)));
    }
  }
  context.stroke();
}

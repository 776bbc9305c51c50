// Paired differences: a dot for every pair, the mean with its interval, and the line on which there is none.
import { axes, tickLabel } from "./axes.js";
/** @import { Frame } from "../types.js" */
/** @import { Colours } from "./palette.js" */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} scene
 * @param {number[][]} scene.ends of every pair what each has, the one that the others are compared with first
 * @param {Frame} scene.pairs [rows, 4]: mean, half of its interval, p, pairs
 * @param {string[]} scene.names of the rows @param {(keyof Colours)[]} scene.tints their colours
 * @param {string} scene.empty what is said while there is no pair
 * @param {Colours} scene.colours @param {string} scene.font
 */
export function differences(canvas, { ends, pairs, names, tints, empty, colours, font }) {
  if (!canvas.clientWidth) return;
  const rows = names.length;
  const gaps = names.map((_, i) => ends.map((row) => row[i + 1] - row[0]));
  const intervals = names.map((_, i) => pairs.data.subarray(4 * i, 4 * i + 2));
  const most = Math.max(1e-3, ...gaps.flat().map(Math.abs));
  // An interval of two pairs may be endless: what is beyond is cut off.
  const reach = (/** @type {number} */ end) => Math.max(-3 * most, Math.min(3 * most, end));
  const places = [
    0,
    ...gaps.flat(),
    ...intervals.flatMap(([mean, half]) =>
      Number.isFinite(half) ? [reach(mean - half), reach(mean + half)] : [],
    ),
  ];
  const [least, largest] = ends.length ? [Math.min(...places), Math.max(...places)] : [-1, 1];
  const room = 0.12 * (largest - least);
  const on = axes(canvas, {
    x: [least - room, largest + room],
    y: [0, rows],
    colours,
    font,
    label: () => "",
    tick: ends.length ? tickLabel : () => "",
  });
  const { pen, box } = on;
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.moveTo(on.X(0), box.top);
  pen.lineTo(on.X(0), box.bottom);
  pen.stroke();
  names.forEach((name, i) => {
    const middle = rows - i - 0.5;
    on.write(name, box.left + 6, on.Y(rows - i) + 6, colours["ink-soft"]);
    gaps[i].forEach((gap, k) => {
      // Beside each other where they would hide each other.
      const y = middle + (0.34 * ((k % 5) - 2)) / 5;
      on.dot(gap, y, colours[tints[i]], 4.5);
    });
    const [mean, half] = intervals[i];
    if (!Number.isFinite(half)) return;
    const y = on.Y(middle - 0.32);
    on.within(() => {
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.moveTo(on.X(mean - half), y);
      pen.lineTo(on.X(mean + half), y);
      for (const end of [mean - half, mean + half]) {
        pen.moveTo(on.X(end), y - 5);
        pen.lineTo(on.X(end), y + 5);
      }
      pen.stroke();
      pen.fillStyle = colours.ink;
      pen.fillRect(on.X(mean) - 3, y - 7, 6, 14);
    });
  });
  // At the foot, where no name of a row stands.
  if (!ends.length) on.write(empty, box.left + 6, box.bottom - 18, colours["ink-soft"]);
}

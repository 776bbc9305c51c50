// How the cloud is spread along one axis, beside what it becomes at rest, e^{−f/τ}, summed from the map.
import { axes } from "../../views/axes.js";
import { arriving } from "./plan.js";
/** @import { Scene } from "./scene.js" */

const bins = 48;

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {0 | 1} axis */
export function marginal(canvas, { frames, values, colours, font }, axis) {
  const { cloud, map, window } = frames;
  if (!cloud || !map || !window || !canvas.clientWidth) return;
  const [from, to] = axis ? [window.data[2], window.data[3]] : [window.data[0], window.data[1]];
  const counts = new Float64Array(bins);
  const all = cloud.shape[0];
  for (let i = 0; i < all; i++) {
    const bin = Math.floor(((cloud.data[2 * i + axis] - from) / (to - from)) * bins);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  const unit = (to - from) / bins;
  const now = Array.from(counts, (count) => count / (all * unit));
  const rest = atRest(map.data, map.shape[0], values.tau, axis, to - from);
  const planned = arriving(frames, axis);
  const high = 1.1 * Math.max(...now, ...rest, ...planned.map(([, q]) => q), 1e-6);
  const on = axes(canvas, { x: [from, to], y: [0, high], colours, font, across: axis ? "y" : "x" });
  const { pen, X, Y } = on;
  pen.fillStyle = colours["lane-1"];
  pen.globalAlpha = 0.45;
  now.forEach((q, i) => pen.fillRect(X(from + i * unit), Y(q), X(from + unit) - X(from) - 0.5, Y(0) - Y(q)));
  pen.globalAlpha = 1;
  on.curve(rest.length, (i) => [from + (i / (rest.length - 1)) * (to - from), rest[i]], colours.ink, {
    width: 2,
  });
  on.curve(planned.length, (i) => planned[i], colours["lane-3"], { width: 2, dash: [6, 4] });
}

/** @param {ArrayLike<number>} map @param {number} side @param {number} tau @param {0 | 1} axis @param {number} length */
function atRest(map, side, tau, axis, length) {
  if (!(tau > 0)) return [];
  let low = Infinity;
  for (let i = 0; i < side * side; i++) if (map[i] < low) low = map[i];
  const sums = new Array(side).fill(0);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const weight = Math.exp((low - map[row * side + column]) / tau);
      if (Number.isFinite(weight)) sums[axis ? row : column] += weight;
    }
  const whole = (sums.reduce((a, b) => a + b, 0) * length) / (side - 1);
  return sums.map((sum) => sum / whole);
}

// How the cloud is spread along one axis, beside what it becomes at rest, e^{−f/τ}, summed from the map.
import { axes } from "../../views/axes.js";
import { arriving } from "./plan.js";
import { dashes, lanes as laneColours } from "./scene.js";
/** @import { Scene } from "./scene.js" */

const bins = 48;

/**
 * How a lane is spread along an axis, as densities of equal parts of the window.
 * @param {Scene["frames"]} frames @param {number} lane @param {0 | 1} axis @param {number} from @param {number} to
 */
export function spread(frames, lane, axis, from, to) {
  const sums = new Float64Array(bins);
  const unit = (to - from) / bins;
  const bin = (/** @type {number} */ x) => Math.floor((x - from) / unit);
  const heap = frames[`heap${lane + 1}`];
  if (heap?.shape[0] && frames.sheet) {
    const side = heap.shape[0];
    const [low, high] = frames.sheet.data.subarray(2 * axis, 2 * axis + 2);
    const other = frames.sheet.data.subarray(2 - 2 * axis, 4 - 2 * axis);
    const line = new Float64Array(side);
    const cell = (other[1] - other[0]) / side;
    for (let i = 0; i < side * side; i++) line[axis ? Math.floor(i / side) : i % side] += heap.data[i] * cell;
    // Read at the middle of each part: cells are about as wide.
    return Array.from(sums, (_, k) => {
      const place = ((from + (k + 0.5) * unit - low) / (high - low)) * side - 0.5;
      const i = Math.floor(place);
      return (line[i] ?? 0) * (1 - (place - i)) + (line[i + 1] ?? 0) * (place - i);
    });
  }
  const cloud = frames[lane ? `cloud${lane + 1}` : "cloud"];
  const all = cloud?.shape[0] ?? 0;
  for (let i = 0; i < all; i++) {
    const k = bin(cloud.data[2 * i + axis]);
    if (k >= 0 && k < bins) sums[k]++;
  }
  return Array.from(sums, (count) => count / (Math.max(1, all) * unit));
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {0 | 1} axis @param {number} [lanes] how many there are */
export function marginal(canvas, { frames, values, colours, font }, axis, lanes = 1) {
  const { cloud, map, window } = frames;
  if (!cloud || !map || !window || !canvas.clientWidth) return;
  const [from, to] = axis ? [window.data[2], window.data[3]] : [window.data[0], window.data[1]];
  const unit = (to - from) / bins;
  const all = Array.from({ length: lanes }, (_, lane) => spread(frames, lane, axis, from, to));
  const rest = atRest(map.data, map.shape[0], values.tau, axis, to - from);
  const planned = arriving(frames, axis);
  const tops = [...rest, ...planned.map(([, q]) => q), ...all.flat()];
  // One that stands in a single place would hide the others.
  const high = Math.min(1.1 * Math.max(...tops, 1e-6), 3.2 * Math.max(...rest, 0.35));
  const on = axes(canvas, { x: [from, to], y: [0, high], colours, font, across: axis ? "y" : "x" });
  const { pen, X, Y } = on;
  if (lanes === 1) {
    on.within(() => {
      pen.fillStyle = colours["lane-1"];
      pen.globalAlpha = 0.45;
      all[0].forEach((q, i) =>
        pen.fillRect(X(from + i * unit), Y(q), X(from + unit) - X(from) - 0.5, Y(0) - Y(q)),
      );
      pen.globalAlpha = 1;
    });
  }
  on.curve(rest.length, (i) => [from + (i / (rest.length - 1)) * (to - from), rest[i]], colours.ink, {
    width: 2,
  });
  if (lanes > 1)
    all.forEach((one, lane) =>
      on.curve(bins, (i) => [from + (i + 0.5) * unit, one[i]], colours[laneColours[lane]], {
        width: 1.8,
        dash: dashes[lane],
      }),
    );
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

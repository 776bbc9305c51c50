// The arithmetic that the stages write out: windows on a big matrix, one dot product, one row of the softmax, one mixture.

/** Positions of a window of `count` that holds `place` and ends at `last` if it can; all 1-based. @param {number} place @param {number} last @param {number} count */
export function span(place, last, count) {
  const size = Math.min(count, last);
  const from = Math.max(1, Math.min(last - size + 1, place - Math.floor(size / 2)));
  return Array.from({ length: size }, (_, i) => from + i);
}

/** Columns beside rows that end at the diagonal: the row's own, and before them the two it reads most elsewhere, if they weigh something.
 * @param {number[]} rows @param {number} k to be there in any case @param {ArrayLike<number>} weights of the row in view */
export function columnsFor(rows, k, weights) {
  const far = Array.from(weights, (weight, i) => ({ place: i + 1, weight }))
    .filter(({ place, weight }) => place < rows[0] && weight >= 0.05)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 2)
    .map(({ place }) => place);
  const extra = [...new Set([...(rows.includes(k) ? [] : [k]), ...far])].slice(0, 2);
  // The last ones stay, for there the mask is; but never at the price of the chosen one.
  const near = rows.slice(extra.length);
  if (rows.includes(k) && !near.includes(k)) near[0] = k;
  return [...extra, ...near].sort((a, b) => a - b);
}

/** Row `place` (1-based) of a matrix frame [T, width]. @param {{data: Float32Array, shape: number[]}} frame @param {number} place */
export const rowOf = ({ data, shape: [, width] }, place) => data.subarray((place - 1) * width, place * width);

/** Row of one of the square stages [4, T, T]. @param {{data: Float32Array, shape: number[]}} stages @param {0 | 1 | 2 | 3} which @param {number} q */
export const stageRow = ({ data, shape: [, T] }, which, q) =>
  data.subarray((which * T + q - 1) * T, (which * T + q) * T);

/** @param {ArrayLike<number>} q @param {ArrayLike<number>} k */
export function terms(q, k) {
  const list = Array.from(q, (value, i) => ({ q: value, k: k[i], product: value * k[i] }));
  return { list, sum: list.reduce((sum, { product }) => sum + product, 0) };
}

/** The largest weights of a row that may look back to itself only, with what they look at. @param {ArrayLike<number>} weights @param {number} q 1-based @param {number} count */
export const heaviest = (weights, q, count) =>
  Array.from({ length: q }, (_, i) => ({ k: i + 1, weight: weights[i] }))
    .sort((a, b) => b.weight - a.weight || a.k - b.k)
    .slice(0, count)
    .filter(({ weight }) => weight > 0);

/** The softmax of one row as it is computed by hand: e to each score that is seen, relative to the highest, and their sum.
 * @param {ArrayLike<number>} masked hidden ones are -1e30 */
export function exponentials(masked) {
  const highest = Array.from(masked).reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = Array.from(masked, (score) => (score < -1e29 ? 0 : Math.exp(score - highest)));
  return { powers, highest, sum: powers.reduce((sum, power) => sum + power, 0) };
}

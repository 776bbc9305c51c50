// From logits to the characters that may be drawn: temperature, top-k, top-p, in the order in which the engine applies them.

/** @typedef {{temperature: number, topK: number, topP: number}} Settings temperature 0 is the most probable one; topK 0 and topP 1 leave all */

/** @param {ArrayLike<number>} logits @param {number} [temperature] @returns {Float64Array} */
export function softmax(logits, temperature = 1) {
  const highest = maximum(logits);
  const weights = Float64Array.from(logits, (logit) =>
    temperature > 0 ? Math.exp((logit - highest) / temperature) : 0,
  );
  // Greed is the limit of cold: all of it on the first of the highest.
  if (!(temperature > 0)) weights[Array.prototype.indexOf.call(logits, highest)] = 1;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Indices from the most probable down; equals keep their order. @param {ArrayLike<number>} values */
export const ranked = (values) =>
  Array.from(values, (_, i) => i).sort((a, b) => values[b] - values[a] || a - b);

/**
 * What may be drawn, and how likely. Top-p asks of what top-k left: the fewest characters whose sum reaches p.
 * @param {ArrayLike<number>} logits @param {Settings} settings
 * @returns {{tempered: Float64Array, kept: boolean[], probabilities: Float64Array}} tempered: before any was excluded
 */
export function sampling(logits, { temperature, topK, topP }) {
  const tempered = softmax(logits, temperature);
  const order = ranked(logits).slice(0, !(temperature > 0) ? 1 : topK > 0 ? topK : undefined);
  const mass = order.reduce((sum, i) => sum + tempered[i], 0);
  const kept = Array.from(tempered, () => false);
  let [sum, reached] = [0, 0];
  for (const i of order) {
    // The last grains are too small to be seen in a sum, but top-p 1 leaves out nothing.
    if (topP < 1 && kept[order[0]] && reached >= topP) break;
    sum += tempered[i];
    reached += tempered[i] / mass;
    kept[i] = true;
  }
  return { tempered, kept, probabilities: tempered.map((share, i) => (kept[i] ? share / sum : 0)) };
}

/** The Kullback–Leibler divergence of q from p in nats, of two rows of logits. @param {ArrayLike<number>} p @param {ArrayLike<number>} q */
export function divergence(p, q) {
  const [logP, logQ] = [logSoftmax(p), logSoftmax(q)];
  return Math.max(
    0,
    logP.reduce((sum, value, i) => sum + (value > -Infinity ? Math.exp(value) * (value - logQ[i]) : 0), 0),
  );
}

/** @param {ArrayLike<number>} logits */
export function logSoftmax(logits) {
  const highest = maximum(logits);
  const total =
    highest + Math.log(Array.from(logits).reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
  return Array.from(logits, (logit) => logit - total);
}

/** @param {ArrayLike<number>} values @returns {number} */
const maximum = (values) => Array.from(values).reduce((most, value) => Math.max(most, value), -Infinity);

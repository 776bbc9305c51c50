// What surgery has done, in two numbers: how surprised each run is by the text both share, and how far their next characters lie apart.
import { tokensOf } from "./glyphs.js";
import { divergence } from "./sampling.js";
/** @import { State } from "../../ui/player.js" */

/** How many tokens two texts have in common from the start. @param {number[]} a @param {number[]} b */
export function common(a, b) {
  const end = a.findIndex((token, i) => token !== b[i]);
  return end < 0 ? a.length : end;
}

/** The mean surprisal in nats of the first `count` tokens but for the first, which nothing stands before. @param {ArrayLike<number>} nats @param {number} count */
export function meanSurprisal(nats, count) {
  let sum = 0;
  for (let i = 1; i < count; i++) sum += nats[i];
  return count > 1 ? sum / (count - 1) : null;
}

/** @param {State["frames"]} frames @returns {{shared: number, of: number, original: number | null, edited: number | null, divergence: number | null} | null} divergence only while both stand after the same text */
export function effect(frames) {
  const { surprisal, next } = frames;
  const [a, b] = [tokensOf(frames, 0), tokensOf(frames, 1)];
  const length = (surprisal?.data.length ?? 0) / 2;
  if (!next || !a.length || length < a.length) return null;
  const shared = common(a, b);
  const size = next.data.length / 2;
  return {
    shared, of: a.length,
    original: meanSurprisal(surprisal.data.subarray(0, length), shared),
    edited: meanSurprisal(surprisal.data.subarray(length), shared),
    divergence: shared === a.length ? divergence(next.data.subarray(0, size), next.data.subarray(size)) : null,
  };
}

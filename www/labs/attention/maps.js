// Reading the frames of maps: one head's weights, what a token reads and who reads it, what surgery changed.
import { family } from "../../ui/i18n.js";
import { common } from "./effect.js";
import { tokensOf } from "./glyphs.js";
/** @import { Frame } from "../../types.js" */

/** A causal map, row by row: what each token reads; of a difference, how many rows have the same text before them in both runs. @typedef {{weights: Float32Array, size: number, compared?: number}} Head */

/** @param {Frame | undefined} frame [L, H, T, T] @param {number} layer from 1 @param {number} head from 1 @returns {Head | null} */
export function headOf(frame, layer, head) {
  if (!frame) return null;
  const [layers, heads, size] = frame.shape;
  if (layer < 1 || layer > layers || head < 1 || head > heads) return null;
  const from = ((layer - 1) * heads + head - 1) * size * size;
  return { weights: frame.data.subarray(from, from + size * size), size };
}

/** Edited minus original, as far as both go and read the same; a row still sums to nothing, and those of parted texts are left empty.
 * @param {Head} edited @param {Head} original @param {number} [shared] letters that both texts begin with @returns {Head} */
export function difference(edited, original, shared = Infinity) {
  const size = Math.min(edited.size, original.size);
  const weights = new Float32Array(size * size);
  const compared = Math.min(size, shared);
  for (let q = 0; q < compared; q++) {
    for (let k = 0; k <= q; k++)
      weights[q * size + k] = edited.weights[q * edited.size + k] - original.weights[q * original.size + k];
  }
  return { weights, size, compared };
}

export const views = /** @type {const} */ (["edited", "original", "difference"]);
/** @typedef {typeof views[number]} View */
/** What each view is called. */
export const viewName = family("map", views);

/** The map that a view shows of a head; null while its frames are on their way.
 * @param {Record<string, Frame>} frames @param {View} view @param {number} layer @param {number} head @returns {Head | null} */
export function seen(frames, view, layer, head) {
  const edited = headOf(frames.maps, layer, head);
  if (view === "edited") return edited;
  const original = headOf(frames.maps_original, layer, head);
  if (view === "original" || !edited || !original) return original;
  const [before, after] = [tokensOf(frames, 0), tokensOf(frames, 1)];
  return difference(edited, original, frames.tokens ? common(before, after) : Infinity);
}

/** The weight in a cell, positions from 1. @param {Head} map @param {number} q @param {number} k */
export const weightAt = ({ weights, size }, q, k) =>
  q >= 1 && q <= size && k >= 1 && k <= q ? weights[(q - 1) * size + k - 1] : 0;

/** Whether a row of a map says something: one of a difference does as long as both runs have read the same. @param {Head} map @param {number} token */
export const tells = ({ size, compared = size }, token) => token <= compared;

/** What a token reads: a weight for each position up to its own. @param {Head} map @param {number} token */
export const reads = ({ weights, size }, token) =>
  token >= 1 && token <= size
    ? weights.subarray((token - 1) * size, (token - 1) * size + token)
    : new Float32Array(0);

/** Who reads a token: a weight for each position from its own on. @param {Head} map @param {number} token */
export function readers({ weights, size }, token) {
  return Float32Array.from(
    { length: Math.max(0, size - token + 1) },
    (_, i) => weights[(token - 1 + i) * size + token - 1],
  );
}

/** Positions of the largest in size, from 1, largest first. @param {ArrayLike<number>} values @param {number} most */
export function largest(values, most) {
  return Array.from(values, (value, i) => ({ token: i + 1, value }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, most);
}

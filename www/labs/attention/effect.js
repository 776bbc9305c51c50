// What surgery has done, in two numbers: how much more the untouched run's text surprises the edited model, and how far apart the two then are.
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

/** What surgery costs on one and the same text, the untouched run's. @param {State["frames"]} frames
 * @returns {{shared: number, of: number, original: number | null, edited: number | null, divergence: number} | null} */
export function effect(frames) {
  const { surprisal, next, edited_on_base_text, edited_on_base_text_next: after } = frames;
  const [a, b] = [tokensOf(frames, 0), tokensOf(frames, 1)];
  // Some frames come a little later than others: those of two steps are not mixed.
  if (
    !next ||
    !after ||
    !a.length ||
    surprisal?.data.length !== 2 * a.length ||
    edited_on_base_text?.data.length !== a.length
  )
    return null;
  return {
    shared: common(a, b),
    of: a.length,
    original: meanSurprisal(surprisal.data, a.length),
    edited: meanSurprisal(edited_on_base_text.data, a.length),
    divergence: divergence(next.data.subarray(0, after.data.length), after.data),
  };
}

// What a lesson's prediction and its checks come to, by what was measured.
/** @import { Check, Prediction } from "./lesson-file.js" */
/** @import { State } from "./player.js" */

/** @param {{is?: import("./lesson-file.js").Is, value?: number, tolerance?: number}} wanted @param {number | null | undefined} measured */
export function holds({ is, value = 0, tolerance = 0 }, measured) {
  if (measured === null || measured === undefined || !Number.isFinite(measured)) return false;
  if (is === "below") return measured < value + tolerance;
  if (is === "above") return measured > value - tolerance;
  return Math.abs(measured - value) <= tolerance;
}

/** What is measured of a claim on the stage; null: not yet, or not there. @param {State} state @param {string} id */
export const measuredOf = ({ readouts }, id) => readouts.find((readout) => readout.id === id)?.value ?? null;

/** Whether what was opened has come where it leads to. @param {State} state */
export function settled({ status, wanted, playing, busy, aim, replay }) {
  if (!status || !wanted || playing || busy || aim !== null || replay) return false;
  return status.at === Math.min(wanted.at ?? status.length, status.length);
}

/** @typedef {number | [number, number]} Guess the number, which option, or the place in shares of the picture */
/** @typedef {{right: boolean, measured: number | null, option: number | null}} Outcome */

/** @param {Prediction} prediction @param {Guess} guess @param {number | null} measured @returns {Outcome} */
export function outcome(
  { kind, options = [], right, place = [0, 0], within = 0, near, min = 0, max = 1 },
  guess,
  measured,
) {
  if (kind === "place") {
    const [x, y] = /** @type {[number, number]} */ (guess);
    return { right: Math.hypot(x - place[0], y - place[1]) <= within, measured: null, option: null };
  }
  if (kind === "choice") {
    const option = right ?? options.findIndex((one) => holds(one, measured));
    return { right: option === guess, measured, option };
  }
  // Without a word on what is near: a tenth of what one could have said.
  const gap = near ?? (max - min) / 10;
  return { right: measured !== null && Math.abs(Number(guess) - measured) <= gap, measured, option: null };
}

/** @param {Check | undefined} check @param {State} state */
export const isMet = (check, state) => Boolean(check && holds(check, measuredOf(state, check.readout)));

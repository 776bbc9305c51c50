// What the lab reads off the schedule: shares, amplitudes, the halves of the journey.
/** @import { State } from "../../ui/player.js" */

/** The schedule frame's rows are t, abar, bbar, snr. @param {State["frames"]} frames @param {number} t */
export function amplitudes({ schedule }, t) {
  if (!schedule) return { building: 1, rubble: 0 };
  const columns = schedule.shape[1];
  const k = Math.max(0, Math.min(columns - 1, Math.round(t)));
  return { building: schedule.data[columns + k], rubble: schedule.data[2 * columns + k] };
}

/** The building's share of the variance, abar², at a step. @param {State} state @param {number} step */
export const share = ({ frames }, step) => amplitudes(frames, frames.times?.data[step] ?? 0).building ** 2;

/** How many of the steps demolish. @param {State} state */
export function turn({ experiment, status }) {
  const journey = experiment?.values.journey;
  const length = status?.length ?? 0;
  return journey === "rebuild" ? 0 : journey === "demolish" ? length : length / 2;
}

/** Where the same moment lies after the journey changed. @param {string | number} from @param {string | number} to @param {number} at @param {number} length */
export function sameMoment(from, to, at, length) {
  const half = from === "both" ? length / 2 : length;
  if (from === to) return at;
  if (from === "both") return to === "rebuild" ? Math.max(0, at - half) : Math.min(at, half);
  if (to === "both") return from === "rebuild" ? at + half : at;
  return half - at;
}

// What the lab reads off the schedule: shares, amplitudes, the halves of the journey, where a moment lies on the timeline.
/** @import { State } from "../../ui/player.js" */

/** The schedule frame's rows are t, abar, bbar, snr; between whole times it is read linearly. @param {State["frames"]} frames @param {number} t */
export function amplitudes({ schedule }, t) {
  if (!schedule) return { building: 1, rubble: 0 };
  const columns = schedule.shape[1];
  const place = Math.max(0, Math.min(columns - 1, t));
  const [k, part] = [Math.floor(place), place % 1];
  const row = (/** @type {number} */ r) => {
    const value = schedule.data[r * columns + k];
    return part ? value + part * (schedule.data[r * columns + k + 1] - value) : value;
  };
  return { building: row(1), rubble: row(2) };
}

/** The building's share of the variance, abar², at a step. @param {State} state @param {number} step */
export const share = ({ frames }, step) => amplitudes(frames, frames.times?.data[step] ?? 0).building ** 2;

/** Journeys of two halves, the rubble between them. @param {string | number | undefined} journey */
export const isThereAndBack = (journey) => journey === "both" || journey === "invert";

/** How many of the steps lead away from the picture. @param {State} state */
export function turn({ experiment, status }) {
  const journey = experiment?.values.journey;
  const length = status?.length ?? 0;
  return journey === "rebuild" ? 0 : journey === "demolish" ? length : length / 2;
}

/** Where the same moment lies after the journey changed. @param {string | number} from @param {string | number} to @param {number} at @param {number} length */
export function sameMoment(from, to, at, length) {
  const [there, here] = [isThereAndBack(from), isThereAndBack(to)];
  const half = there ? length / 2 : length;
  if (from === to || (there && here)) return at;
  if (there) return to === "rebuild" ? Math.max(0, at - half) : Math.min(at, half);
  if (here) return from === "rebuild" ? at + half : at;
  return half - at;
}

/** The step of the way down whose time is nearest to t. @param {ArrayLike<number>} times @param {number} t */
export function stepOfTime(times, t) {
  const down = Array.from(times).slice(0, Array.from(times).indexOf(Math.max(...Array.from(times))) + 1);
  return down.reduce((best, time, k) => (Math.abs(time - t) < Math.abs(down[best] - t) ? k : best), 0);
}

/** The parts of the timeline by name, each as wide as it is long. @param {State} state @param {import("../../ui/i18n.js").Words} words */
export function halves(state, { t }) {
  const down = turn(state);
  const up = (state.status?.length ?? 0) - down;
  const inverts = state.experiment?.values.journey === "invert";
  const all = [
    { name: t(inverts ? "time.inverting" : "time.demolishing"), part: down },
    { name: t(inverts ? "time.found" : "time.rubble"), part: 0 },
    { name: t("time.rebuilding"), part: up },
  ];
  return down && up ? all : all.filter(({ part }) => part > 0);
}

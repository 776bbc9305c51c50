// What labs of diffusion read off a schedule: amplitudes, the data's share at a step, where a journey turns, the moment said.
import { percent } from "./format.js";
import { strings } from "./strings-schedule.js";
/** @import { State } from "./player.js" */

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

/** How many of the steps lead away from the picture. @param {State} state */
export function turn({ experiment, status }) {
  const journey = experiment?.values.journey;
  const length = status?.length ?? 0;
  return journey === "rebuild" ? 0 : journey === "demolish" ? length : length / 2;
}

/** The two halves of a journey and what lies between them, each as wide as it is long. @param {State} state @param {{down: string, between: string, up: string}} names */
export function halves(state, names) {
  const down = turn(state);
  const up = (state.status?.length ?? 0) - down;
  const all = [
    { name: names.down, part: down },
    { name: names.between, part: 0 },
    { name: names.up, part: up },
  ];
  return down && up ? all : all.filter(({ part }) => part > 0);
}

/** The moment on the timeline in one sentence. @param {import("./i18n.js").Words} words @returns {(state: State) => string} */
export function momentSaid(words) {
  const { t } = words.with(strings);
  return (state) => {
    const { at, length, t: time = 0 } = state.status ?? { at: 0, length: 0 };
    return t("time.spoken", { at, length, t: Math.round(time), building: percent(share(state, at)) });
  };
}

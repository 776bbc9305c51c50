// Changes of the experiment that touch more than one thing: what a setting does to the step, the painting and the forks.
import { family, moved, without } from "./forks.js";
import { isThereAndBack, sameMoment } from "./moments.js";
/** @import { Fork, Experiment } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

/** Steps of the whole timeline. @param {Experiment["values"]} values */
const lengthOf = ({ journey, steps }) => (isThereAndBack(journey) ? 2 : 1) * Number(steps);

/** Settings changed: the moment shown and the forks stay where they are in time. @param {State} state @param {Experiment["values"]} change @returns {Partial<Experiment>} */
export function withChange({ wanted, status }, change) {
  const before = wanted?.values ?? {};
  const after = { ...before, ...change };
  if (after.data !== before.data)
    return {
      values: { ...("track" in before && { track: 0 }), ...change },
      at: null,
      pixels: null,
      forks: [],
    };
  const forks = wanted?.forks ?? [];
  if (!status || (after.journey === before.journey && after.steps === before.steps))
    return { values: change, at: null };
  const stretch = Number(after.steps) / Number(before.steps);
  const place = (/** @type {number} */ at) =>
    stretch * sameMoment(before.journey, after.journey, at, status.length);
  return {
    values: change,
    at: after.journey === before.journey ? null : Math.round(place(status.at)),
    forks: moved(forks, place, lengthOf(after)),
  };
}

/** @param {string | null} at a step, "start", "rubble" or "end" @param {Record<string, string | number>} values @returns {{at?: number, part?: number}} */
export function place(at, { journey = "both" }) {
  if (at === null) return {};
  const named = { start: 0, rubble: isThereAndBack(journey) ? 0.5 : 1, end: 1 }[at];
  return named === undefined ? { at: Number(at) } : { part: named };
}

/** One track more, and it is looked at. @param {State} state @param {Fork} fork @returns {Partial<Experiment>} */
export const forked = ({ experiment, status }, fork) => ({
  forks: [...(experiment?.forks ?? []), fork],
  values: { track: status?.tracks?.length ?? 1 },
  at: fork.at,
});

/** A track and what grew from it go; whoever looked at one of them looks at their parent. @param {State} state @param {number} gone a place in status.tracks @returns {Partial<Experiment>} */
export function pruned({ experiment, track, status }, gone) {
  const [forks, tracks] = [experiment?.forks ?? [], status?.tracks ?? []];
  const lineage = family(forks, tracks[gone].fork);
  const lost = tracks.flatMap(({ fork }, i) => (lineage.has(fork) ? [i] : []));
  const next = lost.includes(track)
    ? tracks[gone].parent
    : track - lost.filter((other) => other < track).length;
  return { forks: without(forks, tracks[gone].fork), values: { track: next }, at: status?.at ?? null };
}

/** "label:8,guidance:3" of a phrase. @param {string} text @param {number} at @returns {Fork} */
export const readFork = (text, at) => ({
  parent: 0,
  at,
  set: Object.fromEntries(text.split(",").map((pair) => pair.split(":"))),
});

// What a phrase of the notes asks of this lab: what it does not name goes back to its default, and a fork is one of two tracks.
import { defaults } from "../../ui/phrases.js";
import { place, readFork, withChange } from "./edits.js";
/** @import { Experiment, LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

/** What a reader has chosen to look at stays; everything else is the experiment. */
const kept = new Set(["data", "picture", "seed", "selected"]);

/**
 * The change that a phrase is.
 * @param {import("../../ui/phrases.js").Phrase} phrase @param {LabSchema} schema @param {State} state
 * @returns {Partial<Experiment> & {part?: number}}
 */
export function request({ values: { fork, ...values }, at }, schema, state) {
  const named = Object.keys(values).length || fork ? { ...defaults(schema, kept), ...values } : values;
  const forks = fork
    ? { forks: [readFork(fork, Number(at))] }
    : Object.keys(named).length
      ? { forks: [] }
      : {};
  return {
    ...withChange(state, fork ? { ...named, track: 1 } : named),
    ...place(at, named),
    ...forks,
  };
}

// What a phrase of the notes asks of this lab: the same data and settings keep what was learned of them.
import { defaults, place } from "../../ui/phrases.js";
/** @import { Experiment, LabSchema } from "../../types.js" */
/** @import { Training } from "../../ui/training.js" */

/** What a reader has chosen stays when a phrase sets the rest. */
const kept = new Set(["seed"]);

/**
 * The change that a phrase is; null if it changes nothing.
 * @param {import("../../ui/phrases.js").Phrase} phrase @param {LabSchema} schema @param {Training} learning
 * @returns {{change: Experiment["values"], more: Partial<Experiment> & {part?: number}} | null}
 */
export function request({ values, at }, schema, { renewed, trained }) {
  const complete = Object.keys(values).length ? { ...defaults(schema, kept), ...values } : values;
  if (!Object.keys(complete).length && at === null) return null;
  const same = !renewed(complete);
  return {
    change: { ...complete, trained: same ? trained() : 0 },
    more: { ...(same ? {} : { points: null }), ...place(at) },
  };
}

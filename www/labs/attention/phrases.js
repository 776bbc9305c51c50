// What a phrase of the notes asks of the lab: every setting it does not name goes back to its default, but for what the reader chose.
import { defaults, place } from "../../ui/phrases.js";
/** @import { Experiment, LabSchema } from "../../types.js" */

/** What a reader has chosen stays when a phrase sets the rest. */
const kept = new Set(["seed", "model", "task", "rate", "init", "trained"]);

/**
 * @param {ReturnType<typeof import("../../ui/notes.js").readPhrase>} phrase
 * @param {LabSchema} schema
 * @returns {{change: Experiment["values"], more: Partial<Experiment> & {part?: number}, still: boolean}} still: nothing is to be set
 */
export function request({ values, at, more }, schema) {
  const still = !Object.keys(values).length && !Object.keys(more).length && at === null;
  const change =
    still || !Object.keys({ ...values, ...more }).length ? {} : { ...defaults(schema, kept), ...values };
  // Another model or task has another alphabet: what was written for the one before says nothing there.
  const fresh = "model" in values || "task" in values ? { prompt: null, text: null } : {};
  const surgery = Object.keys(change).length ? { surgery: [] } : {};
  return { change, more: { ...fresh, ...surgery, ...more, ...place(at) }, still };
}

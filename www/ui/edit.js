// An experiment with something changed; what a text field or a phrase wrote becomes the schema's type.
/** @import { Experiment, Parameter } from "../types.js" */

/**
 * The step and the expected result belong to the old settings, so they go unless the change brings its own.
 * @param {Experiment} experiment @param {Partial<Experiment>} change @param {Parameter[]} parameters @returns {Experiment}
 */
export function changed(experiment, { values = {}, ...rest }, parameters) {
  const typed = Object.entries(values).map(([key, value]) => {
    const kind = parameters.find((parameter) => parameter.key === key)?.kind;
    return [key, kind === "integer" || kind === "number" ? Number(value) : String(value)];
  });
  return {
    ...experiment,
    at: null,
    check: null,
    ...rest,
    values: { ...experiment.values, ...Object.fromEntries(typed) },
  };
}

// What the labels of each data set stand for, as the engine's schema says; the place in the list is the label.
/** @import { Schema, Text } from "../../types.js" */

/** @param {Schema["galleries"]} galleries */
export const createLabels = (galleries) => ({
  /** All of a data set's. @param {string} data @returns {Text[]} */
  of: (data) => galleries[data]?.labels ?? [],
  /** What a value of the setting `label` is called; null if the schema's own words will do. @param {string | number} value @param {Record<string, string | number>} values @returns {Text | null} */
  name: (value, { data }) => galleries[data]?.labels[Number(value)] ?? null,
});

/** @typedef {ReturnType<typeof createLabels>} Labels */

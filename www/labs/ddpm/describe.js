// A fork in words: what differs on it.
/** @import { Fork, LabSchema } from "../../types.js" */
/** @import { Words } from "./strings.js" */

/** @param {Words} words @param {number} track */
export const trackName = ({ t }, track) =>
  track === 0 ? t("tracks.original") : t("tracks.fork", { n: track });

/** @param {Words} words @param {LabSchema} schema @param {import("./labels.js").Labels} labels @param {Fork} fork @param {Record<string, string | number>} values of the experiment */
export function difference({ t, pick }, schema, labels, { paint = [], noise, set = {} }, values) {
  const said = Object.entries(set).map(([key, value]) => {
    const parameter = schema.parameters.find((parameter) => parameter.key === key);
    const name =
      (key === "label" && labels.name(value, values)) ||
      parameter?.options?.find((option) => option.value === String(value))?.title;
    return t("fork.change", {
      what: parameter ? pick(parameter.title) : key,
      value: name ? pick(name) : value,
    });
  });
  if (noise) said.unshift(t("fork.othernoise", { seed: noise }));
  if (paint.length) said.unshift(t("fork.painted"));
  return said.join(t("fork.and"));
}

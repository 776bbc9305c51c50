// What a U-Net from a file needs of this lab, and what the one that ships was asked last and said, where one call tells.
/** @import { Experiment, Frame, LabSchema } from "../../types.js" */
/** @import { Player } from "../../ui/player.js" */

/** @param {import("../../ui/weights.js").Header} header @returns {Experiment["values"]} */
export function values({ metadata }) {
  const channels = metadata.config && JSON.parse(metadata.config).image_channels;
  return channels === 3 ? { data: "buildings" } : channels === 1 ? { data: "digits" } : {};
}

/** @param {Player} player @param {LabSchema} schema @param {import("../../types.js").LabContext["gallery"]} gallery */
export async function example({ state, gather }, schema, gallery) {
  const { experiment, status } = state;
  if (!experiment || !status || status.at === status.length) return null;
  const gathered = await gather(["x", "eps", "times", "schedule"]);
  const [x, eps, times, schedule] = ["x", "eps", "times", "schedule"].map((name) =>
    gathered?.frames.find((frame) => frame.name === name),
  );
  if (!x || !eps || !times || !schedule) return null;
  const t = times.data[status.at];
  const { values } = experiment;
  const defaults = Object.fromEntries(schema.parameters.map((one) => [one.key, one.default]));
  // Only there the times of the network are those of the journey.
  const same = ["schedule", "T"].every((key) => String(values[key]) === String(defaults[key]));
  if (!same || !Number.isInteger(t) || t < 1) return null;
  const width = schedule.shape[1];
  return {
    t,
    level: [schedule.data[width + t], schedule.data[2 * width + t]],
    label: await labelOf(experiment, gallery),
    guidance: Number(values.guidance),
    x: nested(x),
    eps: nested(eps),
  };
}

/** What the builder is asked for: a kind of picture, that of the picture which fell, or nothing. @param {Experiment} experiment @param {import("../../types.js").LabContext["gallery"]} gallery */
async function labelOf({ values, pixels }, gallery) {
  if (values.label !== "same") return /^\d+$/.test(String(values.label)) ? Number(values.label) : null;
  return pixels ? null : (await gallery(String(values.data))).labels[Number(values.picture)];
}

/** Rows within rows. @param {Pick<Frame, "data" | "shape">} frame @returns {any[]} */
function nested({ data, shape: [first, ...rest] }) {
  if (!rest.length) return [...data];
  const size = data.length / first;
  return Array.from({ length: first }, (_, i) =>
    nested({ data: data.subarray(i * size, (i + 1) * size), shape: rest }),
  );
}

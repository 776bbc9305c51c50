// What is asked about, as a table: the frame that the large picture is drawn from, or what the article printed.
import { laneKeys } from "./lanes.js";
import { printed } from "./table.js";
/** @import { Frame } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

const four = ["qRk", "aRk", "qRb", "aRb"];
const schemes = ["bias", "alibi", "kerple", "sandwich", "window", "nope"];
const tricks = ["none", "pi", "ntk", "yarn", "rerope", "logn"];
/** What the columns of a frame hold, by what is asked about. @type {Record<string, [frame: string, head: string[]]>} */
const views = {
  terms: [
    "terms",
    ["k", ...four, ...four.map((name) => `${name}, one key`), ...four.map((name) => `${name}, expected`)],
  ],
  window: ["growth", ["n", "mass", "entropy", "mass by the power law", "entropy by the power law"]],
  cancel: ["rows", ["k", "plain before", "plain after", "RoPE before", "RoPE after"]],
  family: ["family", ["k", ...schemes]],
  tricks: ["tricks", ["k", ...tricks]],
};

/** What trained networks lose by place: a column a seed of a lane. @param {Pick<State, "frames" | "experiment">} state */
function measured({ frames: { places }, experiment }) {
  if (!places?.shape[0] || !experiment) return null;
  const lanes = laneKeys.map((key) => String(experiment.values[key])).filter((scheme) => scheme !== "none");
  const seeds = (places.shape[1] - 1) / lanes.length;
  const head = lanes.flatMap((scheme) => Array.from({ length: seeds }, (_, k) => `${scheme}, seed ${k + 1}`));
  return rows(places, ["place", ...head]);
}

/** @param {Frame} frame @param {string[]} head */
const rows = ({ shape: [rows, width], data }, head) => [
  head,
  ...Array.from({ length: rows }, (_, i) => [...data.subarray(width * i, width * i + width)]),
];

/** The same by the frame. @type {import("../../ui/tables.js").Columns} */
export const columns = Object.fromEntries(Object.values(views).map(([frame, head]) => [frame, head]));

/** @param {State} state */
export function table({ frames, experiment }) {
  const view = String(experiment?.values.view);
  if (view === "table") return printed[0];
  if (view === "measured") return measured({ frames, experiment });
  const [name, head] = views[view] ?? [];
  const frame = name ? frames[name] : undefined;
  if (!frame || !head) return null;
  return rows(frame, head);
}

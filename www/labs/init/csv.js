// What is asked about, as a table: the frame that the large picture is drawn from.
/** @import { State } from "../../ui/player.js" */

/** What the columns of a frame hold, by what is asked about. @type {Record<string, [frame: string, first: string | null, head: string[]]>} */
const views = {
  signal: [
    "layers",
    "layer",
    ["E x²", "E x², map", "mean", "mean, map", "gradient", "gradient, map", "off", "saturated", "dead"],
  ],
  truncation: ["ruler", null, ["x", "drawn", "law"]],
  attention: ["curve", null, ["d", "largest, q·k", "1 − Σp², q·k", "largest, q·k/√d", "1 − Σp², q·k/√d"]],
  residual: [
    "rungs",
    "sub-layer",
    [
      "E x²",
      "E x², formula",
      "cosine",
      "cosine, formula",
      "reaching",
      "reaching, formula",
      "direct",
      "direct, formula",
    ],
  ],
};

/** The same by the frame. @type {import("../../ui/tables.js").Columns} */
export const columns = Object.fromEntries(Object.values(views).map(([frame, , head]) => [frame, head]));

/** Every loss of the sweep. @param {import("../../types.js").Frame} frame */
function runs({ data, shape: [parametrisations, widths, rates] }) {
  const names = ["standard", "NTK", "muP"];
  const rows = Array.from({ length: parametrisations * widths * rates }, (_, i) => [
    names[Math.floor(i / rates / widths)],
    32 * 2 ** (Math.floor(i / rates) % widths),
    2 ** ((i % rates) - 12),
    data[i],
  ]);
  return [["parametrisation", "width", "rate", "loss"], ...rows];
}

/** The looks of every network: seed, network, look, held-out loss. @param {import("../../types.js").Frame} frame */
function looks({ data, shape: [, lanes, looks] }) {
  const rows = Array.from(data, (loss, i) => [
    1 + Math.floor(i / looks / lanes),
    1 + (Math.floor(i / looks) % lanes),
    i % looks,
    loss,
  ]);
  return [["seed", "network", "look", "held-out loss"], ...rows];
}

/** @param {State} state */
export function table({ frames, experiment }) {
  const view = experiment?.values.view;
  if (view === "transfer" && frames.sweep?.shape.length === 3) return runs(frames.sweep);
  if (view === "train" && frames.twin_losses?.shape.length === 3) return looks(frames.twin_losses);
  const [name, first, head] = views[String(experiment?.values.view)] ?? [];
  const frame = name ? frames[name] : undefined;
  if (!frame?.shape[0] || !head) return null;
  const [rows, width] = frame.shape;
  const row = (/** @type {number} */ i) => [
    ...(first ? [i] : []),
    ...frame.data.subarray(width * i, width * i + width),
  ];
  return [[...(first ? [first] : []), ...head], ...Array.from({ length: rows }, (_, i) => row(i))];
}

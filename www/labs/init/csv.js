// What is asked about, as a table: the frame that the large picture is drawn from.
import { csvText } from "../../ui/csv.js";
/** @import { State } from "../../ui/player.js" */

/** What the columns of a frame hold. @type {Record<string, [frame: string, first: string | null, head: string[]]>} */
const columns = {
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

/** @param {State} state */
export function table({ frames, experiment }) {
  const [name, first, head] = columns[String(experiment?.values.view)] ?? [];
  const frame = name ? frames[name] : undefined;
  if (!frame?.shape[0] || !head) return null;
  const [rows, width] = frame.shape;
  const row = (/** @type {number} */ i) => [
    ...(first ? [i] : []),
    ...frame.data.subarray(width * i, width * i + width),
  ];
  return csvText([[...(first ? [first] : []), ...head], ...Array.from({ length: rows }, (_, i) => row(i))]);
}

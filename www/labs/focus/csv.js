// What is asked about, as a table: the frames that the pictures are drawn from.
/** @import { State } from "../../ui/player.js" */

const kernels = ["exp", "relu2", "relu", "identity", "elu1", "softplus", "decay", "logn", "topk", "entmax"];
/** What the columns of a frame hold, by what is asked about. @type {Record<string, [frame: string, head: string[]]>} */
const views = {
  needle: ["reach", ["n", ...kernels]],
  shape: ["shapes", ["shape", "relu", "exp", "elu1", "softplus", "sigmoid", "relu2"]],
  decay: ["fall", ["back", "share"]],
  scaling: ["keep", ["n", "γ that keeps entropy", "√(γ² + 2 ln(n/512))", "γ ln n/ln 512"]],
};

/** The same by the frame. @type {import("../../ui/tables.js").Columns} */
export const columns = Object.fromEntries(Object.values(views).map(([frame, head]) => [frame, head]));

/** @param {State} state */
export function table({ frames, experiment }) {
  const part = String(experiment?.values.part);
  const { bench, laws, phase, sizes } = frames;
  if (part === "bench" && bench) {
    const head = ["kernel", "S", "n S²", "entropy", "largest", "needle", "S, closed form", "E S"];
    const row = (/** @type {string} */ name, /** @type {number} */ i) => [
      name,
      ...bench.data.subarray(6 * i, 6 * i + 6),
      laws?.shape[0] ? laws.data[i] : NaN,
    ];
    return [head, ...kernels.map(row)];
  }
  if (part === "phase" && phase && sizes) {
    const [count, rows, width] = phase.shape;
    const head = [
      "n",
      "γ",
      "E S",
      "E entropy",
      "S, leading",
      "entropy, leading",
      "S, n → ∞",
      "ln n − γ²/2",
      "1/√n",
    ];
    const row = (/** @type {number} */ i) => [
      sizes.data[Math.floor(i / rows)],
      ...phase.data.subarray(width * i, width * i + width),
    ];
    return [head, ...Array.from({ length: count * rows }, (_, i) => row(i))];
  }
  const [name, head] = views[part] ?? [];
  const frame = name ? frames[name] : undefined;
  if (!frame || !head) return null;
  const [rows, width] = frame.shape;
  return [
    head,
    ...Array.from({ length: rows }, (_, i) => [...frame.data.subarray(width * i, width * i + width)]),
  ];
}

// What is shown, as a table: the spectra of all masks that are known, and the spread layer by layer.
import { masks } from "./scene.js";
/** @import { State } from "../../ui/player.js" */

/** What the numbers of the frames stand for. @type {import("../../ui/tables.js").Columns} */
export const columns = {
  map: ["reader", "read", "weight"],
  spectra: ["mask", "place", "log10 of the singular value"],
  depth: ["mask", "layers", "spread"],
  points: ["token", "axis", "place"],
};

/** @param {State} state */
export function table({ frames: { spectra, depth } }) {
  if (!spectra || !depth) return null;
  const [n, states] = [spectra.shape[1], depth.shape[1]];
  const rows = (
    /** @type {Float32Array} */ data,
    /** @type {number} */ length,
    /** @type {number} */ first,
  ) =>
    Array.from({ length }, (_, i) => [
      i + first,
      ...Array.from({ length: 6 }, (_, row) => data[row * length + i]),
    ]);
  return [
    ["singular value", ...masks.map((mask) => `log10 ${mask}`), "log10 logits"],
    ...rows(spectra.data, n, 1),
    ["layers", ...masks.map((mask) => `spread ${mask}`), "theory"],
    ...rows(depth.data, states, 0),
  ];
}

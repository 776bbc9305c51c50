// Interventions as a list: what is done to a head, and the list with one thing more or less done. Positions from 1.
import { add, same } from "./interventions.js";
/** @import { Intervention } from "../../types.js" */

/** @typedef {[number, number]} Cell reader, read */
/** @typedef {readonly Intervention[]} List */

const key = (/** @type {Cell} */ [q, k]) => `${q},${k}`;
const reaches = (
  /** @type {{layer: number, head: number}} */ item,
  /** @type {number} */ layer,
  /** @type {number} */ head,
) => (item.layer === 0 || item.layer === layer) && (item.head === 0 || item.head === head);

/**
 * @typedef {object} HeadState
 * @property {boolean} off
 * @property {boolean} frozen
 * @property {string | null} patched the prompt its pattern comes from
 * @property {"attention" | "mlp" | "both" | null} layerOff
 * @property {Set<string>} cuts cells "q,k" that are cut here, by this head's cut or by one for all
 * @property {Map<string, number>} sets cells "q,k" that are set
 * @property {number | null} window
 */

/** @param {List} list @param {number} layer @param {number} head @returns {HeadState} */
export function headState(list, layer, head) {
  /** @type {HeadState} */
  const state = {
    off: false,
    frozen: false,
    patched: null,
    layerOff: layerPart(list, layer),
    cuts: new Set(),
    sets: new Map(),
    window: null,
  };
  for (const item of list) {
    if (!("head" in item) || !reaches(item, layer, head)) continue;
    if (item.op === "head") state.off = true;
    if (item.op === "freeze") state.frozen = true;
    if (item.op === "patch") state.patched = item.prompt;
    if (item.op === "cut") item.cells.forEach((cell) => state.cuts.add(key(cell)));
    if (item.op === "set") state.sets.set(key(item.cell), item.value);
    if (item.op === "window") state.window = Math.min(state.window ?? Infinity, item.width);
  }
  return state;
}

/** What of a layer is switched off. @param {List} list @param {number} layer */
export function layerPart(list, layer) {
  const parts = list.flatMap((item) => (item.op === "layer" && item.layer === layer ? [item.part] : []));
  return parts.includes("both") || (parts.includes("attention") && parts.includes("mlp"))
    ? "both"
    : (parts[0] ?? null);
}
export const tokenHidden = (/** @type {List} */ list, /** @type {number} */ token) =>
  list.some((item) => item.op === "token" && item.token === token);

/** The list without what stands at an intervention's own place. @param {Intervention[]} list @param {Intervention} item */
const without = (list, item) => list.filter((other) => !same(other, item));

/** @param {Intervention[]} list @param {number} layer @param {"attention" | "mlp" | "both" | null} part null: nothing is off any more @returns {Intervention[]} */
export function setLayer(list, layer, part) {
  const left = list.filter((item) => !(item.op === "layer" && item.layer === layer));
  if (!part) return left;
  const made = add(left, { op: "layer", layer, part });
  return made === left ? list : made;
}

/** @param {Intervention[]} list @param {number} layer @param {number} head @param {string | null} prompt null takes the pattern back @returns {Intervention[]} */
export function patchHead(list, layer, head, prompt) {
  const item = /** @type {const} */ ({ op: "patch", layer, head, prompt: prompt ?? "" });
  return prompt === null ? without(list, item) : add(list, item);
}

/** Cuts cells of a head, or gives back those of them that this head's own cut holds. @param {Intervention[]} list @param {number} layer @param {number} head @param {Cell[]} cells @param {boolean} on @returns {Intervention[]} */
export function cutCells(list, layer, head, cells, on) {
  if (on) return add(list, { op: "cut", layer, head, cells });
  const named = new Set(cells.map(key));
  return list.flatMap((item) => {
    if (item.op !== "cut" || item.layer !== layer || item.head !== head) return [item];
    const rest = item.cells.filter((cell) => !named.has(key(cell)));
    return rest.length ? [{ ...item, cells: rest }] : [];
  });
}

/** @param {Intervention[]} list @param {number} layer @param {number} head @param {Cell} cell @param {number | null} value null takes it back @returns {Intervention[]} */
export function setCell(list, layer, head, cell, value) {
  const item = /** @type {const} */ ({ op: "set", layer, head, cell, value: value ?? 0 });
  return value === null ? without(list, item) : add(list, item);
}

/** The cells on the straight way from one to another, both included, as far as they are not above the diagonal. @param {Cell} from @param {Cell} to @returns {Cell[]} */
export function stroke([q0, k0], [q1, k1]) {
  const steps = Math.max(1, Math.abs(q1 - q0), Math.abs(k1 - k0));
  return Array.from(
    { length: steps + 1 },
    (_, i) =>
      /** @type {Cell} */ ([
        Math.round(q0 + ((q1 - q0) * i) / steps),
        Math.round(k0 + ((k1 - k0) * i) / steps),
      ]),
  ).filter(([q, k]) => k <= q);
}

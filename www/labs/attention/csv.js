// A map as a file of numbers: one row a reader, one column a letter read, the letters themselves on both edges.
import { tells } from "./maps.js";
/** @import { Head } from "./maps.js" */

/** What the numbers of the frames stand for. @type {import("../../ui/tables.js").Columns} */
export const columns = {
  maps: ["layer", "head", "reader", "read", "weight"],
  maps_original: ["layer", "head", "reader", "read", "weight"],
  tokens: ["run", "position", "token"],
  next: ["run", "token", "score"],
  lens: ["run", "layer", "token", "score"],
  surprisal: ["run", "position", "nats"],
  measures: ["run", "layer", "head", "measure", "value"],
};

/** Nothing stands where a letter may not read, nor where two texts have parted and are not compared. @param {Head} map @param {string[]} letters */
export function csvOf(map, letters) {
  const { weights, size } = map;
  const name = (/** @type {number} */ i) =>
    `${i + 1} ${JSON.stringify(letters[i] ?? "")
      .slice(1, -1)
      .replace(/\\"/g, '"')}`;
  const places = Array.from({ length: size }, (_, i) => i);
  const rows = places.map((q) => [
    name(q),
    ...places.map((k) =>
      k <= q && tells(map, q + 1) ? String(Number(weights[q * size + k].toPrecision(6))) : "",
    ),
  ]);
  return [["reads \\ is read", ...places.map(name)], ...rows];
}

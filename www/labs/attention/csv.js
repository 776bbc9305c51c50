// A map as a file of numbers: one row a reader, one column a letter read, the letters themselves on both edges.
import { csvText } from "../../ui/csv.js";
import { tells } from "./maps.js";
/** @import { Head } from "./maps.js" */

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
  return csvText([["reads \\ is read", ...places.map(name)], ...rows]);
}

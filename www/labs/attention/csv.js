// A map as a file of numbers: one row a reader, one column a letter read, the letters themselves on both edges.
import { h } from "../../ui/dom.js";
import { tells } from "./maps.js";
/** @import { Head } from "./maps.js" */

/** A field as RFC 4180 writes it. @param {string} text */
const field = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

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
  return [["reads \\ is read", ...places.map(name)], ...rows]
    .map((row) => row.map(field).join(","))
    .join("\r\n");
}

/** @param {string} text @param {string} name */
export function saveText(text, name) {
  // The mark tells spreadsheets that this is UTF-8.
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

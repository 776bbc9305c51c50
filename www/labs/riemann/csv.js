// The walk as a table that a spreadsheet opens.
import { h } from "../../ui/dom.js";
/** @import { Frame } from "../../types.js" */

/** @param {Frame} path @param {readonly string[]} names of the coordinates */
export function table({ shape: [count, width], data }, [u, v]) {
  const head = [u, v, "x", "y", "z", "j", "left_u", "left_v"].join(",");
  const row = (/** @type {number} */ i) =>
    Array.from(data.subarray(width * i, width * (i + 1)), (x) => (Number.isFinite(x) ? x : "")).join(",");
  return [head, ...Array.from({ length: count }, (_, i) => row(i)), ""].join("\n");
}

/** @param {string} text @param {string} name */
export function save(text, name) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}

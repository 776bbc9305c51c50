// The walk as a table that a spreadsheet opens.
/** @import { Frame } from "../../types.js" */

/** What the numbers of the frames stand for. @type {import("../../ui/tables.js").Columns} */
export const columns = {
  path: ["u", "v", "x", "y", "z", "j", "left u", "left v"],
  sheet: ["x or y or z", "row", "column", "place"],
  surface: ["row", "column", "axis", "place"],
};

/** @param {Frame} path @param {readonly string[]} names of the coordinates */
export const table = ({ shape: [count, width], data }, [u, v]) => [
  [u, v, "x", "y", "z", "j", "left_u", "left_v"],
  ...Array.from({ length: count }, (_, i) => Array.from(data.subarray(width * i, width * (i + 1)))),
];

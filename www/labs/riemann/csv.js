// The walk as a table that a spreadsheet opens.
import { csvText } from "../../ui/csv.js";
/** @import { Frame } from "../../types.js" */

/** @param {Frame} path @param {readonly string[]} names of the coordinates */
export const table = ({ shape: [count, width], data }, [u, v]) =>
  csvText([
    [u, v, "x", "y", "z", "j", "left_u", "left_v"],
    ...Array.from({ length: count }, (_, i) => Array.from(data.subarray(width * i, width * (i + 1)))),
  ]);

// The numbers of a picture as a table: the frames that it is drawn from, side by side.
/** @import { Frame } from "../../types.js" */

/** What the columns of a frame hold; science has no other names for them in either language. @type {import("../../ui/tables.js").Columns} */
export const columns = {
  graph: ["x", "Γ(x)", "f(x)"],
  shift: ["x", "Γ(x+1)", "1 term", "2 terms", "4 terms", "8 terms", "32 terms"],
  circle: ["ω", "Re exp(−e^(iω))", "Im exp(−e^(iω))"],
  fall: ["ω", "exp(−e^ω)"],
  road: ["x", "f_N(x)"],
  comb: ["n", "one period at −n", "(−1)^n/n!"],
  transform: ["ω", "2π e^(cω−e^ω)", "summed"],
  bump: ["ω", "Re", "Im", "Re by Stirling", "Re of the area", "Im of the area"],
  rule: ["h", "measured", "predicted"],
  strip: ["y", "ln max |Γ|", "ln max |f|"],
  landscape: ["row", "column", "0: ln |f|, 1: arg f", "value"],
  convex: ["x", "(ln Γ)″", "(ln f)″"],
};

/** @param {Frame[]} frames */
export function table(frames) {
  const head = frames.flatMap(({ name }) => columns[name]);
  const length = Math.max(...frames.map(({ shape: [rows] }) => rows));
  const row = (/** @type {number} */ i) =>
    frames.flatMap(({ shape: [rows, width], data }) =>
      Array.from({ length: width }, (_, j) => (i < rows ? data[width * i + j] : NaN)),
    );
  return [head, ...Array.from({ length }, (_, i) => row(i))];
}

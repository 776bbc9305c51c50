// Lab 1 on the site plan: a house of little squares that falls to rubble and stands up again.
import { field, normal, swing } from "../../views/miniature.js";

/** A pagoda's elevation: rows of the half width, from the top. */
const halves = [0, 0, 1, 3, 5, 2, 2, 4, 6, 3, 3, 5, 7, 4, 4, 4, 4];
const [columns, rows] = [32, 18];
const axis = columns / 2;

/** What colour a cell of the standing house has: null is sky. @param {number} x @param {number} y @param {import("../../views/palette.js").Colours} colours */
function cell(x, y, colours) {
  if (y === rows - 1) return colours["line-strong"];
  const half = halves[y];
  const off = Math.abs(x + 0.5 - axis);
  if (off > half + 0.5) return null;
  const eaves = (halves[y - 1] ?? 0) < half && (halves[y + 1] ?? half) < half;
  if (eaves || y < 3) return colours.accent;
  return y > 12 && off < 1.5
    ? colours.well
    : (y + Math.floor(off)) % 3
      ? colours["shade-full"]
      : colours["shade-middle"];
}

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, columns, rows);
  const noise = swing(moment);
  const kept = Math.sqrt(1 - noise ** 2);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const colour = cell(x, y, colours);
      const e = normal(y * columns + x);
      if (colour && y < rows - 1) {
        // Each brick wanders by the noise that is mixed in, as far as a sheet allows.
        pen.globalAlpha = Math.max(0.25, kept);
        pen.fillStyle = colour;
        pen.fillRect(x + 2.2 * noise * e, y + 1.6 * noise * normal(y * columns + x, 1), 0.92, 0.92);
      } else if (colour) {
        pen.globalAlpha = 1;
        pen.fillStyle = colour;
        pen.fillRect(x, y + 0.35, 1, 0.12);
      }
      pen.globalAlpha = Math.min(0.5, 0.22 * noise * Math.abs(e));
      pen.fillStyle = e > 0 ? colours["signed-plus"] : colours["signed-minus"];
      pen.fillRect(x, y, 0.92, 0.92);
    }
  }
  pen.globalAlpha = 1;
}

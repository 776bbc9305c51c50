// A vector field as arrows; one length scale for all fields drawn over each other, or they could not be compared.
/** @import { Plane } from "./plane.js" */
import { reach } from "./plane.js";

/** Where row or column i of a grid over the plane lies. @param {number} i @param {number} count */
export const gridPlace = (i, count) => -reach + (2 * reach * i) / (count - 1);

/** The median length of a field's vectors. @param {ArrayLike<number>} field x, y, x, y, … */
export function typicalLength(field) {
  const lengths = Array.from({ length: field.length / 2 }, (_, i) =>
    Math.hypot(field[2 * i], field[2 * i + 1]),
  ).filter(Number.isFinite);
  return lengths.sort((a, b) => a - b)[lengths.length >> 1] || 1;
}

/**
 * @param {Plane} on
 * @param {{field: ArrayLike<number>, count: number, typical: number, colour: string, width?: number}} args count: arrows a side, rows from the bottom
 */
export function arrows({ context, size, x, y }, { field, count, typical, colour, width = 1.25 }) {
  const cell = size / (count - 1);
  const lines = new Path2D();
  for (let i = 0; i < count * count; i++) {
    const [u, v] = [field[2 * i], field[2 * i + 1]];
    const length = Math.hypot(u, v);
    if (!Number.isFinite(length) || length === 0) continue;
    // Near the data a score grows without bound: lengths saturate at one cell.
    const shown = 0.95 * cell * (length / (length + typical));
    const [dx, dy] = [(shown * u) / length, (-shown * v) / length];
    const [left, top] = [
      x(gridPlace(i % count, count)) - dx / 2,
      y(gridPlace(Math.floor(i / count), count)) - dy / 2,
    ];
    const [tipX, tipY] = [left + dx, top + dy];
    const head = Math.min(4.5, 0.45 * shown) / shown;
    lines.moveTo(left, top);
    lines.lineTo(tipX, tipY);
    lines.moveTo(tipX - head * (dx + 0.6 * dy), tipY - head * (dy - 0.6 * dx));
    lines.lineTo(tipX, tipY);
    lines.lineTo(tipX - head * (dx - 0.6 * dy), tipY - head * (dy + 0.6 * dx));
  }
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = context.lineJoin = "round";
  context.stroke(lines);
  context.restore();
}

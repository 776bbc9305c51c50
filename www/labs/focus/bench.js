// The bench: ten readers of one text, row by row; their weights in falling order; and S against γ for endless texts.
import { axes, power } from "../../views/axes.js";
import { crisp } from "../../views/canvas.js";
import { small } from "../../views/lettering.js";
import { count } from "./numbers.js";
import { cell, column, kernelColours, kernelDashes, log10, mark, roomFor } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** Each row the text from its first key to its last, the height a key's weight. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function readers(canvas, { frames, kernels, chosen, colours, font, n, t }) {
  const { rows, bench } = frames;
  if (!rows?.shape[1] || !bench || !canvas.clientWidth) return;
  const { context: pen, width, height } = crisp(canvas);
  const size = small();
  const columns = rows.shape[1];
  const narrow = width < 520;
  pen.font = `700 ${size}px ${font}`;
  const [l, r] = [roomFor(pen, kernels), (narrow ? 4.2 : 6) * size];
  const [top, bottom] = [1.7 * size, 0.2 * size];
  const step = (height - top - bottom) / kernels.length;
  pen.clearRect(0, 0, width, height);
  pen.textBaseline = "middle";
  pen.font = `${size}px ${font}`;
  pen.fillStyle = colours["ink-soft"];
  pen.textAlign = "left";
  pen.fillText(t("rows.from"), l, 0.7 * size);
  pen.textAlign = "right";
  pen.fillText(t("rows.tokens", { n: count(n) }), width - 2, 0.7 * size);
  const wide = (width - l - r) / columns;
  kernels.forEach((name, row) => {
    const base = top + (row + 1) * step - 3;
    const tall = step - 7;
    if (row === chosen) {
      pen.fillStyle = colours["accent-soft"];
      pen.fillRect(0, top + row * step, width, step);
    }
    pen.strokeStyle = colours.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(l, Math.round(base) + 0.5);
    pen.lineTo(width - r, Math.round(base) + 0.5);
    pen.stroke();
    const colour = colours[kernelColours[row]];
    pen.fillStyle = colour;
    const bar = Math.max(1, wide - (wide > 3 ? 1 : 0));
    for (let c = 0; c < columns; c++) {
      const weight = rows.data[row * columns + c];
      if (weight > 0.004) pen.fillRect(l + c * wide, base - weight * tall, bar, weight * tall);
    }
    const middle = top + (row + 0.5) * step;
    pen.font = `${row === chosen ? 700 : 400} ${size}px ${font}`;
    pen.textAlign = "right";
    pen.fillStyle = colours.ink;
    pen.fillText(name, l - 8, middle);
    pen.fillText(count(cell(bench, row, 1)), width - 4, middle);
  });
}

/** Which row a place is in. @param {HTMLCanvasElement} canvas @param {number} y */
export function rowAt(canvas, y) {
  const top = 1.7 * small();
  const row = Math.floor(((y - top) / (canvas.clientHeight - top)) * 10);
  return row >= 0 && row < 10 ? row : null;
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function falling(canvas, { frames, chosen, colours, font, n, t }) {
  const { sorted, bench } = frames;
  if (!sorted?.shape[0] || !bench || !canvas.clientWidth) return;
  const on = axes(canvas, {
    x: [0, Math.max(0.31, log10(n))],
    y: [-6.2, 0.3],
    colours,
    font,
    across: t("axis.rank"),
    label: power,
  });
  for (let row = 9; row >= -1; row--) {
    const which = row < 0 ? chosen : row;
    if (row === chosen) continue;
    column(on, sorted, 1 + which, colours[kernelColours[which]], {
      x: log10,
      y: log10,
      dash: kernelDashes[which],
      width: which === chosen ? 3 : 1.4,
      alpha: which === chosen ? 1 : 0.75,
    });
  }
  const tokens = cell(bench, chosen, 1);
  if (tokens > 0) on.dot(log10(tokens), -log10(tokens), colours[kernelColours[chosen]], 4.5, true);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function limits(canvas, { frames, chosen, values, colours, font, n }) {
  const { limits: all, bench } = frames;
  if (!all?.shape[0] || !bench || !canvas.clientWidth) return;
  const far = Math.max(6, Math.min(12, values.gamma + 1));
  const on = axes(canvas, { x: [0, far], y: [0, 1.04], colours, font, across: "γ" });
  mark(on, Math.sqrt(Math.log(n) / 2), "√(ln n/2)", colours["ink-soft"]);
  on.cursor(values.gamma, colours.accent);
  for (let row = 5; row >= 0; row--) {
    const colour = colours[kernelColours[row]];
    column(on, all, 1 + row, colour, { width: row === chosen ? 3 : 1.6 });
    on.dot(values.gamma, cell(bench, row, 0), colour, row === chosen ? 5 : 3.5, true);
  }
  if (chosen > 5) on.dot(values.gamma, cell(bench, chosen, 0), colours[kernelColours[chosen]], 5, true);
}

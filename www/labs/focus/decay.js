// Explicit decay: the weights, how many tokens they amount to at any length, and how blind they are.
import { axes, power } from "../../views/axes.js";
import { count } from "./numbers.js";
import { cell, column, log10, log2, mark } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function fall(canvas, { frames, colours, font, t }) {
  const { fall: all, tokens: sum } = frames;
  if (!all?.shape[0] || !sum?.shape[0] || !canvas.clientWidth) return;
  const rows = all.shape[0];
  const far = cell(all, rows - 1, 0);
  const most = cell(all, 0, 1);
  const [tokens] = sum.data;
  // The newest key stands at the right, as in a text.
  const on = axes(canvas, { x: [-far, 0], y: [0, 1.08 * most], colours, font, across: t("axis.back") });
  on.within(() => {
    on.pen.fillStyle = colours["accent-soft"];
    on.pen.fillRect(on.X(-tokens), on.Y(1 / tokens), on.X(0) - on.X(-tokens), on.Y(0) - on.Y(1 / tokens));
    on.pen.fillStyle = colours["lane-4"];
    on.pen.globalAlpha = 0.35;
    on.pen.beginPath();
    on.pen.moveTo(on.X(0), on.Y(0));
    for (let i = 0; i < rows; i++) on.pen.lineTo(on.X(-cell(all, i, 0)), on.Y(cell(all, i, 1)));
    on.pen.lineTo(on.X(-far), on.Y(0));
    on.pen.fill();
    on.pen.globalAlpha = 1;
  });
  on.curve(rows, (i) => [-cell(all, i, 0), cell(all, i, 1)], colours["lane-4"], { width: 2.6 });
  mark(on, -tokens, t("mark.tokens", { n: count(tokens) }), colours.accent);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function span(canvas, { frames, colours, font, n, t }) {
  const { span: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, {
    x: [1, 16],
    y: [0, 5],
    colours,
    font,
    across: "log₂ n",
    label: power,
  });
  const colour = /** @type {const} */ (["lane-4", "lane-1", "lane-2", "ink-soft"]);
  for (let i = 3; i >= 0; i--)
    column(on, all, 1 + i, colours[colour[i]], { x: log2, y: log10, width: i ? 1.7 : 3 });
  on.cursor(log2(n), colours["ink-soft"]);
  on.write(t("axis.tokens"), on.box.left + 6, on.box.top + 2, colours["ink-soft"]);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function blind(canvas, { frames, values, colours, font, t }) {
  const { blind: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [0, 30], y: [-0.02, 1.03], colours, font, across: "m" });
  column(on, all, 1, colours["lane-1"], { width: 2 });
  column(on, all, 2, colours["lane-4"], { width: 3 });
  on.cursor(values.margin, colours["ink-soft"]);
  on.write(t("axis.needle"), on.box.left + 6, on.box.top + 2, colours["ink-soft"]);
}

// This lab on the site plan: a square of attention whose mask moves from everybody to what came before, and points that run together.
import { field, swing, uniform } from "../../views/miniature.js";

const [width, height] = [32, 18];
const n = 12;
const cell = 1.2;

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const [left, top] = [2, (height - n * cell) / 2];
  // 1: causal, 0: everybody.
  const causal = swing(moment);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const open = j <= i ? 1 : 1 - causal;
      pen.globalAlpha = open * (0.2 + 0.8 * uniform(i, j) ** 2);
      pen.fillStyle = colours["shade-full"];
      pen.fillRect(left + j * cell, top + i * cell, cell - 0.08, cell - 0.08);
    }
  pen.globalAlpha = 1;
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 0.2;
  pen.strokeRect(left - 0.1, top - 0.1, n * cell + 0.1, n * cell + 0.1);
  const [cx, cy, r] = [24.3, height / 2, 6];
  pen.strokeStyle = colours.line;
  pen.beginPath();
  pen.arc(cx, cy, r, 0, 7);
  pen.stroke();
  for (let i = 0; i < n; i++) {
    const angle = (2 * Math.PI * i) / n;
    // A causal tower pulls to its first token, the other to the middle.
    const near = 0.2 + 0.6 * swing(2 * moment);
    const [gx, gy] = [0, -r * causal];
    const x = (1 - near) * r * Math.sin(angle) + near * gx;
    const y = -(1 - near) * r * Math.cos(angle) + near * gy;
    pen.beginPath();
    pen.arc(cx + x, cy + y, i ? 0.55 : 0.8, 0, 7);
    pen.fillStyle = i ? colours["signed-plus"] : colours["signed-minus"];
    pen.globalAlpha = i ? 0.45 + (0.55 * i) / n : 1;
    pen.fill();
  }
  pen.globalAlpha = 1;
}

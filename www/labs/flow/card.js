// This lab on the site plan: two wells in section, and a handful of balls that roll into them.
import { field } from "../../views/miniature.js";

const [width, height] = [32, 18];
/** @param {number} x -1..1 */
const hill = (x) => 3.4 * (x * x - 0.45) ** 2 + 0.25 * x;
const X = (/** @type {number} */ x) => width / 2 + 13.5 * x;
const Y = (/** @type {number} */ f) => 14.6 - 8.2 * f;
const starts = [-0.98, -0.86, -0.16, 0.06, 0.16, 0.8, 0.97];

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  pen.beginPath();
  for (let i = 0; i <= 80; i++) {
    const x = -1.08 + (2.16 * i) / 80;
    pen.lineTo(X(x), Y(hill(x)));
  }
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 0.28;
  pen.stroke();
  pen.fillStyle = colours.accent;
  for (const start of starts) {
    let x = start;
    const time = 2.2 * moment ** 1.4;
    for (let t = 0; t < time; t += 0.02) x -= 0.02 * (13.6 * x * (x * x - 0.45) + 0.25);
    pen.beginPath();
    pen.arc(X(x), Y(hill(x)) - 0.75, 0.7, 0, 7);
    pen.fill();
  }
}

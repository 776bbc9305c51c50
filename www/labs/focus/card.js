// This lab on the site plan: one text read by softmax, which narrows to a few keys, and by linear attention, which cannot.
import { field, normal, swing } from "../../views/miniature.js";

const [width, height] = [32, 18];
const keys = 48;
const scores = Array.from({ length: keys }, (_, i) => normal(i, 7));

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const gamma = 0.3 + 3.2 * swing(moment);
  const rows = [
    { colour: colours.accent, of: (/** @type {number} */ e) => Math.exp(gamma * e) },
    { colour: colours["ink-soft"], of: (/** @type {number} */ e) => Math.max(0.02, 1 + gamma * e * 0.3) },
  ];
  const step = 28 / keys;
  rows.forEach(({ colour, of }, row) => {
    const weights = scores.map(of);
    const most = Math.max(...weights);
    const base = 8.2 + 7.8 * row;
    pen.fillStyle = colour;
    weights.forEach((weight, i) => {
      const tall = (6 * weight) / most;
      pen.fillRect(2 + i * step, base - tall, step * 0.72, tall);
    });
    pen.fillStyle = colours.ink;
    pen.fillRect(2, base, 28, 0.2);
  });
}

// Lab 3 on the site plan: letters being written, each looking back at those before it.
import { field, uniform } from "../../views/miniature.js";

const text = "to be or not to be";
const [width, height] = [32, 18];
const [left, step, ground] = [2.2, 1.63, 14.6];

/** How much letter `i` looks at letter `j` ≤ i: at what followed its like before, and a little at everything. @param {number} i */
function weights(i) {
  const scores = [...text.slice(0, i + 1)].map((_, j) =>
    j > 0 && text[j - 1] === text[i] && j <= i ? 5 : 1.2 * uniform(64 * i + j),
  );
  const sum = scores.reduce((all, score) => all + Math.exp(score), 0);
  return scores.map((score) => Math.exp(score) / sum);
}

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const written = Math.min(text.length, 1 + Math.floor(moment * (text.length + 5)));
  const place = (/** @type {number} */ i) => left + i * step;
  pen.textAlign = "center";
  pen.font = "1.9px ui-monospace, Menlo, 'DejaVu Sans Mono', monospace";
  for (let i = 0; i < written; i++) {
    pen.fillStyle = i === written - 1 ? colours.accent : colours.ink;
    pen.fillText(text[i], place(i), ground + 1.9);
  }
  const newest = written - 1;
  weights(newest).forEach((weight, j) => {
    const [from, to] = [place(newest), place(j)];
    const rise = Math.min(11.5, 1.2 + 0.42 * (from - to));
    pen.beginPath();
    pen.moveTo(from, ground);
    pen.bezierCurveTo(from, ground - 1.33 * rise, to, ground - 1.33 * rise, to, ground);
    pen.lineWidth = 0.06 + 0.6 * weight;
    pen.strokeStyle = weight > 0.2 ? colours.accent : colours["shade-full"];
    pen.globalAlpha = Math.min(1, 0.25 + 2 * weight);
    pen.stroke();
  });
  pen.globalAlpha = 1;
  pen.fillStyle = colours["line-strong"];
  pen.fillRect(1, ground + 0.15, width - 2, 0.06);
}

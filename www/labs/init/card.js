// This lab on the site plan: bars that die from layer to layer, and bars that stay.
import { field, swing } from "../../views/miniature.js";

const [width, height] = [32, 18];
const layers = 14;

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const gain = 0.72 + 0.46 * swing(moment);
  const step = 28 / layers;
  for (let l = 0; l < layers; l++) {
    const tall = Math.min(15, 6.5 * gain ** (1.6 * l));
    pen.fillStyle = l ? colours["ink-soft"] : colours.accent;
    pen.fillRect(2 + l * step, 9 - tall / 2, step * 0.66, tall);
  }
  pen.fillStyle = colours.accent;
  pen.fillRect(2, 5.6, 28, 0.2);
  pen.fillRect(2, 12.2, 28, 0.2);
}

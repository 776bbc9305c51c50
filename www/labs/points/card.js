// Lab 2 on the site plan: a cloud of points that becomes two moons, and a cloud again.
import { field, normal, swing, uniform } from "../../views/miniature.js";

const count = 260;
const [width, height] = [32, 18];

/** Where point `i` belongs, in the plane's own units. @param {number} i @returns {[number, number]} */
function moon(i) {
  const angle = Math.PI * uniform(i, 7);
  const first = i % 2 === 0;
  const [x, y] = first ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
  return [x - 0.5 + 0.06 * normal(i, 5), y - 0.25 + 0.06 * normal(i, 6)];
}

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const noise = swing(moment);
  const kept = Math.sqrt(1 - noise ** 2);
  for (let i = 0; i < count; i++) {
    const [x, y] = moon(i);
    const place = [kept * x * 7.4 + noise * 4.4 * normal(i, 1), kept * y * 7.4 + noise * 3.2 * normal(i, 2)];
    pen.beginPath();
    pen.arc(width / 2 + place[0], height / 2 - place[1], 0.23, 0, 2 * Math.PI);
    pen.fillStyle = i % 2 ? colours["signed-minus"] : colours.accent;
    pen.globalAlpha = 0.55 + 0.4 * kept;
    pen.fill();
  }
  pen.globalAlpha = 1;
}

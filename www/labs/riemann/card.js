// Lab 4 on the site plan: an ant on a globe, and its straight line.
import { field } from "../../views/miniature.js";

const [width, height] = [32, 18];

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const [cx, cy, r] = [width / 2, height / 2, 7.6];
  const turn = 2 * Math.PI * moment;
  /** A place of the globe, and whether it is on this side. @param {number} theta @param {number} phi @returns {[number, number, boolean]} */
  const at = (theta, phi) => {
    const [x, y, z] = [Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)];
    const [c, s] = [Math.cos(0.45), Math.sin(0.45)];
    return [cx + r * y, cy - r * (c * z - s * x), c * x + s * z > 0];
  };
  pen.lineWidth = 0.1;
  pen.strokeStyle = colours["line-strong"];
  const line = (/** @type {(k: number) => [number, number, boolean]} */ place, /** @type {number} */ n) => {
    pen.beginPath();
    for (let k = 0; k <= n; k++) {
      const [x, y, front] = place(k / n);
      if (front) pen.lineTo(x, y);
      else pen.moveTo(x, y);
    }
    pen.stroke();
  };
  for (let i = 0; i < 12; i++) line((k) => at(Math.PI * k, (Math.PI * i) / 6 + 0.3 * turn), 40);
  for (let i = 1; i < 6; i++) line((k) => at((Math.PI * i) / 6, 2 * Math.PI * k), 60);
  pen.beginPath();
  pen.arc(cx, cy, r, 0, 7);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 0.16;
  pen.stroke();
  // A great circle, tilted: the ant's way round.
  const round = (/** @type {number} */ k) => {
    const a = 2 * Math.PI * k;
    return at(Math.acos(0.6 * Math.sin(a)), Math.atan2(0.8 * Math.sin(a), Math.cos(a)));
  };
  pen.strokeStyle = colours.accent;
  pen.lineWidth = 0.3;
  line(round, 120);
  const [x, y, front] = round((moment + 0.9) % 1);
  pen.fillStyle = front ? colours.ink : colours["line-strong"];
  pen.beginPath();
  pen.arc(x, y, 0.6, 0, 7);
  pen.fill();
}

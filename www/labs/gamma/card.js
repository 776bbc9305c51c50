// This lab on the site plan: the plane of Γ in hue and shade, and a point that walks round and steps by one.
import { field } from "../../views/miniature.js";
import { hueColour } from "./paint.js";

const [width, height] = [32, 18];
const cell = 0.5;

/** ln Γ by Stirling's series after three steps to the right: a miniature needs no more. @param {number} x @param {number} y @returns {[number, number]} */
function lnGamma(x, y) {
  let [re, im] = [0, 0];
  let a = x;
  for (; a < 4; a++) {
    re -= Math.log(Math.hypot(a, y));
    im -= Math.atan2(y, a);
  }
  const [ln, arg] = [Math.log(Math.hypot(a, y)), Math.atan2(y, a)];
  return [re + (a - 0.5) * ln - y * arg - a + 0.919, im + y * ln + (a - 0.5) * arg - y];
}

/** @type {Map<string, {colour: string, share: number}>} */
const seen = new Map();

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const unit = width / 10;
  for (let i = 0; i < width / cell; i++)
    for (let j = 0; j < height / cell; j++) {
      const key = `${i},${j}`;
      let point = seen.get(key);
      if (!point) {
        const [ln, arg] = lnGamma(((i + 0.5) * cell) / unit - 5.2, (height / 2 - (j + 0.5) * cell) / unit);
        point = { colour: hueColour(arg / (2 * Math.PI)), share: 0.5 + (0.5 * ln) / (2.5 + Math.abs(ln)) };
        seen.set(key, point);
      }
      pen.fillStyle = point.colour;
      pen.globalAlpha = 0.35 + 0.6 * point.share;
      pen.fillRect(i * cell, j * cell, cell + 0.03, cell + 0.03);
    }
  pen.globalAlpha = 1;
  const angle = 2 * Math.PI * moment;
  const [x, y] = [16 + 6 * Math.cos(angle), 9 - 4.5 * Math.sin(angle)];
  pen.strokeStyle = colours.sheet;
  pen.lineWidth = 0.45;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + unit, y);
  pen.lineTo(x + unit - 0.7, y - 0.5);
  pen.moveTo(x + unit, y);
  pen.lineTo(x + unit - 0.7, y + 0.5);
  pen.stroke();
  pen.beginPath();
  pen.arc(x, y, 0.7, 0, 7);
  pen.fillStyle = colours.sheet;
  pen.fill();
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 0.25;
  pen.stroke();
}

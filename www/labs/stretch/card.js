// This lab on the site plan: a window over the distance that stays open near by, or closes, while a text grows past its training.
import { field, swing } from "../../views/miniature.js";

const [width, height] = [32, 18];
const pairs = Array.from({ length: 64 }, (_, i) => 10_000 ** (-i / 64));
/** The mean over a few distances, so that a small picture is calm. @param {number} log */
const g = (log) => {
  const near = Array.from({ length: 10 }, (_, i) => 2 ** (log + (i - 5) / 20));
  const wave = (/** @type {number} */ k) => pairs.reduce((sum, theta) => sum + Math.cos(k * theta), 0);
  return near.reduce((sum, k) => sum + wave(k), 0) / (near.length * pairs.length);
};
const curve = Array.from({ length: 121 }, (_, i) => g(i / 10));

/** @type {import("../../ui/plan.js").Miniature} */
export function draw(canvas, { palette: { colours }, moment }) {
  const pen = field(canvas, width, height);
  const X = (/** @type {number} */ log) => 2 + (28 * log) / 12;
  const Y = (/** @type {number} */ y) => 15.4 - 12.4 * y;
  const reach = 7.5 + 4.5 * swing(moment);
  pen.fillStyle = colours["accent-soft"];
  pen.fillRect(X(7.5), 1.6, Math.max(0, X(reach) - X(7.5)), 13.8);
  pen.fillStyle = colours.ink;
  pen.fillRect(2, 15.4, 28, 0.2);
  pen.lineWidth = 0.28;
  pen.strokeStyle = colours["ink-soft"];
  pen.setLineDash([0.7, 0.6]);
  pen.beginPath();
  for (let log = 0; log <= reach; log += 0.1) pen.lineTo(X(log), Y(Math.max(0, 0.94 - 0.075 * log)));
  pen.stroke();
  pen.setLineDash([]);
  pen.strokeStyle = colours.accent;
  pen.lineWidth = 0.5;
  pen.beginPath();
  curve.forEach((y, i) => i / 10 <= reach && pen.lineTo(X(i / 10), Y(y)));
  pen.stroke();
}

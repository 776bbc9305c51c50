// Lines over a text, from the letter that reads to the letters it reads: the thicker, the more it reads.
import { crisp } from "./canvas.js";

/** @typedef {{x: number, y: number}} Spot top middle of a letter, in CSS pixels */

/** @param {HTMLCanvasElement} canvas */
export function threads(canvas) {
  /** @param {{from: Spot | null, to: (Spot & {weight: number})[], colour: string}} args */
  return function draw({ from, to, colour }) {
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    if (!from) return;
    context.save();
    context.strokeStyle = context.fillStyle = colour;
    context.lineCap = "round";
    for (const { x, y, weight } of to) {
      const lift = y === from.y ? Math.min(16, 4 + Math.abs(x - from.x) / 6) : 6;
      context.globalAlpha = Math.min(0.9, 0.2 + weight);
      context.lineWidth = 0.75 + 2 * weight;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.bezierCurveTo(from.x, from.y - lift, x, y - lift, x, y);
      context.stroke();
      context.beginPath();
      context.arc(x, y, 1 + 1.5 * weight, 0, 7);
      context.fill();
    }
    context.restore();
  };
}

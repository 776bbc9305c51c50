// A whole map, small: its triangle, a line at the row that is looked at, a cross where the head is off.
import { crisp } from "./canvas.js";
import { createTile } from "./tile.js";

/** @param {HTMLCanvasElement} canvas */
export function thumb(canvas) {
  const tile = createTile();
  /**
   * @param {object} args
   * @param {{weights: ArrayLike<number>, size: number} | null} args.map
   * @param {number} args.total letters there will be
   * @param {number} args.token the row that is looked at, from 1
   * @param {boolean} args.off
   * @param {import("./color.js").Scale} args.scale
   * @param {import("./palette.js").Colours} args.colours
   */
  return function draw({ map, total, token, off, scale, colours }) {
    const { context, width, height, ratio } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    if (!map) return;
    const cell = width / Math.max(1, total);
    const side = cell * map.size;
    // What is not written yet: the diagonal goes on as a plan.
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(side, side);
    context.lineTo(width, height);
    context.stroke();
    // Cells smaller than a device pixel are averaged, larger ones stay sharp.
    context.imageSmoothingEnabled = cell * ratio < 1;
    context.imageSmoothingQuality = "high";
    context.drawImage(tile({ ...map, scale }), 0, 0, side, side);
    if (token >= 1 && token <= map.size) {
      context.fillStyle = colours.accent;
      const y = Math.min(height - 1, (token - 0.5) * cell);
      context.fillRect(token * cell + 2, y - 0.5, Math.max(0, width - token * cell - 2), 1);
    }
    if (!off) return;
    context.strokeStyle = colours.fails;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(width, 0);
    context.lineTo(0, height);
    context.moveTo(0, 0);
    context.lineTo(width, height);
    context.stroke();
  };
}

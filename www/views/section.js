// The bar "building : rubble": one length, cut where abar² ends and bbar² begins.
import { crisp, fillPattern } from "./canvas.js";

/** @param {HTMLCanvasElement} canvas */
export function section(canvas) {
  /** @param {{share: number, colours: import("./palette.js").Colours}} args share of the building, 0..1 */
  return function draw({ share, colours }) {
    const { context, width, height, ratio } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const cut = Math.round(1 + (width - 2) * Math.min(1, Math.max(0, share)));
    context.fillStyle = fillPattern(context, "stipple", colours["ink-soft"], ratio);
    context.fillRect(cut, 1, width - 1 - cut, height - 2);
    context.fillStyle = fillPattern(context, "hatch", colours.ink, ratio);
    context.fillRect(1, 1, cut - 1, height - 2);
    context.strokeStyle = colours.ink;
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, width - 1, height - 1);
    context.fillStyle = colours.accent;
    context.fillRect(Math.min(width - 2, Math.max(0, cut - 1)), 0, 2, height);
  };
}

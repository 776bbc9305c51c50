// A square piece of the plane, equal on both axes: where a point lies on the canvas, and the frame it lies in.
import { crisp } from "./canvas.js";

/** The plane shown reaches this far from its centre, both ways on both axes. */
export const reach = 3;

/**
 * @typedef {object} Plane what a layer draws on
 * @property {CanvasRenderingContext2D} context
 * @property {number} size CSS pixels a side
 * @property {number} ratio device pixels a CSS pixel
 * @property {(x: number) => number} x
 * @property {(y: number) => number} y up is up
 */

/** The two maps between the plane and a square of `size` pixels. @param {number} size */
export const placing = (size) => ({
  x: (/** @type {number} */ x) => (size * (x + reach)) / (2 * reach),
  y: (/** @type {number} */ y) => (size * (reach - y)) / (2 * reach),
  /** @param {number} left @param {number} top @returns {[number, number]} */
  back: (left, top) => [(2 * reach * left) / size - reach, reach - (2 * reach * top) / size],
});

/** A plane on a context that is already scaled and empty. @param {CanvasRenderingContext2D} context @param {number} size @param {number} ratio @returns {Plane} */
export const planeOn = (context, size, ratio) => ({ context, size, ratio, ...placing(size) });

/** An empty plane, ready for layers. @param {HTMLCanvasElement} canvas @returns {Plane} */
export function plane(canvas) {
  const { context, width: size, height, ratio } = crisp(canvas);
  context.clearRect(0, 0, size, height);
  return planeOn(context, size, ratio);
}

/** Hairlines through the origin and ticks with a few numbers along two edges. @param {Plane} on @param {{colours: import("./palette.js").Colours, font: string, numbers?: boolean}} args */
export function axes({ context, size, x, y }, { colours, font, numbers = true }) {
  context.lineWidth = 1;
  context.strokeStyle = colours.line;
  context.setLineDash([2, 4]);
  context.beginPath();
  context.moveTo(0, Math.round(y(0)) + 0.5);
  context.lineTo(size, Math.round(y(0)) + 0.5);
  context.moveTo(Math.round(x(0)) + 0.5, 0);
  context.lineTo(Math.round(x(0)) + 0.5, size);
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = colours["line-strong"];
  context.fillStyle = colours["ink-soft"];
  context.font = font;
  context.beginPath();
  for (let k = 1 - reach; k < reach; k++) {
    const [left, top] = [Math.round(x(k)) + 0.5, Math.round(y(k)) + 0.5];
    context.moveTo(left, size);
    context.lineTo(left, size - 5);
    context.moveTo(0, top);
    context.lineTo(5, top);
    if (!numbers || k % 2) continue;
    const text = String(k).replace("-", "−");
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.fillText(text, left, size - 6);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, 8, top);
  }
  context.stroke();
}

// Painting heat on the plate: dabs under the pointer, hot or cold, that the geometry feels at once.
/** @import { Hand } from "./hand.js" */
/** @import { Place } from "./place.js" */

/** A link holds at most this many. */
export const most = 96;
/** How much longer, as a logarithm, a ruler gets in the middle of one dab. */
const heat = 0.25;
/** Dabs stand at least this far apart, in units of the chart. */
const apart = 0.14;

/**
 * Dabs after one more: where one lies already it gets hotter, or colder, or goes.
 * @param {[number, number, number][]} dabs @param {[number, number]} place @param {number} more @returns {[number, number, number][]}
 */
export function dab(dabs, [u, v], more) {
  const near = dabs.findIndex(([x, y]) => Math.hypot(x - u, y - v) < apart);
  if (near < 0) return dabs.length < most ? [...dabs, [u, v, more]] : dabs;
  const [x, y, old] = dabs[near];
  const sum = Math.max(-2, Math.min(2, old + more));
  return Math.abs(sum) < 1e-6 ? dabs.toSpliced(near, 1) : dabs.with(near, [x, y, sum]);
}

/**
 * @param {HTMLCanvasElement} canvas @param {Hand} hand @param {() => Place | null} place
 * @param {() => "hot" | "cold" | null} tool null: nobody paints
 */
export function brush(canvas, hand, place, tool) {
  /** @type {[number, number] | null} */
  let last = null;
  /** @param {PointerEvent} event */
  function paint({ offsetX, offsetY }) {
    const [on, which] = [place(), tool()];
    if (!on || !which) return;
    const [u, v] = on.back(offsetX, offsetY).map((x) => Math.round(x * 1e3) / 1e3);
    if (last && Math.hypot(u - last[0], v - last[1]) < apart) return;
    last = [u, v];
    hand.drag({ paint: dab(hand.value("paint"), last, which === "hot" ? heat : -heat) });
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (!tool()) return;
    canvas.setPointerCapture(event.pointerId);
    last = null;
    paint(event);
  });
  canvas.addEventListener("pointermove", (event) => last && paint(event));
  const end = () => {
    if (!last) return;
    last = null;
    hand.drop();
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
}

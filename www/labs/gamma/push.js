// A window pushed by a pointer, zoomed by the wheel or two fingers; a tap is a place.
import { placing, zoomed } from "./window.js";
/** @import { View } from "./window.js" */

/** Pixels that a hand may tremble in a tap. */
const tremble = 5;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} on
 * @param {() => View} on.view @param {(view: View) => void} on.look
 * @param {() => readonly [number, number]} on.size @param {(place: [number, number]) => void} on.ontap
 */
export function createPush(canvas, { view, look, size, ontap }) {
  /** @type {Map<number, [number, number]>} */
  const down = new Map();
  let travelled = 0;

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, [event.offsetX, event.offsetY]);
    if (down.size === 1) travelled = 0;
  });
  canvas.addEventListener("pointermove", ({ pointerId, offsetX, offsetY }) => {
    const from = down.get(pointerId);
    if (!from) return;
    const { cx, cy, span } = view();
    const { unit, back } = placing(view(), ...size());
    const other = [...down].find(([id]) => id !== pointerId)?.[1];
    travelled += Math.hypot(offsetX - from[0], offsetY - from[1]);
    down.set(pointerId, [offsetX, offsetY]);
    if (travelled <= tremble) return;
    if (!other)
      return look({ cx: cx - (offsetX - from[0]) / unit, cy: cy + (offsetY - from[1]) / unit, span });
    const apart = (/** @type {number[]} */ [x, y]) => Math.max(8, Math.hypot(x - other[0], y - other[1]));
    look(zoomed(view(), apart([offsetX, offsetY]) / apart(from), back(other[0], other[1])));
  });
  const up = (/** @type {PointerEvent} */ { pointerId, offsetX, offsetY, type }) => {
    if (!down.delete(pointerId) || down.size || travelled > tremble || type !== "pointerup") return;
    ontap(placing(view(), ...size()).back(offsetX, offsetY));
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  // Whoever scrolls past must not be caught: the wheel zooms where the landscape was clicked, or with Ctrl.
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    const { back } = placing(view(), ...size());
    look(
      zoomed(
        view(),
        Math.exp(-event.deltaY / (event.deltaMode ? 8 : 300)),
        back(event.offsetX, event.offsetY),
      ),
    );
  });
}

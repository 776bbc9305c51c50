// The drawing tool's spray can: strokes with pointer or finger on the plane, their undoing, and what they leave.
import { most, sprinkle, thin, wipe } from "./sprinkle.js";
/** @import { Point } from "./sprinkle.js" */

/** @typedef {{radius: number, density: number, wiping: boolean}} Can */

/**
 * @param {HTMLCanvasElement} canvas @param {(left: number, top: number) => Point} back the place at a pixel
 * @param {() => Can} can what it is set to @param {() => void} onchange
 */
export function spray(canvas, back, can, onchange) {
  /** @type {Point[]} */
  let points = [];
  /** @type {Point[][]} */
  let past = [];
  /** @type {Point | null} */
  let last = null;
  /** @type {Point | null} */
  let hover = null;
  let active = false;

  /** @param {PointerEvent} event @returns {Point} */
  function under({ clientX, clientY }) {
    const box = canvas.getBoundingClientRect();
    return back(clientX - box.left, clientY - box.top);
  }
  const remember = () => void (past = [...past.slice(-99), points]);

  /** @param {Point} to */
  function stroke(to) {
    const from = last ?? to;
    const { radius, density, wiping } = can();
    if (wiping) points = wipe(points, from, to, radius);
    else if (points.length < most)
      points = thin([...points, ...sprinkle(from, to, { radius, density }, Math.random)]);
    last = to;
    onchange();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (!active || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    remember();
    stroke(under(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!active) return;
    hover = under(event);
    if (!last) return onchange();
    // The browser bundles moves; the stroke goes through all of them.
    const all = event.getCoalescedEvents?.() ?? [];
    for (const move of all.length ? all : [event]) stroke(under(move));
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    canvas.addEventListener(end, () => (last = null));
  canvas.addEventListener("pointerleave", () => active && ((hover = null), onchange()));

  return {
    points: () => points,
    hover: () => hover,
    canUndo: () => past.length > 0,
    /** @param {boolean} now */
    use(now) {
      active = now;
      last = hover = null;
      canvas.classList.toggle("held", now);
    },
    /** Puts other points there; can be undone. @param {Point[]} next */
    put(next) {
      remember();
      points = thin(next);
      onchange();
    },
    /** Starts from these, with nothing to undo. @param {Point[]} first */
    begin(first) {
      [points, past] = [first, []];
    },
    undo() {
      points = past.pop() ?? points;
      onchange();
    },
  };
}

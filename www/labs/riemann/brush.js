// Painting heat on the plate: dabs under the pointer, hot or cold, that the geometry feels at once.
/** @import { Grip } from "./grips.js" */
/** @import { Hand } from "./hand.js" */
/** @import { Place } from "./place.js" */
/** @import { Words } from "./strings.js" */

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
 * @param {HTMLCanvasElement} canvas @param {Hand} hand @param {Words["t"]} t @param {() => Place | null} place
 * @param {() => "hot" | "cold" | null} tool null: nobody paints
 */
export function brush(canvas, hand, t, place, tool) {
  /** @type {[number, number] | null} */
  let last = null;
  /** Where the brush is for whoever has no pointer, in pixels; the middle, until it is moved. @type {[number, number] | null} */
  let spot = null;
  const more = () => (tool() === "hot" ? heat : -heat);
  /** @param {Place} on @param {number} x @param {number} y @returns {[number, number]} */
  const under = (on, x, y) => {
    const [u, v] = on.back(x, y).map((x) => Math.round(x * 1e3) / 1e3);
    return [u, v];
  };
  /** @param {number} x @param {number} y */
  function stroke(x, y) {
    const on = place();
    if (!on || !tool()) return;
    const [u, v] = under(on, x, y);
    spot = [x, y];
    if (last && Math.hypot(u - last[0], v - last[1]) < apart) return;
    last = [u, v];
    hand.drag({ paint: dab(hand.value("paint"), last, more()) });
  }
  const paint = (/** @type {PointerEvent} */ { offsetX, offsetY }) => stroke(offsetX, offsetY);
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

  return {
    /** The brush as a grip: dragged it paints, keys move it and paint where it stands. @param {Place} on @returns {Grip} */
    grip(on) {
      const at = /** @type {[number, number]} */ (spot ?? [on.width / 2, on.height / 2]);
      const [u, v] = under(on, ...at);
      const shown = (/** @type {number} */ x) => x.toFixed(2).replace("-", "−");
      return {
        kind: "brush",
        label: t("grip.brush", { u: shown(u), v: shown(v) }),
        at,
        onmove(x, y, done) {
          stroke(x, y);
          if (done) end();
        },
        onpush(dx, dy) {
          const inside = (/** @type {number} */ k, /** @type {number} */ most) =>
            Math.min(most - 1, Math.max(1, k));
          spot = [inside(at[0] + dx, on.width), inside(at[1] + dy, on.height)];
          hand.touch();
        },
        onpress: () => void hand.drop({ paint: dab(hand.value("paint"), [u, v], more()) }),
      };
    },
  };
}

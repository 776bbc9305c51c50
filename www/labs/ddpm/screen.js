// One picture of the stage: pointer and arrow keys choose a pixel, and on what stands they may also paint.
import { pixels } from "../../views/pixels.js";
import { h } from "../../ui/dom.js";

/**
 * @param {object} needs
 * @param {boolean} needs.focusable
 * @param {() => number[]} needs.size [C, H, W]
 * @param {(place: number | null) => void} needs.point
 * @param {import("./paint.js").Paint | null} needs.paint
 */
export function screen({ focusable, size, point, paint }) {
  const canvas = h("canvas", {
    role: "img",
    class: "screen",
    "data-keys": true,
    tabindex: focusable ? 0 : null,
  });
  /** @type {number | null} */
  let here = null;
  const go = (/** @type {number | null} */ place) => point((here = place));
  const under = (/** @type {PointerEvent} */ { offsetX, offsetY }) => {
    const [, rows, columns] = size();
    const cell = (/** @type {number} */ offset, /** @type {number} */ width, /** @type {number} */ n) =>
      Math.min(n - 1, Math.max(0, Math.floor((n * offset) / width)));
    return cell(offsetX, canvas.clientWidth, columns) + columns * cell(offsetY, canvas.clientHeight, rows);
  };
  canvas.addEventListener("pointermove", (event) => {
    const place = under(event);
    // A quick hand skips pixels: the stroke goes through those between.
    if (paint?.stroking()) between(here ?? place, place, size()[2]).forEach(paint.dab);
    go(place);
  });
  canvas.addEventListener("pointerleave", () => document.activeElement !== canvas && go(null));
  canvas.addEventListener("blur", () => go(null));
  canvas.addEventListener("pointerdown", (event) => {
    if (!paint?.active() || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    paint.begin();
    paint.dab(under(event));
    go(under(event));
  });
  canvas.addEventListener("lostpointercapture", () => paint?.end());
  canvas.addEventListener("keydown", (event) => {
    const [, rows, columns] = size();
    if ((event.key === " " || event.key === "Enter") && paint?.active() && here !== null) {
      paint.begin();
      paint.dab(here);
      paint.end();
      return event.preventDefault();
    }
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (!move || event.shiftKey) return;
    event.preventDefault();
    if (here === null) return go(columns * (rows >> 1) + (columns >> 1));
    const sideways =
      Math.abs(move) === 1 && Math.floor((here + move) / columns) !== Math.floor(here / columns);
    if (!sideways && here + move >= 0 && here + move < rows * columns) go(here + move);
  });
  return { canvas, draw: pixels(canvas) };
}

/** The pixels on the straight way from one to another, the first left out unless it is the only one. @param {number} from @param {number} to @param {number} columns @returns {number[]} */
export function between(from, to, columns) {
  const [y0, x0, y1, x1] = [
    Math.floor(from / columns),
    from % columns,
    Math.floor(to / columns),
    to % columns,
  ];
  const steps = Math.max(1, Math.abs(x1 - x0), Math.abs(y1 - y0));
  return Array.from(
    { length: steps },
    (_, i) =>
      Math.round(y0 + ((y1 - y0) * (i + 1)) / steps) * columns +
      Math.round(x0 + ((x1 - x0) * (i + 1)) / steps),
  );
}

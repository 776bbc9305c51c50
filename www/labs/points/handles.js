// Things on the plane that a hand can move: real buttons over the canvas, dragged or pushed by the arrow keys.
import { h } from "../../ui/dom.js";
import { holdable } from "../../ui/grip.js";
import { placing, reach } from "../../views/plane.js";
/** @import { Point } from "../../ui/sprinkle.js" */

/**
 * @typedef {object} Handle
 * @property {Point} place
 * @property {string} label
 * @property {string} kind a class of its own
 * @property {(place: Point) => void} onmove at the end of a drag, and at each key
 * @property {(place: Point) => void} [onslide] on the way
 * @property {() => void} [ondelete]
 */

const push = 0.1;
const hold = (/** @type {number} */ value) =>
  Math.min(reach, Math.max(-reach, Math.round(value * 1000) / 1000));

/** @param {HTMLElement} frame square, the canvas's own box */
export function handles(frame) {
  const layer = h("div", { class: "handles" });
  frame.append(layer);
  /** @type {{button: HTMLButtonElement, isHeld: () => boolean, handle: Handle}[]} */
  const shown = [];

  /** @param {HTMLElement} button @param {Point} place */
  function put(button, [x, y]) {
    const at = placing(100);
    button.style.left = `${at.x(x)}%`;
    button.style.top = `${at.y(y)}%`;
  }
  /** @param {PointerEvent} event @returns {Point} */
  function under({ clientX, clientY }) {
    const box = layer.getBoundingClientRect();
    const [x, y] = placing(box.width).back(clientX - box.left, clientY - box.top);
    return [hold(x), hold(y)];
  }

  /** @param {number} index */
  function make(index) {
    const button = h("button", { type: "button", class: "handle" });
    const mine = () => shown[index].handle;
    const { isHeld } = holdable(button, {
      slide(event) {
        put(button, under(event));
        mine().onslide?.(under(event));
      },
      drop: (event) => mine().onmove(under(event)),
      push([right, up]) {
        const [x, y] = mine().place;
        mine().onmove([hold(x + push * right), hold(y + push * up)]);
      },
      remove: () => mine().ondelete?.(),
    });
    button.addEventListener("click", (event) => event.stopPropagation());
    layer.append(button);
    return { button, isHeld };
  }

  return {
    /** @param {Handle[]} wanted */
    update(wanted) {
      while (shown.length > wanted.length) shown.pop()?.button.remove();
      wanted.forEach((handle, i) => {
        if (shown[i]) shown[i].handle = handle;
        else {
          shown[i] = /** @type {any} */ ({ handle });
          Object.assign(shown[i], make(i));
        }
        const { button, isHeld } = shown[i];
        if (!isHeld()) put(button, handle.place);
        button.className = `handle ${handle.kind}`;
        button.setAttribute("aria-label", handle.label);
        button.title = handle.label;
      });
    },
  };
}

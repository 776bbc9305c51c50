// Things on the plane that a hand can move: real buttons over the canvas, dragged or pushed by the arrow keys.
import { h } from "../../ui/dom.js";
import { placing, reach } from "../../views/plane.js";
/** @import { Point } from "./brush.js" */

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
  /** @type {{button: HTMLButtonElement, handle: Handle}[]} */
  const shown = [];
  /** @type {number | null} */
  let dragged = null;

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
    const button = h("button", { type: "button", class: "handle", "data-keys": true });
    const mine = () => shown[index].handle;
    button.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      button.setPointerCapture(event.pointerId);
      dragged = index;
    });
    button.addEventListener("pointermove", (event) => {
      if (dragged !== index) return;
      put(button, under(event));
      mine().onslide?.(under(event));
    });
    button.addEventListener("pointerup", (event) => {
      if (dragged !== index) return;
      dragged = null;
      mine().onmove(under(event));
    });
    button.addEventListener("lostpointercapture", () => dragged === index && (dragged = null));
    button.addEventListener("click", (event) => event.stopPropagation());
    button.addEventListener("keydown", (event) => {
      const move = {
        ArrowLeft: [-push, 0],
        ArrowRight: [push, 0],
        ArrowUp: [0, push],
        ArrowDown: [0, -push],
      }[event.key];
      if (move) mine().onmove([hold(mine().place[0] + move[0]), hold(mine().place[1] + move[1])]);
      else if (event.key === "Delete" || event.key === "Backspace") mine().ondelete?.();
      else return;
      event.preventDefault();
    });
    layer.append(button);
    return button;
  }

  return {
    /** @param {Handle[]} wanted */
    update(wanted) {
      while (shown.length > wanted.length) shown.pop()?.button.remove();
      wanted.forEach((handle, i) => {
        if (shown[i]) shown[i].handle = handle;
        else {
          shown[i] = /** @type {any} */ ({ handle });
          shown[i].button = make(i);
        }
        const { button } = shown[i];
        if (dragged !== i) put(button, handle.place);
        button.className = `handle ${handle.kind}`;
        button.setAttribute("aria-label", handle.label);
        button.title = handle.label;
      });
    },
  };
}

// What a hand can move on the chart: real buttons over the canvas, dragged or pushed by the arrow keys.
import { h } from "../../ui/dom.js";
import { holdable } from "../../ui/grip.js";
/** @import { Place } from "./place.js" */

/**
 * @typedef {object} Grip
 * @property {string} kind a class of its own
 * @property {string} label
 * @property {[number, number]} at in CSS pixels
 * @property {(x: number, y: number, done: boolean) => void} onmove to a place of the canvas; done: let go
 * @property {(dx: number, dy: number) => void} onpush by an arrow key, in pixels
 * @property {() => void} [ondelete]
 * @property {() => void} [onpress] by Enter or the space bar
 */

const push = 8;

/** @param {HTMLElement} frame the canvas's own box */
export function grips(frame) {
  const layer = h("div", { class: "grips" });
  frame.append(layer);
  /** @type {{button: HTMLButtonElement, isHeld: () => boolean, grip: Grip}[]} */
  const shown = [];
  /** Where the layer was when the drag began: to ask at every move would lay out the page at every move. */
  let corner = [0, 0];

  /** @param {PointerEvent} event @returns {[number, number]} */
  function under({ clientX, clientY }) {
    return [clientX - corner[0], clientY - corner[1]];
  }

  /** @param {number} index */
  function make(index) {
    const button = h("button", { type: "button", class: "grip" });
    const mine = () => shown[index].grip;
    const { isHeld } = holdable(button, {
      begin() {
        const box = layer.getBoundingClientRect();
        corner = [box.left, box.top];
      },
      slide: (event) => mine().onmove(...under(event), false),
      drop: (event) => mine().onmove(...under(event), true),
      push([right, up], far) {
        const size = far ? 4 * push : push;
        mine().onpush(size * right, -size * up);
      },
      remove: () => mine().ondelete?.(),
    });
    // A pointer has dragged; only keys press.
    button.addEventListener("click", ({ detail }) => detail === 0 && mine().onpress?.());
    layer.append(button);
    return { button, isHeld };
  }

  return {
    /** @param {Grip[]} wanted */
    update(wanted) {
      wanted.forEach((grip, i) => {
        shown[i] ??= { ...make(i), grip };
        const { button, isHeld } = shown[i];
        shown[i].grip = grip;
        if (button.hidden) button.hidden = false;
        const kind = `grip ${grip.kind}`;
        if (button.className !== kind) button.className = kind;
        button.style.translate = `${grip.at[0]}px ${grip.at[1]}px`;
        if (!isHeld() && button.getAttribute("aria-label") !== grip.label) {
          button.setAttribute("aria-label", grip.label);
          button.title = grip.label;
        }
      });
      for (const { button } of shown.slice(wanted.length)) button.hidden = true;
    },
  };
}

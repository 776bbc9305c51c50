// What a hand can move on the chart: real buttons over the canvas, dragged or pushed by the arrow keys.
import { h } from "../../ui/dom.js";
/** @import { Place } from "./place.js" */

/**
 * @typedef {object} Grip
 * @property {string} kind a class of its own
 * @property {string} label
 * @property {[number, number]} at in CSS pixels
 * @property {(x: number, y: number, done: boolean) => void} onmove to a place of the canvas; done: let go
 * @property {(dx: number, dy: number) => void} onpush by an arrow key, in pixels
 * @property {() => void} [ondelete]
 */

const push = 8;

/** @param {HTMLElement} frame the canvas's own box */
export function grips(frame) {
  const layer = h("div", { class: "grips" });
  frame.append(layer);
  /** @type {{button: HTMLButtonElement, grip: Grip}[]} */
  const shown = [];
  /** @type {number | null} */
  let dragged = null;

  /** @param {PointerEvent} event @returns {[number, number]} */
  function under({ clientX, clientY }) {
    const box = layer.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  /** @param {number} index */
  function make(index) {
    const button = h("button", { type: "button", class: "grip", "data-keys": true });
    const mine = () => shown[index].grip;
    button.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      button.setPointerCapture(event.pointerId);
      dragged = index;
    });
    button.addEventListener(
      "pointermove",
      (event) => dragged === index && mine().onmove(...under(event), false),
    );
    const end = (/** @type {PointerEvent} */ event) => {
      if (dragged !== index) return;
      dragged = null;
      mine().onmove(...under(event), true);
    };
    button.addEventListener("pointerup", end);
    button.addEventListener("pointercancel", end);
    button.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const far = event.shiftKey ? 4 * push : push;
      if (way) mine().onpush(far * way[0], far * way[1]);
      else if (event.key === "Delete" || event.key === "Backspace") mine().ondelete?.();
      else return;
      event.preventDefault();
    });
    layer.append(button);
    return button;
  }

  return {
    isDragged: () => dragged !== null,
    /** @param {Grip[]} wanted */
    update(wanted) {
      wanted.forEach((grip, i) => {
        shown[i] ??= { button: make(i), grip };
        const { button } = shown[i];
        shown[i].grip = grip;
        button.hidden = false;
        button.className = `grip ${grip.kind}`;
        button.style.left = `${grip.at[0]}px`;
        button.style.top = `${grip.at[1]}px`;
        if (button.getAttribute("aria-label") !== grip.label) {
          button.setAttribute("aria-label", grip.label);
          button.title = grip.label;
        }
      });
      for (const { button } of shown.slice(wanted.length)) button.hidden = true;
    },
  };
}

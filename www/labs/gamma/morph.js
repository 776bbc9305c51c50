// The slider that drags Euler's integrand from ω to t = e^ω; the step that substitutes drags it by itself.
import { h } from "../../ui/dom.js";
/** @import { Picture } from "./steps.js" */
/** @import { Words } from "./strings.js" */

/** ms of the way. */
const length = 1400;
/** The state that substitutes. */
const substitution = 7;

/** @param {Words} words @param {() => void} redraw @param {AbortSignal} signal @param {() => boolean} still */
export function morphing({ t }, redraw, signal, still) {
  let share = 0;
  let frame = 0;
  let before = -1;
  const range = h("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 0,
    "aria-label": t("morph.title"),
    oninput() {
      cancelAnimationFrame(frame);
      share = Number(range.value) / 100;
      redraw();
    },
  });
  const element = h(
    "label",
    { class: "morph" },
    h("i", { "aria-hidden": "true" }, "ω"),
    range,
    h("i", { "aria-hidden": "true" }, "t = e^ω"),
  );
  signal.addEventListener("abort", () => cancelAnimationFrame(frame), { once: true });

  function glide() {
    cancelAnimationFrame(frame);
    const began = performance.now();
    const turn = () => {
      const part = still() ? 1 : Math.min(1, (performance.now() - began) / length);
      put((1 - Math.cos(Math.PI * part)) / 2);
      if (part < 1) frame = requestAnimationFrame(turn);
    };
    frame = requestAnimationFrame(turn);
  }
  /** @param {number} to */
  function put(to) {
    share = to;
    range.value = String(Math.round(100 * to));
    redraw();
  }
  return {
    element,
    morph: () => share,
    /** @param {Picture} name on the stage @param {number} at the state */
    update(name, at) {
      element.hidden = name !== "pair";
      if (at === before) return;
      const first = before < 0;
      before = at;
      if (at === substitution && !first) glide();
      else if (at === substitution) put(0.5);
      else if (share) put(0);
    },
  };
}

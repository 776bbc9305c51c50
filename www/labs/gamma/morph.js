// The slider that drags Euler's integrand from ω to t = e^ω; the step that substitutes drags it by itself.
import { h } from "../../ui/dom.js";
/** @import { Picture } from "./steps.js" */
/** @import { Words } from "./strings.js" */

/** ms of the way. */
const length = 1400;
/** The state that substitutes. */
const substitution = 7;

/** What the link says where nobody has moved it. */
const own = -1;

/**
 * @param {object} needs
 * @param {Words} needs.words @param {() => void} needs.redraw @param {AbortSignal} needs.signal @param {() => boolean} needs.still
 * @param {(share: number) => void} needs.onput a hand has put it somewhere
 * @param {(share: number) => void} needs.onlost another step: it moves by itself again
 */
export function morphing({ words: { t }, redraw, signal, still, onput, onlost }) {
  let share = 0;
  let frame = 0;
  let before = -1;
  /** As the link had it. */
  let known = own;
  /** The session that was seen last, and whether it has come to its own step: the way there is no step of somebody's. */
  let seen = -1;
  let arrived = false;
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
    onchange() {
      known = share;
      onput(share);
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
    /** @param {Picture} name on the stage @param {number} at the state @param {number} asked by the link @param {{session: number, step: number}} opened which session, for which step */
    update(name, at, asked, { session, step }) {
      element.hidden = name !== "pair";
      const there = session === seen && arrived;
      arrived = there || at === step;
      const [first, moved] = [before < 0, asked !== known];
      seen = session;
      if (at === before && !moved) return;
      const stepped = at !== before && !first;
      before = at;
      known = asked;
      if (asked >= 0 && (moved || first || !there)) {
        cancelAnimationFrame(frame);
        return put(asked);
      }
      if (asked >= 0 && stepped) {
        known = own;
        onlost(own);
      }
      if (at === substitution && stepped) glide();
      else if (at === substitution) put(0.5);
      else if (share) put(0);
    },
  };
}

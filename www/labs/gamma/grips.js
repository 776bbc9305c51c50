// What a hand holds on the landscape: z and the line Re z = c, real buttons, dragged or pushed by the arrow keys.
import { h } from "../../ui/dom.js";
import { holdable } from "../../ui/grip.js";
import { number } from "../../ui/format.js";
import { placing, rounded, written } from "./window.js";
/** @import { Live } from "../../ui/live.js" */
/** @import { View } from "./window.js" */
/** @import { Words } from "./strings.js" */

/**
 * @param {object} needs
 * @param {Words["t"]} needs.t @param {Live} needs.live @param {() => View} needs.view
 * @param {HTMLElement} needs.frame the landscape's own box
 */
export function grips({ t, live, view, frame }) {
  const layer = h("div", { class: "grips" });
  frame.append(layer);
  const size = () => /** @type {const} */ ([layer.clientWidth || 1, layer.clientHeight || 1]);
  const round = (/** @type {number} */ value, /** @type {number} */ most) =>
    Math.min(most, Math.max(-most, rounded(value, view(), size()[0])));

  /** @param {string} kind @param {(re: number, im: number) => Record<string, number>} change @param {(dx: number, dy: number) => Record<string, number> | null} push */
  function grip(kind, change, push) {
    const button = h("button", { type: "button", class: `grip ${kind}` });
    /** Where the layer was when the drag began. */
    let corner = [0, 0];
    const under = (/** @type {PointerEvent} */ { clientX, clientY }) =>
      change(...placing(view(), ...size()).back(clientX - corner[0], clientY - corner[1]));
    holdable(button, {
      begin() {
        const box = layer.getBoundingClientRect();
        corner = [box.left, box.top];
      },
      slide: (event) => live.move(under(event)),
      drop: (event) => live.settle(under(event)),
      push([right, up], far) {
        const steps = far ? 10 : 1;
        const asked = push(right * steps, up * steps);
        if (asked) live.settle(asked);
      },
    });
    layer.append(button);
    return button;
  }
  /** One hundredth of what is seen, as a round number. */
  const unit = () => 10 ** Math.floor(Math.log10(view().span / 50));
  const z = grip(
    "grip-z",
    (re, im) => {
      const { span } = view();
      // The real axis and whole numbers catch a hand that comes near, so that poles can be met.
      const near = span / 90;
      const onAxis = Math.abs(im) < near;
      const whole = Math.round(re);
      return {
        re: onAxis && Math.abs(re - whole) < near / 2 ? whole : round(re, 200),
        im: onAxis ? 0 : round(im, 200),
      };
    },
    (dx, dy) => {
      const { re, im } = live.values();
      return { re: round(re + dx * unit(), 200), im: round(im + dy * unit(), 200) };
    },
  );
  const line = grip(
    "grip-c",
    (re) => ({ c: Math.min(8, Math.max(-4, Number(re.toFixed(2)))) }),
    (dx) => (dx ? { c: Math.min(8, Math.max(-4, Number((live.values().c + dx * 0.05).toFixed(3)))) } : null),
  );

  return {
    place() {
      const values = live.values();
      const at = placing(view(), ...size());
      const [wide, high] = size();
      const inside = (/** @type {number} */ place, /** @type {number} */ length) =>
        place >= -6 && place <= length + 6;
      const [x, y, cx] = [at.x(values.re), at.y(values.im), at.x(values.c)];
      z.style.left = `${x}px`;
      z.style.top = `${y}px`;
      z.hidden = !inside(x, wide) || !inside(y, high);
      line.style.left = `${cx}px`;
      line.hidden = !inside(cx, wide);
      label(z, t("grip.z", { z: written(values.re, values.im) }));
      label(line, t("grip.c", { c: number(values.c) }));
    },
  };
}

/** @param {HTMLElement} button @param {string} words */
function label(button, words) {
  if (button.title === words) return;
  button.title = words;
  button.setAttribute("aria-label", words);
}

// The lamp that warns when the building is not yet rubble at T.
import { h, write } from "./dom.js";
import { percent } from "./format.js";
import { amplitudes } from "./schedule.js";
import { strings } from "./strings-schedule.js";
/** @import { State } from "./player.js" */

/** The article takes less than a twentieth for nothing. */
const threshold = 0.05;

/** @param {import("./i18n.js").Words} words @param {{long?: boolean}} [how] long: with what it means */
export function lamp(words, { long = false } = {}) {
  const { t } = words.with(strings);
  const text = h("span", {});
  const element = h("p", { class: "lamp" }, h("span", { class: "bulb", "aria-hidden": "true" }), text);
  const keys = long
    ? /** @type {const} */ (["chart.lamp.red", "chart.lamp.green"])
    : /** @type {const} */ (["lamp.red", "lamp.green"]);
  return {
    element,
    /** @param {State} state */
    update({ frames }) {
      if (!frames.schedule) return;
      const { building } = amplitudes(frames, frames.schedule.shape[1] - 1);
      const red = building > threshold;
      element.classList.toggle("red", red);
      write(text, t(keys[red ? 0 : 1], { share: percent(building) }));
    },
  };
}

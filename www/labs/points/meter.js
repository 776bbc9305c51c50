// Two gauges beside the plane: how far the particles are from fresh data, and how much of them is copied.
import { h, write } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
/** @import { Readout } from "../../types.js" */

/** The gauge of distance ends at this many times the floor. */
const far = 6;

/** Where a distance lies on its gauge: the floor itself at 0. @param {number} distance @param {number} floor */
export const placeOf = (distance, floor) => Math.min(1, Math.max(0, (distance / floor - 1) / (far - 1)));

/** @param {import("../../ui/i18n.js").Words} words */
export function meters({ t, pick }) {
  const distance = one("distance", t("meter.distance"), t("meter.floor"), t("meter.far", { n: far }));
  const copied = one("copied", t("meter.title"), t("meter.new"), t("meter.copies"));
  distance.gauge.append(h("i", { class: "mark", style: `left: ${100 * placeOf(1.5, 1)}%` }));

  /** @param {string} kind @param {string} title @param {string} low @param {string} high */
  function one(kind, title, low, high) {
    const needle = h("i", { class: "needle" });
    const gauge = h("div", { class: `gauge ${kind}`, role: "meter", "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": title }, needle);
    const value = h("output", {});
    const note = h("p", { class: "hint" });
    const element = h("section", { class: "meter" }, h("header", {}, h("h3", {}, title), value), gauge,
      h("p", { class: "ends", "aria-hidden": "true" }, h("span", {}, low), h("span", {}, high)), note);
    return { element, gauge,
      /** @param {number | null} place 0..1 @param {string} said @param {string} why */
      show(place, said, why) {
        needle.hidden = place === null;
        needle.style.left = `${100 * (place ?? 0)}%`;
        gauge.setAttribute("aria-valuenow", String(Math.round(100 * (place ?? 0))));
        gauge.setAttribute("aria-valuetext", said);
        write(value, said);
        write(note, why);
      } };
  }

  return {
    element: h("div", { class: "gauges" }, distance.element, copied.element),
    /** @param {Readout[]} readouts */
    update(readouts) {
      const value = (/** @type {string} */ id) => readouts.find((readout) => readout.id === id)?.value ?? null;
      const [w2, floor, share] = ["w2", "w2_floor", "memorised"].map(value);
      if (w2 === null || !floor) distance.show(null, "–", t("meter.none"));
      else distance.show(placeOf(w2, floor), `${number(w2, 3)} = ${number(w2 / floor, 3)} × ${number(floor, 3)}`, "");
      const found = readouts.find(({ id }) => id === "memorised");
      copied.element.hidden = !found;
      if (found) copied.show(share, share === null ? "–" : percent(share), share === null ? "" : pick(found.note));
    },
  };
}

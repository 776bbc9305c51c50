// Two gauges beside the plane: how far the particles are from fresh data, and how much of them is copied.
import { h, write } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
/** @import { Readout } from "../../types.js" */

/** The gauge of distance ends at this many times what the claim allows. */
const far = 4;

/** @param {import("./strings.js").Words} words */
export function meters({ t, pick }) {
  const distance = one(
    "distance",
    t("meter.distance"),
    t("meter.near"),
    t("meter.far", { n: far }),
    t("meter.w2"),
  );
  const copied = one("copied", t("meter.title"), t("meter.new"), t("meter.copies"), t("meter.copied"));
  distance.gauge.append(h("i", { class: "mark", style: `left: ${100 / far}%` }));

  /** @param {string} kind @param {string} title @param {string} low @param {string} high @param {string} says what it means */
  function one(kind, title, low, high, says) {
    const needle = h("i", { class: "needle" });
    const gauge = h(
      "div",
      {
        class: `gauge ${kind}`,
        role: "meter",
        "aria-valuemin": 0,
        "aria-valuemax": 100,
        "aria-label": title,
      },
      needle,
    );
    const value = h("output", {});
    const note = h("p", { class: "hint" });
    const element = h(
      "section",
      { class: "meter" },
      h("header", {}, h("h3", {}, title), value),
      gauge,
      h("p", { class: "ends", "aria-hidden": "true" }, h("span", {}, low), h("span", {}, high)),
      h("p", { class: "hint" }, says),
      note,
    );
    return {
      element,
      gauge,
      /** @param {number | null} place 0..1 @param {string} said @param {string} why */
      show(place, said, why) {
        needle.hidden = place === null;
        needle.style.left = `${100 * (place ?? 0)}%`;
        gauge.setAttribute("aria-valuenow", String(Math.round(100 * (place ?? 0))));
        gauge.setAttribute("aria-valuetext", said);
        write(value, said);
        write(note, why);
      },
    };
  }

  return {
    element: h("div", { class: "gauges" }, distance.element, copied.element),
    /** @param {Readout[]} readouts @param {boolean} training then they speak of the network of before */
    update(readouts, training) {
      const w2 = readouts.find(({ id }) => id === "w2");
      if (training || !w2?.expected || w2.value === null)
        distance.show(null, "–", t(training ? "meter.later" : "meter.none"));
      else
        distance.show(
          Math.min(1, w2.value / (far * w2.expected)),
          t("meter.of", { value: number(w2.value, 3), allowed: number(w2.expected, 3) }),
          "",
        );
      const found = readouts.find(({ id }) => id === "memorised");
      const share = training ? null : (found?.value ?? null);
      copied.element.hidden = !found;
      if (found)
        copied.show(share, share === null ? "–" : percent(share), share === null ? "" : pick(found.note));
    },
  };
}

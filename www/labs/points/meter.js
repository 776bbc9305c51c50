// Where the particles stand between inventing and copying: a gauge with the engine's readout on it.
import { h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
/** @import { Readout } from "../../types.js" */

/** @param {import("../../ui/i18n.js").Words} words */
export function meter({ t, pick }) {
  const needle = h("i", { class: "needle" });
  const gauge = h("div", { class: "gauge", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": t("meter.title") }, needle);
  const value = h("output", {});
  const note = h("p", { class: "hint" });
  const element = h("section", { class: "meter" },
    h("header", {}, h("h3", {}, t("meter.title")), value), gauge,
    h("p", { class: "ends", "aria-hidden": "true" }, h("span", {}, t("meter.new")), h("span", {}, t("meter.copies"))), note);
  return {
    element,
    /** @param {Readout[]} readouts */
    update(readouts) {
      const found = readouts.find(({ id }) => id === "memorised");
      element.hidden = !found;
      if (!found) return;
      const share = found.value;
      needle.hidden = share === null;
      needle.style.left = `${100 * (share ?? 0)}%`;
      gauge.setAttribute("aria-valuenow", String(Math.round(100 * (share ?? 0))));
      gauge.setAttribute("aria-valuetext", share === null ? t("meter.none") : percent(share));
      write(value, share === null ? "–" : percent(share));
      write(note, share === null ? t("meter.none") : pick(found.note));
    },
  };
}

// The schedule's chart, with the lamp below it.
import { curves } from "../views/curves.js";
import { lettering } from "../views/lettering.js";
import { h } from "./dom.js";
import { number } from "./format.js";
import { lamp } from "./lamp.js";
import { amplitudes } from "./schedule.js";
import { source } from "./source.js";
import { strings } from "./strings-schedule.js";
/** @import { State } from "./player.js" */

/** @param {import("./i18n.js").Words} words @param {AbortSignal} signal when the lab ends */
export function chart(words, signal) {
  const { t } = words.with(strings);
  const place = h("div", { class: "plot", role: "img" });
  const left = lamp(words, { long: true });
  const key = h(
    "p",
    { class: "key", "aria-hidden": "true" },
    h("span", { class: "building", "data-tex": "\\bar\\alpha_t" }, "ᾱₜ"),
    h("span", { class: "rubble", "data-tex": "\\bar\\beta_t" }, "β̄ₜ"),
    h("span", { class: "snr" }, t("chart.snr")),
  );
  const element = h(
    "section",
    { class: "chart", "aria-labelledby": "chart-title" },
    h("header", {}, h("h2", { id: "chart-title" }, t("chart.title")), key),
    place,
    left.element,
  );
  /** Its formulas are typeset once that has come; a saved picture has them as letters. */
  const { reads } = source(element, {
    legend: () =>
      [
        ["--ink", "ᾱₜ"],
        ["--signed-plus", "β̄ₜ"],
        ["--signed-minus", t("chart.snr")],
      ].map(([name, label]) => [getComputedStyle(place).getPropertyValue(name), label]),
  });
  /** @type {ReturnType<typeof curves> | null} */
  let draw = null;

  /** @param {State} state @param {import("../views/palette.js").Palette} palette */
  function update(state, { colours }) {
    const { status } = state;
    const frames = reads(state.frames);
    if (!frames.schedule || status?.t === undefined) return;
    const columns = frames.schedule.shape[1];
    const last = amplitudes(frames, columns - 1);
    const now = amplitudes(frames, status.t);
    left.update(state);
    place.setAttribute(
      "aria-label",
      t("chart.alt", {
        T: columns - 1,
        end: number(last.building, 3),
        rubble: number(last.rubble, 3),
        t: Math.round(status.t),
        a: number(now.building, 3),
        b: number(now.rubble, 3),
      }),
    );
    draw?.({
      schedule: frames.schedule.data,
      columns,
      t: status.t,
      colours,
      font: lettering(place),
    });
  }
  return {
    element,
    update,
    /** @param {any} uPlot */
    equip(uPlot) {
      draw = curves(place, uPlot, { building: "abar", rubble: "bbar", snr: "SNR" });
      signal.addEventListener("abort", draw.destroy);
    },
  };
}

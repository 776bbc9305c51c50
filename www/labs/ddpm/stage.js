// The stage: what stands = A times the building the model believes in + B times the rubble it sees.
import { legend } from "../../views/legend.js";
import { pixels } from "../../views/pixels.js";
import { section } from "../../views/section.js";
import { h, write } from "../../ui/dom.js";
import { percent, steady } from "../../ui/format.js";
import { amplitudes } from "./sums.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "../../ui/i18n.js" */
/** @import { Palette } from "../../views/palette.js" */

const names = /** @type {const} */ (["x", "x0", "eps"]);
const symbols = { x: "x<sub>t</sub>", x0: "x̂<sub>0</sub>", eps: "ε̂" };

/** @param {Words} words @param {Element} samples the grid beside the equation @param {() => void} redraw */
export function stage({ t }, samples, redraw) {
  /** @type {number | null} */
  let probe = null;
  const screens = names.map((name) => screen(name));
  const factor = { x0: h("span", { class: "factor" }), eps: h("span", { class: "factor" }) };
  const cut = h("canvas", { class: "cut", "aria-hidden": "true" });
  const drawCut = section(cut);
  const building = h("span", { class: "building" });
  const rubble = h("span", { class: "rubble" });
  const status = h("p", { class: "probe", role: "status" });
  const bars = [h("canvas", { class: "legend", "aria-hidden": "true" }), h("canvas", { class: "legend", "aria-hidden": "true" })];
  const drawLegends = bars.map((canvas) => legend(canvas));

  /** @param {typeof names[number]} name */
  function screen(name) {
    const canvas = h("canvas", { role: "img", class: "screen", "data-keys": true, tabindex: name === "x" ? 0 : null });
    canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => point(cell(offsetX, canvas.clientWidth) + 8 * cell(offsetY, canvas.clientHeight)));
    canvas.addEventListener("pointerleave", () => document.activeElement !== canvas && point(null));
    canvas.addEventListener("blur", () => point(null));
    canvas.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 }[event.key];
      if (!move || event.shiftKey) return;
      event.preventDefault();
      const from = probe ?? 27;
      const sideways = Math.abs(move) === 1 && Math.floor((from + move) / 8) !== Math.floor(from / 8);
      if (!sideways && from + move >= 0 && from + move < 64) point(from + move);
    });
    return { name, canvas, draw: pixels(canvas) };
  }
  const cell = (/** @type {number} */ offset, /** @type {number} */ size) => Math.min(7, Math.max(0, Math.floor((8 * offset) / size)));
  const point = (/** @type {number | null} */ index) => {
    if (index === probe) return;
    probe = index;
    redraw();
  };

  /** @param {typeof screens[number]} of @param {string} caption @param {Node} [before] */
  const figure = ({ name, canvas }, caption, before) => {
    const symbol = h("span", { class: "symbol" });
    symbol.innerHTML = symbols[name];
    return h("figure", { class: `figure figure-${name}` }, h("figcaption", {}, symbol, h("span", {}, caption)), before, h("div", { class: "frame" }, canvas));
  };
  const element = h("section", { class: "stage", "aria-label": t("stage.title"), tabindex: "-1" },
    h("div", { class: "equation" },
      figure(screens[0], t("stage.x")),
      h("div", { class: "terms" },
        h("span", { class: "sign", "aria-hidden": "true" }, "="),
        figure(screens[1], t("stage.x0"), factor.x0),
        h("span", { class: "sign plus", "aria-hidden": "true" }, "+"),
        figure(screens[2], t("stage.eps"), factor.eps)),
      h("div", { class: "side" }, samples,
        h("div", { class: "legends" },
          h("figure", {}, bars[0], h("figcaption", {}, t("stage.legend.picture"))),
          h("figure", {}, bars[1], h("figcaption", {}, t("stage.legend.signed"), h("span", { class: "nan" }, t("stage.legend.broken"))))))),
    h("div", { class: "under" }, status),
    h("div", { class: "ratio", role: "group", "aria-label": t("share.title") },
      h("div", { class: "ends" }, building, h("span", { class: "formula", "aria-hidden": "true", "data-tex": "\\bar\\alpha_t^2 : \\bar\\beta_t^2" }), rubble), cut));

  /** @param {State} state @param {Palette} palette */
  function update(state, palette) {
    const { status: now, frames, selected } = state;
    if (!now || !frames.x) return;
    const { colours } = palette;
    const size = 64;
    const values = Object.fromEntries(names.map((name) => [name, frames[name].data.subarray(selected * size, (selected + 1) * size)]));
    for (const { name, draw } of screens) {
      draw({ values: values[name], columns: 8, scale: name === "eps" ? palette.signed : palette.picture, colours, probe, grid: true });
    }
    const { building: a, rubble: b } = amplitudes(frames, now.t);
    write(factor.x0, `${steady(a)} ×`);
    write(factor.eps, `${steady(b)} ×`);
    const shares = { building: percent(a * a), rubble: percent(1 - a * a) };
    write(building, t("share.building", { share: shares.building }));
    write(rubble, t("share.rubble", { share: shares.rubble }));
    drawCut({ share: a * a, colours });
    const sample = { sample: selected + 1, samples: frames.x.shape[0], t: Math.round(now.t), ...shares };
    [t("stage.seen", sample), t("stage.belief", sample), t("stage.noise", sample)].forEach((label, i) => screens[i].canvas.setAttribute("aria-label", label));
    write(status, probe === null ? t("stage.hint") : `${t("stage.probe", { row: Math.floor(probe / 8) + 1, column: (probe % 8) + 1 })}: xₜ ${steady(values.x[probe])} · x̂₀ ${steady(values.x0[probe])} · ε̂ ${steady(values.eps[probe])}`);
    status.classList.toggle("on", probe !== null);
    const font = `11px ${getComputedStyle(element).fontFamily}`;
    drawLegends[0]({ scale: palette.picture, ticks: [-2, -1, 0, 1, 2], colours, font });
    drawLegends[1]({ scale: palette.signed, ticks: [-3, 0, 3], colours, font });
  }
  return { element, update, scale: () => screens[0].canvas.clientWidth / 8 };
}

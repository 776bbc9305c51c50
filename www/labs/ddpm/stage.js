// The stage: what stands = A times a building + B times the rubble on it, and what is left of it at the end.
import { sizeOf as boxOf } from "../../views/canvas.js";
import { legend } from "../../views/legend.js";
import { pixels } from "../../views/pixels.js";
import { section } from "../../views/section.js";
import { h, write } from "../../ui/dom.js";
import { percent, steady } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { lamp } from "../../ui/lamp.js";
import { source } from "../../ui/source.js";
import { lettering } from "../../views/lettering.js";
import { original } from "./original.js";
import { trackName } from "./describe.js";
import { hasTruth, parts } from "./parts.js";
import { numbersAt, pictureOf, sizeOf } from "./pictures.js";
import { screen } from "./screen.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

const names = /** @type {const} */ (["x", "x0", "eps"]);
const symbols = {
  belief: { x: "x<sub>t</sub>", x0: "x̂<sub>0</sub>", eps: "ε̂" },
  truth: {
    x: "x<sub>t</sub>",
    x0: "<span class=bar>α</span><sub>t</sub> x<sub>0</sub>",
    eps: "<span class=bar>β</span><sub>t</sub> ε",
  },
};

/**
 * @param {Words} words
 * @param {object} with_
 * @param {Element[]} with_.aside beside the equation, under the picture at the start
 * @param {import("./paint.js").Paint} with_.paint takes the strokes on what stands
 * @param {Element} with_.hammer sliders of the demolition
 * @param {() => void} with_.redraw
 */
export function stage(words, { aside, paint, hammer, redraw }) {
  const { t } = words;
  /** @type {number | null} */
  let probe = null;
  let size = [1, 8, 8];
  /** @type {"truth" | "belief" | "pair"} */
  let wants = "truth";
  /** How many tracks there were. */
  let tracks = 1;
  const point = (/** @type {number | null} */ place) => {
    if (place === probe) return;
    probe = place;
    redraw();
  };
  const screens = names.map((name) => ({
    name,
    ...screen({ focusable: name === "x", size: () => size, point, paint: name === "x" ? paint : null }),
  }));
  const said = Object.fromEntries(
    names.map((name) => [name, { symbol: h("span", { class: "symbol" }), caption: h("span", {}) }]),
  );
  const factor = { x0: h("span", { class: "factor" }), eps: h("span", { class: "factor" }) };
  const other = h("canvas", { role: "img", class: "screen" });
  const drawOther = pixels(other);
  const otherSays = h("span", {});
  const cut = h("canvas", { class: "cut", "aria-hidden": "true" });
  const drawCut = section(cut);
  const building = h("span", { class: "building" });
  const rubble = h("span", { class: "rubble" });
  const status = h("p", { class: "probe", role: "status" });
  const bars = [
    h("canvas", { class: "legend", "aria-hidden": "true" }),
    h("canvas", { class: "legend", "aria-hidden": "true" }),
  ];
  const drawLegends = bars.map((canvas) => legend(canvas));
  const legendSays = [h("span", {}), h("span", {})];
  const left = lamp(words);
  const model = original(t);
  const radios = /** @type {const} */ (["truth", "belief", "pair"]).map((value) =>
    h("input", { type: "radio", name: "parts", value, onchange: () => ((wants = value), redraw()) }),
  );
  const partName = family("parts", ["truth", "belief", "pair"]);
  const choice = h(
    "div",
    { class: "segments parts", role: "radiogroup", "aria-label": t("parts.title") },
    radios.map((radio) =>
      h("label", {}, radio, h("span", {}, t(partName[/** @type {"pair"} */ (radio.value)]))),
    ),
  );

  /** @param {typeof screens[number]} of @param {Node} [before] */
  const figure = ({ name, canvas }, before) =>
    h(
      "figure",
      { class: `figure figure-${name}` },
      h("figcaption", {}, said[name].symbol, said[name].caption),
      before,
      h("div", { class: "frame" }, canvas),
    );
  const element = h(
    "section",
    { class: "stage", "aria-label": t("stage.title"), tabindex: "-1" },
    h(
      "div",
      { class: "equation" },
      figure(screens[0]),
      h(
        "figure",
        { class: "figure figure-other" },
        h("figcaption", {}, h("span", { class: "symbol" }, "x", h("sub", {}, "t")), otherSays),
        h("div", { class: "frame" }, other),
      ),
      h(
        "div",
        { class: "terms" },
        h("span", { class: "sign", "aria-hidden": "true" }, "="),
        figure(screens[1], factor.x0),
        h("span", { class: "sign plus", "aria-hidden": "true" }, "+"),
        figure(screens[2], factor.eps),
      ),
      h(
        "div",
        { class: "side" },
        h("div", { class: "aside" }, model.element, aside),
        h(
          "div",
          { class: "legends" },
          h("figure", {}, bars[0], h("figcaption", {}, legendSays[0])),
          h(
            "figure",
            {},
            bars[1],
            h("figcaption", {}, legendSays[1], h("span", { class: "nan" }, t("stage.legend.broken"))),
          ),
        ),
      ),
    ),
    h("div", { class: "under" }, status, choice),
    h(
      "div",
      { class: "ratio", role: "group", "aria-label": t("share.title") },
      h(
        "div",
        { class: "ends" },
        building,
        h("span", {
          class: "formula",
          "aria-hidden": "true",
          "data-tex": "\\bar\\alpha_t^2 : \\bar\\beta_t^2",
        }),
        rubble,
      ),
      cut,
      h("div", { class: "hammer" }, hammer, left.element),
    ),
  );

  const { reads } = source(/** @type {Element} */ (element.querySelector(".equation")), {
    head: element.querySelector(".under"),
    name: () => t("stage.pictures"),
    drawn: false,
  });
  let mode = "";
  /** @param {"truth" | "belief"} now */
  function label(now) {
    if (now === mode) return;
    mode = now;
    for (const name of names) said[name].symbol.innerHTML = symbols[now][name];
    write(said.x0.caption, t(now === "truth" ? "parts.building" : "stage.x0"));
    write(said.eps.caption, t(now === "truth" ? "parts.rubble" : "stage.eps"));
  }

  /** @param {State} state @param {Palette} palette */
  function update(state, palette) {
    const { status: now, selected } = state;
    const frames = reads(state.frames);
    if (!now || !frames.x) return;
    const { colours } = palette;
    size = sizeOf(frames.x);
    element.style.setProperty("--cells", String(size[2]));
    // While the model is on its way there is only the truth to be seen.
    const known = Boolean(frames.x0 && frames.eps);
    const all = now.tracks ?? [];
    // Who forks wants to see both.
    if (all.length !== tracks) wants = all.length > 1 ? "pair" : "truth";
    tracks = all.length;
    const paired = wants === "pair" && all.length > 1;
    const truth = hasTruth(state) && (wants === "truth" || !known);
    label(truth ? "truth" : "belief");
    const chosen = paired ? "pair" : truth ? "truth" : "belief";
    for (const radio of radios) {
      radio.checked = radio.value === chosen;
      radio.disabled = radio.value === "belief" && !known;
      const there = { truth: hasTruth(state), belief: true, pair: all.length > 1 };
      /** @type {HTMLElement} */ (radio.parentElement).hidden = !there[/** @type {"pair"} */ (radio.value)];
    }
    choice.classList.toggle("away", !hasTruth(state) && all.length < 2);
    element.classList.toggle("paired", paired);
    const beside = state.track > 0 ? all[state.track]?.parent : all.length - 1;
    if (paired) {
      write(otherSays, trackName(words, all[beside].fork));
      other.setAttribute("aria-label", trackName(words, all[beside].fork));
      write(said.x.caption, trackName(words, all[state.track].fork));
    } else write(said.x.caption, t("stage.x"));
    const shown = parts(state, palette, truth);
    const painted = paint.over(shown.x);
    const { building: a, rubble: b } = shown;
    write(factor.x0, truth ? `${steady(a)} x₀` : `${steady(a)} ×`);
    write(factor.eps, truth ? `${steady(b)} ε` : `${steady(b)} ×`);
    const shares = { building: percent(a * a), rubble: percent(1 - a * a) };
    write(building, t("share.building", { share: shares.building }));
    write(rubble, t("share.rubble", { share: shares.rubble }));
    left.update(state);
    const sample = { sample: selected + 1, samples: frames.x.shape[0], t: Math.round(now.t ?? 0), ...shares };
    const labels = truth
      ? [
          t("stage.seen", sample),
          t("parts.building.alt", { share: percent(a) }),
          t("parts.rubble.alt", { share: percent(b) }),
        ]
      : [t("stage.seen", sample), t("stage.belief", sample), t("stage.noise", sample)];
    labels.forEach((label, i) => screens[i].canvas.setAttribute("aria-label", label));
    write(
      status,
      probe === null || probe >= size[1] * size[2]
        ? t(paint.active() ? "brush.hint" : "stage.hint")
        : `${t("stage.probe", { row: Math.floor(probe / size[2]) + 1, column: (probe % size[2]) + 1 })}: ${readings(probe, { ...shown, x: painted }, symbols[truth ? "truth" : "belief"])}`,
    );
    status.classList.toggle("on", probe !== null);
    const [channels] = size;
    write(legendSays[0], t(channels === 1 ? "stage.legend.picture" : "stage.legend.colours"));
    write(legendSays[1], t(channels === 1 ? "stage.legend.signed" : "stage.legend.coloured"));

    model.update(state, palette);
    // All words are written: the browser lays the page out once, and then it is drawn on.
    for (const { name, canvas, draw } of screens) {
      const brush = name === "x" && paint.active();
      const picture = name === "x" ? painted : shown[name];
      canvas.classList.toggle("unknown", !picture);
      if (!picture || (paired && name !== "x")) continue;
      draw({
        picture,
        colours,
        probe,
        reach: brush ? paint.reach() : 1,
        grid: brush || size[2] <= 16,
      });
    }
    const pictures = frames.tracks?.data.length ?? 0;
    if (paired && (beside + 1) * size.reduce((one, two) => one * two) <= pictures)
      drawOther({ picture: pictureOf(frames.tracks, beside, palette.picture), colours, grid: size[2] <= 16 });
    drawCut({ share: a * a, colours });
    const font = lettering(element);
    drawLegends[0]({ scale: palette.picture, channels, ticks: [-2, -1, 0, 1, 2], colours, font });
    drawLegends[1]({ scale: palette.signed, channels, ticks: [-3, 0, 3], colours, font });
  }
  return { element, update, scale: () => boxOf(screens[0].canvas)[0] / size[2] };
}

/** "x_t 0.1 0.2 0.3 · …" as a line of text. @param {number} place @param {Record<typeof names[number], import("../../views/stamp.js").Picture | null>} shown @param {Record<string, string>} symbols */
function readings(place, shown, symbols) {
  /** @param {string} symbol */
  const plain = (symbol) =>
    symbol
      .replace(/<span class=bar>(.)<\/span>/g, "$1\u0304")
      .replace(/<sub>(.)<\/sub>/g, (_, low) => ({ t: "ₜ", 0: "₀" })[/** @type {"t"} */ (low)]);
  return names
    .flatMap((name) => {
      const picture = shown[name];
      return picture ? `${plain(symbols[name])} ${numbersAt(picture, place).map(steady).join(" ")}` : [];
    })
    .join(" · ");
}

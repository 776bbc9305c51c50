// The stage: what is asked, one sentence that says what to watch, the one number to turn, a switch, the large picture and two beside it.
import { createDial, even } from "../../ui/dial.js";
import { h, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { number, percent } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { jacobian, largest, rows } from "./attention.js";
import { alike, reaching, shares } from "./residual.js";
import { cell } from "./scene.js";
import { gradients, moments, outputs } from "./signal.js";
import {
  bests,
  moved,
  parametrisationColours,
  rates,
  stepColours,
  widthColours,
  widths,
} from "./transfer.js";
import { cuts, ruler, tuned } from "./truncation.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Scale } from "../../ui/dial.js" */
/** @import { Role } from "../../ui/figure.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

/** d is turned by octaves. @type {Scale} */
const byOctaves = {
  number: (share, min, max) => Math.round(min * (max / min) ** share),
  share: (number, min, max) => Math.log(number / min) / Math.log(max / min),
};

const views = /** @type {const} */ (["signal", "truncation", "attention", "residual", "train", "transfer"]);
/** @typedef {typeof views[number]} View */
/** A view with pictures of its own. @typedef {Exclude<View, "train">} Pictured */
const watch = family("watch", views);
/** The large picture of each view, and the two beside it. */
const pictures = /** @type {const} */ ({
  signal: ["moments", "outputs", "gradients"],
  truncation: ["ruler", "cuts", "tuned"],
  attention: ["rows", "largest", "jacobian"],
  residual: ["shares", "alike", "reaching"],
  transfer: ["rates", "moved", "bests"],
});
const titles = family("title", [
  "moments",
  "outputs",
  "gradients",
  "ruler",
  "cuts",
  "tuned",
  "rows",
  "largest",
  "jacobian",
  "shares",
  "alike",
  "reaching",
  "rates",
  "moved",
  "bests",
]);
/** The number that is turned in each view, and the choice that is switched. */
const turned = { signal: "gain", truncation: "truncate", attention: "d", residual: "alpha", transfer: null };
const switched = {
  signal: null,
  truncation: null,
  attention: "scaling",
  residual: "norm",
  transfer: "parametrisation",
};
/** A transformer that is trained has so many sub-layers at most; whoever comes from a deeper stack begins with these. */
const [deepest, begins] = [24, 12];

/** @typedef {(canvas: HTMLCanvasElement, scene: Scene) => unknown} Draw */
/** @type {Record<Pictured, [Draw, Draw, Draw]>} */
const draws = {
  signal: [moments, outputs, gradients],
  truncation: [ruler, cuts, tuned],
  attention: [rows, largest, jacobian],
  residual: [shares, alike, reaching],
  transfer: [rates, moved, bests],
};

/**
 * @param {Desk<Words>} desk @param {Live} live
 * @param {(values: Experiment["values"]) => unknown} set
 * @param {Record<"train" | "transfer", (Part & {element: HTMLElement})[]>} learning what is shown of networks that learn
 */
export function stage({ words, schema, player }, live, set, learning) {
  const { t, pick } = words;
  const parameter = (/** @type {string} */ key) => schema.parameters.find((one) => one.key === key);
  /** @param {string} key @param {string} value */
  function choose(key, value) {
    const depth = Number((player.state.wanted ?? player.state.experiment)?.values.depth);
    set({ [key]: value, ...(value === "train" && depth > deepest ? { depth: begins } : {}) });
  }
  /** Radios for a choice, abreast. @param {string} key */
  function segments(key) {
    const { options = [], title = { en: "", zh: "" } } = parameter(key) ?? {};
    const radios = options.map(({ value }) =>
      h("input", { type: "radio", name: `init-${key}`, value, onchange: () => choose(key, value) }),
    );
    const element = h(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": pick(title) },
      options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    );
    const check = (/** @type {unknown} */ now) =>
      radios.forEach((radio) => (radio.checked = radio.value === now));
    return { element, check };
  }
  const choice = segments("view");
  const names = (parameter("parametrisation")?.options ?? []).map(({ title }) => pick(title));
  const switches = {
    scaling: segments("scaling"),
    norm: segments("norm"),
    parametrisation: segments("parametrisation"),
  };
  const sentence = h("h2", { class: "says" });
  const knob = createDial({
    live,
    parameter,
    pick,
    label: (title) => t("dial.label", { title }),
    scale: (key) => (key === "d" ? byOctaves : even(2)),
  });
  /** What the engine says would tune the activation: shift, scale, bend, and the scale that goes with it. */
  const best = () => Array.from(player.state.frames.tuned?.data ?? []).slice(2);
  const exact = (/** @type {number} */ value) => Number(value.toPrecision(7));
  const press = (/** @type {string} */ words, /** @type {() => unknown} */ onclick) =>
    h("button", { type: "button", class: "button", onclick }, words);
  const tune = press(t("tune.both"), () => {
    const [shift, scale] = best();
    if (Number.isFinite(scale)) set({ shift: exact(shift), scale: exact(scale) });
  });
  const bend = press(t("tune.bend"), () => {
    const [, , alpha, along] = best();
    if (alpha) set({ activation: "elu", bend: exact(alpha), scale: exact(along), shift: 0 });
  });
  const back = press(t("tune.back"), () => set({ bend: 1, scale: 1, shift: 0 }));
  const flat = press(t("gain.flat"), () => {
    const gain = player.state.readouts.find(({ id }) => id === "flat_gain")?.value;
    if (gain) set({ gain: exact(gain) });
  });
  const tuning = h("div", { class: "init-buttons" }, tune, bend, back);
  const flattening = h("div", { class: "init-buttons" }, flat);
  const all = [createFigure("init-frame"), createFigure("init-frame"), createFigure("init-frame")];
  const [main] = all;
  main.element.classList.add("main-figure");
  const figures = h(
    "div",
    { class: "init-pictures" },
    main.element,
    h("div", { class: "beside" }, all[1].element, all[2].element),
  );
  const hand = h("div", { class: "init-hand" }, knob.element, tuning, flattening);
  const element = h(
    "section",
    { class: "stage init-stage", "aria-label": t("init.title"), tabindex: "-1" },
    choice.element,
    sentence,
    switches.scaling.element,
    switches.norm.element,
    switches.parametrisation.element,
    hand,
    figures,
    Object.values(learning).flatMap((parts) => parts.map((part) => part.element)),
  );

  /** @type {Pictured} */
  let view = "signal";
  /** The number under a place of the large picture: a layer, or a cut. @type {((px: number) => number) | null} */
  let under = null;
  let holding = false;
  /** @param {PointerEvent} event @param {boolean} last */
  function hold(event, last) {
    const value = under?.(event.clientX - main.canvas.getBoundingClientRect().left);
    if (value === undefined) return;
    if (view === "signal") {
      const length = player.state.status?.length ?? 0;
      player.seek(Math.min(length, Math.max(0, Math.round(value))));
      return;
    }
    const { min = 0, max = 1 } = parameter("truncate") ?? {};
    const truncate = Number(Math.min(max, Math.max(min, value)).toFixed(2));
    if (last) live.settle({ truncate });
    else live.move({ truncate });
  }
  main.canvas.addEventListener("pointerdown", (event) => {
    if (!under) return;
    main.canvas.setPointerCapture(event.pointerId);
    holding = true;
    hold(event, false);
  });
  main.canvas.addEventListener("pointermove", (event) => holding && hold(event, false));
  main.canvas.addEventListener("pointerup", (event) => {
    if (holding) hold(event, true);
    holding = false;
  });
  main.canvas.addEventListener("lostpointercapture", () => (holding = false));

  /** @param {ReturnType<typeof createFigure>} one @param {keyof typeof titles} title @param {Role[]} roles @param {string} said */
  const name = (one, title, roles, said) => one.name(t(titles[title]), roles, said);

  /** What the colours of the three pictures mean. @returns {[string, string][][]} */
  function roles() {
    switch (view) {
      case "signal":
        return [
          [
            ["lane-1", t("key.moment")],
            ["ink", t("key.map")],
            ["lane-4", t("key.mean")],
            ["holds", t("key.one")],
          ],
          [],
          [
            ["lane-2", t("key.gradient")],
            ["ink", t("key.map")],
          ],
        ];
      case "truncation":
        return [
          [
            ["shade-middle", t("key.drawn")],
            ["ink-soft", t("key.normal")],
          ],
          [],
          [
            ["ink-soft", t("key.plain")],
            ["lane-2", t("key.tuned")],
          ],
        ];
      case "attention":
        return [
          [],
          [
            ["lane-2", t("key.undivided")],
            ["lane-1", t("key.divided")],
          ],
          [],
        ];
      case "residual":
        return [
          [
            ["accent", t("key.input")],
            ["lane-1", t("key.branch")],
            ["ink", t("key.formula")],
          ],
          [["ink", t("key.formula")]],
          [
            ["lane-2", t("key.reaching")],
            ["ink", t("key.formula")],
            ["accent", t("key.direct")],
          ],
        ];
      case "transfer":
        return [
          widths.map((width, i) => [widthColours[i], t("key.width", { width })]),
          [
            ...[1, 5, 20].map(
              (n, i) => /** @type {[string, string]} */ ([stepColours[i], t("key.steps", { n })]),
            ),
            ["ink-soft", t("key.last")],
          ],
          names.map((name, i) => [parametrisationColours[i], name]),
        ];
    }
  }

  /** The large picture in numbers. @param {Scene} scene */
  function said({ frames: { layers, tuned: now, heads, shares: weights, best_rates: best }, at, values }) {
    if (view === "signal" && layers?.shape[0])
      return t("said.signal", { at, moment: number(cell(layers, at, 0)), map: number(cell(layers, at, 1)) });
    if (view === "truncation" && now?.shape[0])
      return t("said.truncation", {
        cut: values.truncate,
        mean: number(now.data[0], 3),
        moment: number(now.data[1], 3),
      });
    if (view === "attention" && heads?.shape[0])
      return t("said.attention", {
        d: values.d,
        off: percent(cell(heads, 0, 1)),
        on: percent(cell(heads, 1, 1)),
      });
    if (view === "transfer" && best?.shape.length === 2)
      return t("said.transfer", {
        best: widths
          .map((width, w) => `${width}: ${Number.isFinite(best.data[w]) ? best.data[w].toFixed(1) : "–"}`)
          .join(", "),
      });
    if (view === "residual" && weights?.shape[0])
      return t("said.residual", { at, weight: number(cell(weights, 0, 0), 3) });
    return "";
  }

  /** @type {Part["update"]} */
  function update(state, palette) {
    const { colours } = palette;
    const { status, experiment, frames } = state;
    if (!status || !experiment) return;
    const values = (state.wanted ?? experiment).values;
    const asked = /** @type {View} */ (String(experiment.values.view));
    choice.check(values.view);
    element.dataset.view = asked;
    write(sentence, t(watch[asked]));
    for (const [key, { element, check }] of Object.entries(switches)) {
      element.hidden = asked === "train" || switched[asked] !== key;
      check(values[key]);
    }
    figures.hidden = hand.hidden = asked === "train";
    for (const [of, parts] of Object.entries(learning))
      for (const part of parts) {
        part.element.hidden = of !== asked;
        if (of === asked) part.update(state, palette, null);
      }
    if (asked === "train") return;
    view = asked;
    tuning.hidden = view !== "truncation";
    flattening.hidden = view !== "signal";
    const scene = {
      frames,
      at: status.at,
      depth: status.length,
      values: live.values(),
      given: values,
      colours,
      font: getComputedStyle(element).fontFamily,
      switches: (parameter("scaling")?.options ?? []).map(({ title }) => pick(title)),
      t,
    };
    knob.update(turned[view], scene.values);
    const [large, ...few] = draws[view];
    const drawn = (/** @type {number} */ i) => ({ ...scene, frames: all[i].reads(frames) });
    under = /** @type {typeof under} */ (large(main.canvas, drawn(0)) ?? null);
    main.canvas.classList.toggle("held", under !== null);
    few.forEach((draw, i) => draw(all[i + 1].canvas, drawn(i + 1)));
    const keys = roles();
    all.forEach((one, i) => name(one, pictures[view][i], keys[i], i ? "" : said(scene)));
  }
  return { element, update };
}

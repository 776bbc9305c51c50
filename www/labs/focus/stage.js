// The stage: what is asked, one sentence that says what to watch, the one number to turn, the large picture and two beside it.
import { createDial, even } from "../../ui/dial.js";
import { h, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { holdable } from "../../ui/grip.js";
import { family } from "../../ui/i18n.js";
import { falling, limits, readers, rowAt } from "./bench.js";
import { blind, fall, span } from "./decay.js";
import { haystack, map, reach } from "./needle.js";
import { count, share } from "./numbers.js";
import { concentration, entropy, largest, sizeRoles } from "./phase.js";
import { cell, kernelColours } from "./scene.js";
import { keep, wayColours, ways } from "./scaling.js";
import { dims, mapColours, query, shapes } from "./shape.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Scale } from "../../ui/dial.js" */
/** @import { Role } from "../../ui/figure.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

/** Decay is turned by the tokens that it comes to, 1 to this many, each place as many times more. */
const most = 19_999;
/** @type {Scale} */
const byTokens = {
  number: (share) => {
    const tokens = most ** share;
    return Number(((tokens - 1) / (tokens + 1)).toFixed(4));
  },
  share: (number) => Math.log((1 + number) / (1 - number)) / Math.log(most),
};

const parts = /** @type {const} */ (["bench", "phase", "needle", "shape", "decay", "scaling", "twins"]);
/** A part with pictures of its own. @typedef {Exclude<typeof parts[number], "twins">} Pictured */
const watch = family("watch", parts);
/** The large picture of each part, and the two beside it. */
const pictures = /** @type {const} */ ({
  bench: ["readers", "sorted", "limits"],
  phase: ["concentration", "entropy", "largest"],
  needle: ["haystack", "map", "reach"],
  shape: ["shapes", "query", "dims"],
  decay: ["fall", "span", "blind"],
  scaling: ["keep", "drift", "found"],
});
const titles = family("title", [
  "readers",
  "sorted",
  "limits",
  "concentration",
  "entropy",
  "largest",
  "haystack",
  "map",
  "reach",
  "shapes",
  "query",
  "dims",
  "fall",
  "span",
  "blind",
  "keep",
  "drift",
  "found",
]);

/** The number that is turned in each part. */
const turned = /** @type {const} */ ({
  bench: "gamma",
  phase: "gamma",
  needle: "margin",
  shape: "shape",
  decay: "lambda",
  scaling: "gamma",
});

/** @typedef {(canvas: HTMLCanvasElement, scene: Scene) => unknown} Draw */
/** @type {Record<Pictured, [Draw, Draw, Draw]>} */
const draws = {
  bench: [readers, falling, limits],
  phase: [concentration, entropy, largest],
  needle: [haystack, map, reach],
  shape: [shapes, query, dims],
  decay: [fall, span, blind],
  scaling: [
    keep,
    (canvas, scene) => ways(canvas, scene, "drift"),
    (canvas, scene) => ways(canvas, scene, "found"),
  ],
};

/**
 * @param {Desk<Words>} desk @param {Live} live
 * @param {(values: Experiment["values"]) => unknown} set
 * @param {(Part & {element: HTMLElement})[]} learning what is shown of twins
 */
export function stage({ words, schema }, live, set, learning) {
  const { t, pick } = words;
  const parameter = (/** @type {string} */ key) => schema.parameters.find((one) => one.key === key);
  const named = (/** @type {string} */ key) =>
    (parameter(key)?.options ?? []).map(({ title }) => pick(title));
  const options = parameter("part")?.options ?? [];
  const kernelWords = (parameter("kernel")?.options ?? []).map(({ value }) => value);
  const kernels = named("kernel");
  const maps = named("features");
  const radios = options.map(({ value }) =>
    h("input", { type: "radio", name: "focus-part", value, onchange: () => set({ part: value }) }),
  );
  const sentence = h("h2", { class: "says" });
  const knob = createDial({
    live,
    parameter,
    pick,
    label: (title) => t("dial.label", { title }),
    scale: (key) => (key === "lambda" ? byTokens : even(2)),
  });
  const all = [createFigure("focus-frame"), createFigure("focus-frame"), createFigure("focus-frame")];
  const [main] = all;
  main.element.classList.add("main-figure");
  const grip = h("button", { type: "button", class: "grip focus-needle", hidden: true });
  main.frame.append(grip);
  const slip = h(
    "div",
    { class: "both-sentences", hidden: true },
    h("blockquote", {}, h("h3", {}, t("slip.article")), h("p", {}, t("slip.theirs"))),
    h("blockquote", {}, h("h3", {}, t("slip.us")), h("p", {}, t("slip.ours"))),
  );
  const figures = h(
    "div",
    { class: "focus-pictures" },
    main.element,
    h("div", { class: "beside" }, all[1].element, all[2].element),
  );
  const element = h(
    "section",
    { class: "stage focus-stage", "aria-label": t("focus.title"), tabindex: "-1" },
    h(
      "div",
      { class: "segments parts-of-focus", role: "radiogroup", "aria-label": t("part.title") },
      options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    ),
    sentence,
    knob.element,
    slip,
    figures,
    learning.map((part) => part.element),
  );

  /** What is held in the large picture. @type {Pictured} */
  let part = "bench";
  /** @type {((px: number) => number) | null} */
  let back = null;
  const under = (/** @type {{clientX: number}} */ { clientX }) => {
    const key = turned[part];
    const { min = 0, max = 1 } = parameter(key) ?? {};
    const value = back?.(clientX - main.canvas.getBoundingClientRect().left) ?? min;
    return { [key]: Number(Math.min(max, Math.max(min, value)).toFixed(2)) };
  };
  let holding = false;
  main.canvas.addEventListener("pointerdown", (event) => {
    if (part === "bench") {
      const row = rowAt(main.canvas, event.offsetY);
      if (row !== null) set({ kernel: kernelWords[row] });
      return;
    }
    if (!back) return;
    main.canvas.setPointerCapture(event.pointerId);
    holding = true;
    live.move(under(event));
  });
  main.canvas.addEventListener("pointermove", (event) => holding && live.move(under(event)));
  main.canvas.addEventListener("pointerup", (event) => {
    if (holding) live.settle(under(event));
    holding = false;
  });
  main.canvas.addEventListener("lostpointercapture", () => (holding = false));
  holdable(grip, {
    slide: (event) => live.move(under(event)),
    drop: (event) => live.settle(under(event)),
    push([right, up], far) {
      const value = live.values().margin + (right + up) * (far ? 1 : 0.1);
      live.settle({ margin: Number(Math.min(30, Math.max(0, value)).toFixed(1)) });
    },
  });

  /** @param {ReturnType<typeof createFigure>} one @param {keyof typeof titles} title @param {Role[]} roles @param {string} said */
  const name = (one, title, roles, said) => one.name(t(titles[title]), roles, said);

  /** What the colours of the three pictures mean. @param {Scene} scene @returns {[string, string][][]} */
  function roles({ frames, chosen }) {
    const mine = /** @type {[string, string]} */ ([kernelColours[chosen], kernels[chosen]]);
    const six = kernels
      .slice(0, 6)
      .map((label, i) => /** @type {[string, string]} */ ([kernelColours[i], label]));
    const scaled = /** @type {[string, string][]} */ ([
      [wayColours[0], t("key.fixed")],
      [wayColours[1], t("key.root")],
      [wayColours[2], t("key.log")],
    ]);
    switch (part) {
      case "bench":
        return [[], [mine, ["ink-soft", t("key.equal")]], six];
      case "phase": {
        const sizes = frames.sizes?.shape[0] ? sizeRoles(frames.sizes) : [];
        const laws = /** @type {[string, string][]} */ ([
          ["ink", t("key.endless")],
          ["ink-soft", t("key.leading")],
        ]);
        const learnt = /** @type {[string, string][]} */ (
          frames.heads?.shape[0] ? [["ink", t("key.heads")]] : []
        );
        return [[...sizes, ...laws, ...learnt], [], []];
      }
      case "needle":
        return [[["accent", t("key.needle")]], [["ink", t("key.half")]], [mine]];
      case "shape":
        return [
          maps.map((label, i) => [mapColours[i], label]),
          [],
          [
            ["lane-1", t("key.flat")],
            ["lane-3", t("key.onehot")],
            ["fails", t("key.slip")],
          ],
        ];
      case "decay":
        return [
          [["accent-soft", t("key.box")]],
          [
            ["lane-4", kernels[6]],
            ...[0, 1, 3].map((i) => /** @type {[string, string]} */ ([kernelColours[i], kernels[i]])),
          ],
          [
            ["lane-1", kernels[0]],
            ["lane-4", kernels[6]],
          ],
        ];
      case "scaling":
        return [[["lane-1", t("key.exact")], ...scaled], scaled, scaled];
    }
  }

  /** The large picture in numbers. @param {Scene} scene */
  function said({ frames, chosen, n, values }) {
    const { bench } = frames;
    if (part === "shape") return t("said.shape", { s: (frames.linear?.data[0] ?? 0).toFixed(4) });
    if (part === "decay") return t("said.decay", { tokens: count(frames.tokens?.data[0] ?? NaN) });
    if (part === "scaling") return t("said.scaling", { gamma: String(values.gamma) });
    if (!bench) return "";
    const numbers = { kernel: kernels[chosen], n: count(n), s: cell(bench, chosen, 0).toFixed(4) };
    if (part === "needle") return t("said.needle", { ...numbers, share: share(cell(bench, chosen, 4)) });
    return t("said.bench", { ...numbers, tokens: count(cell(bench, chosen, 1)) });
  }

  /** @type {Part["update"]} */
  function update(state, palette) {
    const { colours } = palette;
    const { status, experiment, frames } = state;
    if (!status || !experiment) return;
    const values = (state.wanted ?? experiment).values;
    const asked = /** @type {typeof parts[number]} */ (String(experiment.values.part));
    radios.forEach((radio) => (radio.checked = radio.value === values.part));
    element.dataset.part = asked;
    write(sentence, t(watch[asked]));
    figures.hidden = knob.element.hidden = asked === "twins";
    slip.hidden = asked !== "shape";
    learning.forEach((part) => (part.element.hidden = asked !== "twins"));
    if (asked === "twins") return learning.forEach((part) => part.update(state, palette, null));
    part = asked;
    const scene = {
      frames,
      n: status.keys ?? 2,
      values: live.values(),
      given: experiment.values,
      kernels,
      chosen: Math.max(0, kernelWords.indexOf(String(experiment.values.kernel))),
      colours,
      font: getComputedStyle(element).fontFamily,
      t,
    };
    knob.update(turned[part], scene.values);
    const [large, ...few] = draws[part];
    const drawn = (/** @type {number} */ i) => ({ ...scene, frames: all[i].reads(frames) });
    const answer = large(main.canvas, drawn(0));
    const stick = /** @type {ReturnType<typeof haystack>} */ (part === "needle" ? answer : null);
    back =
      stick?.score ??
      (part === "phase" || part === "shape" ? /** @type {((px: number) => number) | null} */ (answer) : null);
    main.canvas.classList.toggle("held", back !== null);
    main.canvas.classList.toggle("chosen", part === "bench");
    grip.hidden = !stick;
    if (stick) {
      grip.style.left = `${stick.x}px`;
      grip.style.top = `${stick.y}px`;
      const label = t("grip.needle", { m: String(scene.values.margin) });
      if (grip.title !== label) {
        grip.title = label;
        grip.setAttribute("aria-label", label);
      }
    }
    few.forEach((draw, i) => draw(all[i + 1].canvas, drawn(i + 1)));
    const keys = roles(scene);
    all.forEach((one, i) => name(one, pictures[part][i], keys[i], i ? "" : said(scene)));
  }
  return { element, update };
}

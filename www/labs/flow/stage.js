// The stage: what rolls, one sentence that says what to watch, the large picture with its start to drag, and two beside it.
import { h, watchNarrow, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { family } from "../../ui/i18n.js";
import { small } from "../../views/lettering.js";
import { bridge } from "./bridge.js";
import { chartColours, isCharted } from "./charted.js";
import { densities, fades, falling, jump } from "./density.js";
import { marginal } from "./marginal.js";
import { landscape } from "./landscape.js";
import { isDrawn, own } from "./own.js";
import { heights, section } from "./point.js";
import { sketch } from "./sketch.js";
/** @import { Experiment, Land } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Role } from "../../ui/figure.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Words } from "./strings.js" */

/** @typedef {"point" | "line" | "plane" | "bridge"} Rolling */
const watch = family("watch", [
  "point",
  "line",
  "plane",
  "bridge",
  "drawn",
  "particles",
  "fisherrao",
  "stein",
]);
const titles = family("title", [
  "map",
  "cloud",
  "density",
  "section",
  "heights",
  "falls",
  "jump",
  "marginal-x",
  "marginal-y",
  "ode",
  "reverse",
  "annealed",
]);
/** What the colours of each picture mean. */
const keys = family("key", [
  "gradient",
  "flow",
  "proximal",
  "moved",
  "natural",
  "f",
  "model",
  "believed",
  "target",
  "before",
  "after",
  "overshot",
  "now",
  "rest",
  "rate",
  "strings",
  "arrives",
  "score",
  "data",
]);

/**
 * @param {Desk<Words>} desk @param {Live} live
 * @param {(values: Experiment["values"], more?: Partial<Experiment> & {part?: number}) => Promise<unknown>} set
 */
export function stage({ words, schema, catalogue, redraw, player, signal }, live, set) {
  const { t, pick } = words;
  const options = schema.parameters.find(({ key }) => key === "part")?.options ?? [];
  const lanes = schema.parameters.find(({ key }) => key === "lane1")?.options ?? [];
  const radios = options.map(({ value }) =>
    h("input", { type: "radio", name: "flow-part", value, onchange: () => set({ part: value }) }),
  );
  const sentence = h("h2", { class: "says" });
  const [main, first, second] = [
    createFigure("flow-frame"),
    createFigure("flow-frame"),
    createFigure("flow-frame"),
  ];
  main.element.classList.add("main-figure");
  const across = [bridge(), bridge(), bridge()];
  const land = landscape({ words, live, canvas: main.canvas, frame: main.frame, redraw });
  const pen = sketch({
    ...{ words, canvas: main.canvas, frame: main.frame, redraw, signal },
    async drew(loop, flows) {
      await set({ target: "drawn" }, { loop, part: 0 });
      pen.settle();
      if (flows) player.play();
    },
  });
  const ground = /** @type {Land} */ (catalogue.landscapes.find(({ id }) => id === "drawn"));
  let narrow = false;
  watchNarrow((now) => void (narrow = now), signal);
  const pad = own({
    ...{ words, player, canvas: main.canvas, redraw, land, ground, set },
    onturn(drawing) {
      element.classList.toggle("drawing-now", drawing);
      const { top } = main.canvas.getBoundingClientRect();
      if (drawing && (narrow || top < 0)) main.element.scrollIntoView({ block: "start" });
    },
  });
  const draw = h("button", { type: "button", class: "button flow-draw", onclick: pad.open });
  const pictures = h(
    "div",
    { class: "flow-pictures" },
    main.element,
    h("div", { class: "beside" }, first.element, second.element, pad.element),
  );
  const element = h(
    "section",
    { class: "stage flow-stage", "aria-label": t("flow.title"), tabindex: "-1" },
    h(
      "div",
      { class: "segments parts-of-flow", role: "radiogroup", "aria-label": t("part.title") },
      options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    ),
    h("div", { class: "flow-says" }, sentence, draw),
    pictures,
  );

  /** @param {ReturnType<typeof createFigure>} one @param {keyof typeof titles} title @param {Role[]} roles @param {string} said */
  const name = (one, title, roles, said) => one.name(t(titles[title]), roles, said);

  /** @type {Part["update"]} */
  function update(state, palette) {
    const { colours } = palette;
    const { status, experiment, frames, readouts } = state;
    if (!status || !experiment) return;
    const values = (state.wanted ?? experiment).values;
    const part = /** @type {Rolling} */ (String(experiment.values.part));
    radios.forEach((radio) => (radio.checked = radio.value === values.part));
    element.dataset.part = part;
    const draws = part === "line" && values.target === "drawn";
    const walk = /** @type {"particles" | "langevin"} */ (values.geometry);
    const unshaken = part === "plane" && walk !== "langevin" ? walk : part;
    write(sentence, t(watch[draws ? "drawn" : unshaken]));
    draw.hidden = part === "line";
    write(draw, t(isDrawn(values) ? "draw.again" : "draw.own"));
    const font = getComputedStyle(element).fontFamily;
    // Another part, or the line, has no drawing of points.
    if (pad.isOpen() && (part === "line" || values.part !== part)) pad.close();
    if (pad.paint(palette, `${small()}px ${font}`)) return;
    const claim = (/** @type {string} */ id) => readouts.find((one) => one.id === id);
    const scene = {
      frames,
      at: status.at,
      values: live.values(),
      given: experiment.values,
      colours,
      font,
      claim,
      t,
    };
    const own = String(experiment.values.method);
    const guest = !["gradient", "flow", "proximal"].includes(own);
    const method = schema.parameters
      .find(({ key }) => key === "method")
      ?.options?.find(({ value }) => value === own);
    const role = (/** @type {keyof typeof keys} */ key) => t(keys[key]);
    if (part !== "line") pen.paint(null, scene, state.wanted ?? experiment);
    if (part === "line") {
      const chosen = ["lane1", "lane2", "lane3", "lane4"].map((key) => String(experiment.values[key]));
      const runners = chosen.flatMap((value, i) => {
        const title = lanes.find((one) => one.value === value)?.title;
        // A lane that knows no way down this energy has no density.
        const empty = frames.lanes && !Number.isFinite(frames.lanes.data[i * frames.lanes.shape[1]]);
        return value === "none" || empty || !title
          ? []
          : [/** @type {[string, string]} */ ([`lane-${i + 1}`, pick(title)])];
      });
      land.hide();
      pen.paint(densities(main.canvas, scene), scene, state.wanted ?? experiment);
      falling(first.canvas, scene);
      jump(second.canvas, scene);
      name(
        main,
        "density",
        [["shade-middle", role("target")], ...runners],
        t("said.density", { t: (status.time ?? 0).toFixed(2) }),
      );
      /** @type {[string, string][]} */
      const rate = fades(experiment.values) ? [["ink-soft", role("rate")]] : [];
      name(first, "falls", [...runners, ...rate], "");
      name(
        second,
        "jump",
        [
          ["lane-1", role("before")],
          ["lane-3", role("after")],
          ["lane-2", role("overshot")],
        ],
        "",
      );
      return;
    }
    if (part === "bridge") {
      land.hide();
      [main, first, second].forEach(({ canvas }, way) => across[way](canvas, scene, way));
      /** @type {["ode", "reverse", "annealed"]} */
      const three = ["ode", "reverse", "annealed"];
      const said = t("said.bridge", {
        t: (status.time ?? 0).toFixed(2),
        n: String(frames.ways?.shape[1] ?? 0),
      });
      [main, first, second].forEach((one, way) =>
        name(
          one,
          three[way],
          [
            ["ink", role("data")],
            ["line-strong", role("score")],
          ],
          said,
        ),
      );
      return;
    }
    land.draw(scene, part);
    if (part === "point") {
      section(first.canvas, scene);
      heights(second.canvas, scene, guest);
      /** @type {[string, string][]} */
      const ways = [
        ["lane-2", role("gradient")],
        ["lane-1", role("flow")],
        ["lane-3", role("proximal")],
      ];
      if (guest && method) ways.push(["lane-4", pick(method.title)]);
      /** @type {[string, string][]} */
      const charted = isCharted(scene.values)
        ? [
            [chartColours[0], role("moved")],
            [chartColours[1], role("natural")],
          ]
        : [];
      name(main, "map", [...ways, ...charted], land.said(scene));
      name(
        first,
        "section",
        [
          ["ink", role("f")],
          ["lane-3", role("model")],
          ["lane-2", role("believed")],
        ],
        "",
      );
      name(second, "heights", ways, "");
      return;
    }
    marginal(first.canvas, scene, 0);
    marginal(second.canvas, scene, 1);
    const strung = Boolean(frames.plan?.shape[0]);
    /** @type {[string, string][]} */
    const spread = [
      ["lane-1", role("now")],
      ["ink", role("rest")],
    ];
    /** @type {[string, string][]} */
    const arrives = strung ? [["lane-3", role("arrives")]] : [];
    name(
      main,
      "cloud",
      strung ? [["ink", role("strings")], ...arrives] : [],
      t("said.cloud", { t: (status.time ?? 0).toFixed(2), n: String(frames.cloud?.shape[0] ?? 0) }),
    );
    name(first, "marginal-x", [...spread, ...arrives], "");
    name(second, "marginal-y", [...spread, ...arrives], "");
  }
  return { element, update, repaint: land.forget, draw: pad.open, isDrawing: pad.isOpen, leave: pad.close };
}

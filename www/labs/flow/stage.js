// The stage: what rolls, one sentence that says what to watch, the large picture with its start to drag, and two beside it.
import { h, watchNarrow, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { family } from "../../ui/i18n.js";
import { number } from "../../ui/format.js";
import { small } from "../../views/lettering.js";
import { bridge } from "./bridge.js";
import { chartColours, isCharted } from "./charted.js";
import { densities, fades, falling, jump } from "./density.js";
import { bottom, fall, reading } from "./fall.js";
import { marginal } from "./marginal.js";
import { landscape } from "./landscape.js";
import { isDrawn, own } from "./own.js";
import { heights, section } from "./point.js";
import { geometries, lanes as laneColours } from "./scene.js";
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
  "wasserstein",
  "l2",
  "sides",
]);
const titles = family("title", [
  "map",
  "cloud",
  "density",
  "section",
  "heights",
  "falls",
  "jump",
  "fall",
  "fall-plain",
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
  const figure = () => createFigure("flow-frame");
  const [main, first, second, third] = [figure(), figure(), figure(), figure()];
  // The other lanes of the plane, and what is read of each.
  const more = [figure(), figure(), figure()];
  const walks = schema.parameters.find(({ key }) => key === "geometry2")?.options ?? [];
  const numbers = [main, ...more].map((one) => {
    const list = h("dl", { class: "flow-read" });
    one.element.append(list);
    return list;
  });
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
  /** The others beside the one, or the one alone again. */
  const sides = h("button", {
    type: "button",
    class: "button flow-draw",
    onclick() {
      const { values } = /** @type {Experiment} */ (player.state.wanted ?? player.state.experiment);
      const alone = lanesOf(values).length === 1;
      const others = ["langevin", "fisherrao", "stein", "l2"].filter((one) => one !== values.geometry);
      void set(Object.fromEntries(geometries.slice(1).map((key, i) => [key, alone ? others[i] : "none"])));
    },
  });
  const pictures = h(
    "div",
    { class: "flow-pictures" },
    h("div", { class: "flow-lanes" }, main.element, ...more.map(({ element }) => element)),
    h("div", { class: "beside" }, third.element, first.element, second.element, pad.element),
  );
  const element = h(
    "section",
    { class: "stage flow-stage", "aria-label": t("flow.title"), tabindex: "-1" },
    h(
      "div",
      { class: "segments parts-of-flow", role: "radiogroup", "aria-label": t("part.title") },
      options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    ),
    h("div", { class: "flow-says" }, sentence, h("div", { class: "row" }, sides, draw)),
    pictures,
  );

  /** The lanes of the plane that there are. @param {Experiment["values"]} values */
  const lanesOf = (values) => geometries.map((key) => String(values[key])).filter((one) => one !== "none");

  /** What is read of a lane now, under its picture; and the same in words. @param {import("./scene.js").Scene} scene @param {number} lane */
  function tell({ frames, at }, lane) {
    const one = reading(frames.read, lane, at);
    const list = numbers[lane];
    list.hidden = !one;
    if (!one) return "";
    const shown = (/** @type {number} */ x) => (Number.isFinite(x) ? number(Number(x.toPrecision(4))) : "—");
    /** @type {[string, string][]} */
    const rows = [
      [t("read.energy"), shown(one.energy)],
      [t("read.w2"), shown(one.w2)],
      [t("read.mass"), shown(one.mass)],
      [t("read.variance"), `${shown(one.varianceX)}, ${shown(one.varianceY)}`],
    ];
    const now = JSON.stringify(rows);
    if (list.dataset.now !== now) {
      list.dataset.now = now;
      list.replaceChildren(...rows.map(([key, value]) => h("div", {}, h("dt", {}, key), h("dd", {}, value))));
    }
    return rows.map((row) => row.join(" ")).join(", ");
  }

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
    const running = part === "plane" ? lanesOf(experiment.values) : [];
    const many = running.length > 1;
    element.classList.toggle("side-by-side", many);
    more.forEach((one, i) => (one.element.hidden = i + 1 >= running.length));
    third.element.hidden = part !== "plane";
    numbers[0].hidden ||= part !== "plane";
    sides.hidden = part !== "plane";
    write(sides, t(many ? "sides.alone" : "sides.open"));
    const draws = part === "line" && values.target === "drawn";
    const walk = /** @type {"particles" | "langevin"} */ (values.geometry);
    const unshaken = part === "plane" && walk !== "langevin" ? walk : part;
    write(sentence, t(watch[draws ? "drawn" : many ? "sides" : unshaken]));
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
    /** What one picture is drawn from. @param {ReturnType<typeof createFigure>} one */
    const of = (one) => ({ ...scene, frames: one.reads(frames) });
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
      pen.paint(densities(main.canvas, of(main)), scene, state.wanted ?? experiment);
      falling(first.canvas, of(first));
      jump(second.canvas, of(second));
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
      [main, first, second].forEach((one, way) => across[way](one.canvas, of(one), way));
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
    land.draw(of(main), part, running.length);
    if (part === "point") {
      section(first.canvas, of(first));
      heights(second.canvas, of(second), guest);
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
    const title = (/** @type {string} */ id) => {
      const found = walks.find(({ value }) => value === id)?.title;
      return found ? pick(found) : id;
    };
    more.slice(0, Math.max(0, running.length - 1)).forEach((one, i) => {
      land.beside(one.canvas, of(one), i + 1);
      one.name(title(running[i + 1]), [], tell(scene, i + 1));
    });
    marginal(first.canvas, of(first), 0, running.length);
    marginal(second.canvas, of(second), 1, running.length);
    fall(third.canvas, of(third));
    const strung = Boolean(frames.plan?.shape[0]);
    /** @type {[string, string][]} */
    const runners = running.map((id, i) => [laneColours[i], title(id)]);
    /** @type {[string, string][]} */
    const spread = [
      ...(many ? [] : [/** @type {[string, string]} */ (["lane-1", role("now")])]),
      ["ink", role("rest")],
    ];
    /** @type {[string, string][]} */
    const arrives = strung ? [["lane-3", role("arrives")]] : [];
    const said = `${t("said.cloud", { t: (status.time ?? 0).toFixed(2), n: String(frames.cloud?.shape[0] ?? 0) })} ${tell(scene, 0)}`;
    const strings = strung ? [/** @type {[string, string]} */ (["ink", role("strings")]), ...arrives] : [];
    if (many) main.name(title(running[0]), strings, said);
    else name(main, "cloud", strings, said);
    const above = bottom(frames.sheet) !== null;
    /** @type {[string, string][]} */
    const rate = above && experiment.values.scale === "log" ? [["ink-soft", role("rate")]] : [];
    name(third, above ? "fall" : "fall-plain", [...(many ? runners : []), ...rate], "");
    name(first, "marginal-x", [...spread, ...arrives], "");
    name(second, "marginal-y", [...spread, ...arrives], "");
  }
  return { element, update, repaint: land.forget, draw: pad.open, isDrawing: pad.isOpen, leave: pad.close };
}

// The stage: the tools, the chart with what can be dragged on it, the surface seen from outside, and what is measured.
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { arrow } from "../../ui/grip.js";
import { source } from "../../ui/source.js";
import { lettering } from "../../views/lettering.js";
import { brush } from "./brush.js";
import { chart } from "./chart.js";
import { grips } from "./grips.js";
import { insight } from "./insight.js";
import { cornersOf, movable } from "./movable.js";
import { aspect } from "./place.js";
import { connection } from "./symbols.js";
import { isThere, space, under } from "./space.js";
/** @import { Experiment, Status, Surface } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Hand } from "./hand.js" */
/** @import { Scene } from "./chart.js" */
/** @import { Words } from "./strings.js" */

/** What the tools leave on the chart. */
const walked = [
  ...["ant", "path", "way", "ways", "fan", "round", "triangle", "circle", "orbit", "region", "hole"],
  ...["natural", "ordinary"],
];
/** Pixels from the ant within which a finger takes it. */
const near = 18;

/**
 * @param {Desk<Words>} desk @param {Hand} hand @param {() => Surface} surface
 * @param {(values: Experiment["values"], more?: Partial<Experiment>) => unknown} set
 */
export function stage({ words, schema, redraw }, hand, surface, set) {
  const { t, pick } = words;
  const tools = schema.parameters.find(({ key }) => key === "tool")?.options ?? [];
  const radios = tools.map(({ value }) =>
    h("input", { type: "radio", name: "ant-tool", value, onchange: () => set({ tool: value }) }),
  );
  const flat = h("canvas", { class: "chart plate", role: "img" });
  const frame = h("div", { class: "sheet-frame" }, flat);
  const held = grips(frame);
  const solid = h("canvas", {
    class: "space plate",
    role: "img",
    tabindex: "0",
    "data-keys": true,
    "aria-label": t("space.label"),
  });
  const outside = h("figure", { class: "outside" }, solid, h("figcaption", {}, t("space.hint")));
  const measured = insight(words);
  const gamma = connection(words);
  const said = h("p", { class: "said", role: "status" });
  const acts = h("div", { class: "row acts" });
  const drawChart = chart(flat);
  const drawSpace = space(solid);
  const view = { yaw: -0.6, pitch: 0.55 };
  /** The sheet that is seen: another one is turned so that the ant is in front. */
  let facing = "";
  /** @type {"hot" | "cold" | null} */
  let painting = null;
  /** @type {import("./place.js").Place | null} */
  let place = null;
  /** @type {import("./space.js").Camera | null} */
  let camera = null;
  /** @type {Scene | null} */
  let scene = null;
  /** Measured when the sentence below the chart was written. @type {unknown} */
  let told = null;

  const painter = brush(
    flat,
    hand,
    t,
    () => place,
    () => painting,
  );
  flat.addEventListener("click", ({ offsetX, offsetY }) => added(offsetX, offsetY));
  turning();

  const choice = h(
    "div",
    { class: "row ant-choice" },
    h(
      "div",
      { class: "segments tools-of-ant", role: "radiogroup", "aria-label": t("tools.title") },
      tools.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    ),
  );
  const inside = h("div", { class: "inside" }, frame, acts, said);
  const there = (/** @type {readonly string[]} */ names) =>
    names.filter((name) => scene?.frames[name]?.data.length);
  source(inside, {
    head: choice,
    name: () => t("chart.name"),
    numbers: () => there(walked),
    legend: () => [],
  });
  source(outside, { name: () => t("space.name"), numbers: () => there(["surface"]), legend: () => [] });
  const element = h(
    "section",
    { class: "stage ant-stage", "aria-label": t("stage.title"), tabindex: "-1" },
    choice,
    h(
      "div",
      { class: "sheets" },
      inside,
      h("div", { class: "aside" }, outside, measured.element, gamma.element),
    ),
  );

  /** A click on the empty sheet: one more corner, between the two that it is nearest to. @param {number} x @param {number} y */
  function added(x, y) {
    const tool = hand.value("tool");
    if (!place || !scene || painting || !["loop", "region"].includes(tool)) return;
    const corners = cornersOf(hand, scene.frames);
    if (corners.length < 3 || corners.length >= 64) return;
    const on = place;
    const gaps = corners.map((corner, i) => {
      const [a, b] = [on.at(...corner), on.at(...corners[(i + 1) % corners.length])];
      return (
        Math.hypot(a[0] - x, a[1] - y) + Math.hypot(b[0] - x, b[1] - y) - Math.hypot(a[0] - b[0], a[1] - b[1])
      );
    });
    const between = gaps.indexOf(Math.min(...gaps)) + 1;
    hand.drop({ loop: corners.toSpliced(between, 0, on.back(x, y)) });
  }

  /** One more corner, in the middle of the longest edge of the chart. */
  function between() {
    if (!place || !scene) return;
    const on = place;
    const ends = scene.corners.map((corner, i, all) => [
      on.at(...corner),
      on.at(...all[(i + 1) % all.length]),
    ]);
    const long = ends.map(([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]));
    const [a, b] = ends[long.indexOf(Math.max(...long))];
    added((a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  }

  /** The surface is turned by hand, or the ant on it is taken along. */
  function turning() {
    /** @type {{x: number, y: number, ant: boolean} | null} */
    let from = null;
    const ant = (/** @type {number} */ x, /** @type {number} */ y) => {
      const data = scene?.frames.ant?.data;
      if (!data || !camera) return false;
      const [a, b] = camera(data[3], data[4], data[5]);
      return Math.hypot(a - x, b - y) < near;
    };
    solid.addEventListener("pointerdown", (event) => {
      solid.setPointerCapture(event.pointerId);
      from = { x: event.offsetX, y: event.offsetY, ant: ant(event.offsetX, event.offsetY) };
    });
    solid.addEventListener("pointermove", ({ offsetX, offsetY }) => {
      if (!from) return;
      if (from.ant && camera && scene) {
        const to = under(scene.frames.surface, scene.frames.chart.data, camera, offsetX, offsetY);
        if (to) hand.carry(to, scene.share);
      } else {
        turn((offsetX - from.x) / 110, (offsetY - from.y) / 110);
        Object.assign(from, { x: offsetX, y: offsetY });
      }
    });
    const end = () => {
      if (from?.ant && "held" in hand.all()) hand.setDown();
      from = null;
    };
    solid.addEventListener("pointerup", end);
    solid.addEventListener("pointercancel", end);
    solid.addEventListener("keydown", (event) => {
      const way = arrow(event);
      if (!way) return;
      event.preventDefault();
      turn(0.12 * way[0], -0.12 * way[1]);
    });
  }
  /** @param {number} yaw @param {number} pitch */
  function turn(yaw, pitch) {
    view.yaw += yaw;
    view.pitch = Math.min(1.57, Math.max(-1.57, view.pitch + pitch));
    redraw();
  }

  let offered = "";
  /** What else can be done with the tool at hand. */
  function offer() {
    const tool = hand.value("tool");
    const own = hand.value("loop").length >= 3;
    const plate = surface().id === "hotplate";
    const none = tool === "orbit" && scene?.frames.orbit?.shape[1] === 0;
    const hole = Number(hand.value("hole"));
    const key = [
      tool,
      own,
      plate,
      none,
      painting,
      hand.value("carry"),
      hand.value("hole"),
      hand.value("paint").length > 0,
    ].join();
    if (key === offered) return;
    offered = key;
    const button = (/** @type {string} */ label, /** @type {() => void} */ onclick, pressed = false) =>
      h(
        "button",
        { type: "button", class: "button", onclick, "aria-pressed": pressed ? "true" : null },
        label,
      );
    const scaled = (/** @type {number} */ by) => {
      const corners = /** @type {[number, number][]} */ (hand.value("loop"));
      const middle = [0, 1].map((i) => corners.reduce((sum, corner) => sum + corner[i], 0) / corners.length);
      hand.drop({
        loop: corners.map((corner) => {
          const [u, v] = [0, 1].map((i) => middle[i] + by * (corner[i] - middle[i]));
          return /** @type {[number, number]} */ ([u, v]);
        }),
      });
    };
    const paint = (/** @type {"hot" | "cold"} */ kind) => () => {
      painting = painting === kind ? null : kind;
      flat.classList.toggle("painting", painting !== null);
      redraw();
    };
    const list = [];
    if (none) list.push(button(t("orbit.kepler"), () => void set({ surface: "kepler", tool: "orbit" })));
    if (tool === "loop" && !own) list.push(button(t("loop.draw"), drawLoop));
    if ((tool === "loop" || tool === "region") && own)
      list.push(
        button(t("loop.add"), between),
        button(t("loop.shrink"), () => scaled(0.8)),
        button(t("loop.grow"), () => scaled(1.25)),
        button(t("loop.clear"), () => void hand.drop({ loop: [] })),
      );
    if (tool === "region")
      list.push(
        hole
          ? button(t("hole.close"), () => void hand.drop({ hole: 0 }))
          : button(t("hole.cut"), () => void hand.drop({ hole: 0.4 })),
      );
    if (tool === "gradient" && surface().id !== "fisher")
      list.push(button(t("gradient.fisher"), () => void set({ surface: "fisher", tool: "gradient" })));
    if (plate)
      list.push(
        button(t("paint.hot"), paint("hot"), painting === "hot"),
        button(t("paint.cold"), paint("cold"), painting === "cold"),
      );
    if (plate && hand.value("paint").length)
      list.push(button(t("paint.clear"), () => void hand.drop({ paint: [] })));
    acts.replaceChildren(...list);
  }
  /** A loop to begin with: five corners around the ant. */
  async function drawLoop() {
    const [u, v] = [Number(hand.value("u")), Number(hand.value("v"))];
    const metric = scene?.frames.ant?.data.subarray(12, 15) ?? [1, 0, 1];
    const size = Number(hand.value("radius"));
    const corners = Array.from({ length: 5 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 5 + 0.3;
      return /** @type {[number, number]} */ ([
        u + (size * Math.cos(angle)) / Math.sqrt(metric[0]),
        v + (size * Math.sin(angle)) / Math.sqrt(metric[2]),
      ]);
    });
    await hand.drop({ loop: corners, carry: /** @type {any} */ ("drawn") });
  }

  return {
    element,
    /** @type {Part["update"]} */
    update(state, palette) {
      const { status, experiment } = state;
      if (!status || !experiment) return;
      const here = surface();
      const frames = hand.frames();
      const values = (state.wanted ?? experiment).values;
      radios.forEach((radio) => (radio.checked = radio.value === values.tool));
      if (here.id !== "hotplate" && painting) (painting = null), flat.classList.remove("painting");
      offer();
      if (facing !== here.id) {
        facing = here.id;
        Object.assign(view, { yaw: here.turns ? -2 - Number(values.v) : -0.6, pitch: 0.55 });
      }
      const share = status.at / (status.length || 1);
      scene = {
        frames,
        tool: String(experiment.values.tool),
        map: String(values.map),
        turned: here.turns,
        names: here.names,
        corners: cornersOf(hand, frames),
        own: hand.value("loop").length >= 3,
        share,
        length: share > 0 ? (status.s ?? 0) / share : Number(hand.value("length")),
        stands: Boolean(status.stands),
        goalU: Number(hand.value("u2")),
        goalV: Number(hand.value("v2")),
      };
      const wide = frames.chart ? String(aspect(frames.chart.data, here.turns)) : "";
      if (wide && wide !== element.style.getPropertyValue("--aspect"))
        element.style.setProperty("--aspect", wide);
      const font = lettering(element);
      const unseen = !isThere(frames.surface) || hand.value("paint").length > 0;
      if (outside.hidden !== unseen) outside.hidden = unseen;
      // All canvases first, then all words.
      place = drawChart(scene, palette, font);
      camera = outside.hidden ? null : drawSpace(scene, view, palette);
      measured.draw({ ...scene, bells: here.id === "fisher" }, palette, font);
      measured.update(state, scene);
      held.update(place ? (painting ? [painter.grip(place)] : movable({ hand, t, place, frames })) : []);
      gamma.update(state, here, hand.value("paint").length > 0);
      // A sentence that changes at every frame is read by nobody, and lays out the page at every frame.
      if (hand.isMoving() && state.readouts === told && !status.stop) return;
      told = state.readouts;
      const sentence = speak(status, frames);
      write(said, sentence);
      said.classList.toggle("trouble", Boolean(status.stop));
      const label = `${t("chart.label", { name: pick(here.title) })} ${sentence}`;
      if (flat.getAttribute("aria-label") !== label) flat.setAttribute("aria-label", label);
    },
    /** What was begun belongs to the experiment before. */
    leave() {
      painting = null;
      flat.classList.remove("painting");
      hand.forget();
    },
  };

  /** Where the ant is, what stops it, and where straight lines cease to be shortest. @param {Status} status @param {Scene["frames"]} frames */
  function speak({ s = 0, stop, conjugate }, frames) {
    // Two flows have no ant.
    if (!frames.ant || (hand.value("tool") === "gradient" && frames.natural?.data.length)) return "";
    const [, u, v] = frames.ant.data;
    const k = frames.ant.data[11];
    const parts = [];
    if (Number.isFinite(k))
      parts.push(t("said.where", { s: number(s, 4), u: number(u, 4), v: number(v, 4), k: number(k, 5) }));
    if (stop) parts.push(pick(stop));
    if (typeof conjugate === "number" && s > conjugate)
      parts.push(t("said.conjugate", { s: number(conjugate, 4) }));
    return parts.join(" ");
  }
}

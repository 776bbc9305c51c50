// The big plane: five views of the same cloud, things on it to drag, and a drawing tool in its place when asked.
import { h, icon, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { lettering } from "../../views/lettering.js";
import { axes, placing, plane, reach } from "../../views/plane.js";
import { handles } from "./handles.js";
import { layers } from "./layers.js";
import { source } from "../../ui/source.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Handle } from "./handles.js" */
/** @import { Frames, View } from "./layers.js" */

const views = /** @type {const} */ (["particles", "trajectories", "density", "field", "error"]);
const viewName = family("plane.view", views);
/** What the colours on the plane mean, view by view. */
const keys = /** @type {const} */ ({
  particles: ["particles", "data"],
  trajectories: ["particles", "data", "probe", "rival"],
  density: ["particles", "density"],
  field: ["exact", "learned"],
  error: ["dark", "error"],
});

const keyName = family("plane.key", [
  "particles",
  "data",
  "density",
  "probe",
  "rival",
  "exact",
  "learned",
  "dark",
  "error",
]);

const pencil = "M4 20l1-5L16 4l4 4L9 19l-5 1M13 7l4 4";

/** Mean and standard deviation on each axis. @param {ArrayLike<number>} points x, y, x, y, … */
export function moments(points) {
  const n = Math.max(1, points.length / 2);
  const mean = [0, 0];
  const square = [0, 0];
  for (let i = 0; i < points.length; i++) {
    mean[i % 2] += points[i] / n;
    square[i % 2] += points[i] ** 2 / n;
  }
  return { mean, spread: square.map((value, axis) => Math.sqrt(Math.max(0, value - mean[axis] ** 2))) };
}

/** How many points the plane does not show. @param {ArrayLike<number>} points */
export function outside(points) {
  let lost = 0;
  for (let i = 0; i < points.length; i += 2)
    if (!(Math.abs(points[i]) <= reach && Math.abs(points[i + 1]) <= reach)) lost++;
  return lost;
}

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {(view: View) => void} needs.onview
 * @param {() => void} needs.ondraw
 * @param {(place: [number, number]) => void} needs.onplace a click on the empty plane
 */
export function hero({ words: { t }, onview, onplace, ondraw }) {
  const radios = views.map((value) =>
    h("input", { type: "radio", name: "plane-view", value, onchange: () => onview(value) }),
  );
  const canvas = h("canvas", { role: "img", class: "plane" });
  const frame = h("div", { class: "frame" }, canvas);
  const held = handles(frame);
  const key = h("ul", { class: "plane-key", "aria-hidden": "true" });
  const said = h("p", { class: "said" });
  const draw = layers();
  /** @type {View} */
  let view = "particles";
  canvas.addEventListener("click", ({ offsetX, offsetY }) =>
    onplace(placing(canvas.clientWidth).back(offsetX, offsetY)),
  );

  const element = h(
    "section",
    { class: "stage plane-stage", "aria-label": t("stage.title"), tabindex: "-1" },
    h(
      "div",
      { class: "over" },
      h(
        "div",
        { class: "segments views", role: "radiogroup", "aria-label": t("plane.view") },
        views.map((value, i) => h("label", {}, radios[i], h("span", {}, t(viewName[value])))),
      ),
      h("button", { type: "button", class: "button", onclick: ondraw }, icon(pencil), t("draw.own")),
    ),
    frame,
    key,
    said,
  );

  const { reads } = source(element, {
    head: element.querySelector(".over"),
    name: () => t(viewName[view]),
    legend: () => [],
  });

  /** @param {View} of */
  function turn(of) {
    view = of;
    radios.forEach((radio) => (radio.checked = radio.value === of));
    key.replaceChildren(...keys[of].map((name) => h("li", { class: `key-${name}` }, t(keyName[name]))));
  }
  turn(view);
  const font = () => lettering(element);

  return {
    element,
    canvas,
    font,
    /** @param {State} state @param {Frames} frames @param {Palette} palette @param {Handle[]} wanted */
    update({ status, experiment }, frames, palette, wanted) {
      if (!status || !experiment || !frames.x) return;
      if (experiment.values.view !== view) turn(/** @type {View} */ (experiment.values.view));
      const learned = experiment.values.denoiser === "learned";
      element.classList.toggle("exact", !learned);
      draw(plane(canvas), { view, frames: reads(frames), palette, at: status.at, learned, font: font() });
      held.update(wanted);
      const { spread } = moments(frames.x.data);
      const values = {
        n: frames.x.data.length / 2,
        at: status.at,
        length: status.length,
        t: Math.round(status.t ?? 0),
        sx: number(spread[0], 3),
        sy: number(spread[1], 3),
      };
      const lost = outside(frames.x.data);
      const sentence = t("plane.said", values) + (lost ? t("plane.outside", { n: lost }) : "");
      canvas.setAttribute("aria-label", `${t(viewName[view])}. ${sentence}`);
      write(said, sentence);
    },
    /** The drawing tool has the canvas for now. @param {(on: import("../../views/plane.js").Plane, palette: Palette) => void} paint @param {Palette} palette */
    lend(paint, palette) {
      held.update([]);
      const on = plane(canvas);
      paint(on, palette);
      axes(on, { colours: palette.colours, font: font() });
      canvas.setAttribute("aria-label", t("draw.sheet"));
    },
    /** @param {boolean} away */
    hideViews: (away) => element.classList.toggle("drawing-now", away),
  };
}

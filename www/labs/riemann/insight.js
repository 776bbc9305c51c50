// Beside the sheet: the two or three numbers that the tool is about, and one small chart of why.
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { source } from "../../ui/source.js";
import { family } from "../../ui/i18n.js";
import { crisp, sizeOf } from "../../views/canvas.js";
import { axes, stroke } from "./axes.js";
import { bells, left } from "./flows.js";
import { changes } from "./layer.js";
import { rowsOf } from "./marks.js";
/** @import { Readout } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Scene } from "./chart.js" */
/** @import { Words } from "./strings.js" */

/** Readouts of each tool, in the order shown. @type {Record<string, string[]>} */
const shown = {
  geodesic: ["gauss_curvature", "distance", "jacobi_width", "wasserstein_distance"],
  fan: ["gauss_curvature", "jacobi_width"],
  loop: ["holonomy", "curvature_integral", "gauss_curvature"],
  triangle: ["triangle_excess", "triangle_area", "gauss_curvature"],
  circle: ["circumference", "ant_curvature", "gauss_curvature"],
  orbit: ["orbit_gap", "gauss_curvature"],
  region: ["gauss_bonnet", "gauss_curvature"],
  gradient: [
    "natural_gradient",
    "natural_gradient_charts",
    "natural_gradient_length",
    "distance",
    "wasserstein_distance",
  ],
};
const said = family("tool", ["geodesic", "fan", "loop", "triangle", "circle", "orbit", "region", "gradient"]);

/** @param {Words} words */
export function insight({ t, pick }) {
  const sentence = h("p", { class: "tool-said" });
  const list = h("dl", { class: "numbers" });
  const terms = h("p", { class: "terms" });
  const canvas = h("canvas", { class: "small-chart", role: "img" });
  const caption = h("figcaption", {});
  const figure = h("figure", { class: "why" }, canvas, caption);
  const { reads } = source(figure, { name: () => caption.textContent ?? "" });
  const element = h(
    "section",
    { class: "insight", "aria-label": t("insight.title") },
    sentence,
    list,
    terms,
    figure,
  );

  /** @param {Readout[]} readouts @param {string} tool @param {number | null} enclosed */
  function numbers(readouts, tool, enclosed) {
    const wanted = shown[tool]
      .map((id) => readouts.find((one) => one.id === id))
      .filter((one) => one !== undefined);
    const rows = wanted.map((one) => [pick(one.title), number(one.value, 7), one.verdict]);
    const turn = readouts.find(({ id }) => id === "holonomy")?.value;
    if (tool === "loop" && enclosed && typeof turn === "number")
      rows.splice(2, 0, [t("insight.ratio"), number(turn / enclosed, 7), "open"]);
    const now = JSON.stringify(rows);
    if (list.dataset.now === now) return;
    list.dataset.now = now;
    list.replaceChildren(
      ...rows.map(([name, value, verdict]) =>
        h("div", { class: verdict }, h("dt", {}, name), h("dd", {}, value)),
      ),
    );
  }

  /** The words. @param {State} state @param {Scene} scene */
  function update({ status, readouts }, scene) {
    if (!status) return;
    const none = scene.tool === "orbit" && scene.frames.orbit?.shape[1] === 0;
    const noBells = scene.tool === "gradient" && scene.frames.natural?.data.length === 0;
    const lacks = none ? t("orbit.none") : noBells ? t("gradient.none") : "";
    write(sentence, lacks || t(said[/** @type {"fan"} */ (scene.tool)]));
    // Gauss and Bonnet are told term by term.
    const whole = readouts.find(({ id }) => scene.tool === "region" && id === "gauss_bonnet");
    terms.hidden = !whole;
    write(terms, whole ? pick(whole.note) : "");
    numbers(readouts, scene.tool, status.enclosed ?? null);
  }

  const changed = changes();
  /** The small chart, where what it shows has changed. @param {Scene & {bells: boolean}} scene @param {Palette} palette @param {string} font */
  function draw(scene, palette, font) {
    const chart = scene.bells && scene.tool === "geodesic" ? "bells" : charts[scene.tool] ? scene.tool : "";
    if (figure.hidden === Boolean(chart)) figure.hidden = !chart;
    if (!chart) return;
    const { way, path, compared, natural, ordinary, logarithmic } = scene.frames;
    const read = reads(scene.frames);
    for (const name of drawnFrom[chart]) void read[name];
    const size = [...sizeOf(canvas), globalThis.devicePixelRatio, font];
    const shown = [way, path, compared, natural, ordinary, logarithmic, scene.share, scene.length];
    if (!changed([chart, ...shown, palette, ...size])) return;
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    context.font = font;
    charts[chart](context, width, height, scene, palette);
    write(caption, t(captions[/** @type {"fan"} */ (chart)]));
    if (canvas.getAttribute("aria-label") !== caption.textContent)
      canvas.setAttribute("aria-label", caption.textContent ?? "");
  }
  return { element, draw, update };
}

/** The frames of each chart. @type {Record<string, string[]>} */
const drawnFrom = {
  geodesic: ["path"],
  fan: ["path"],
  circle: ["compared"],
  bells: ["way", "path"],
  gradient: ["natural", "ordinary", "logarithmic"],
};
const captions = family("chart", ["geodesic", "fan", "circle", "bells", "gradient"]);

/** @type {Record<string, (pen: CanvasRenderingContext2D, width: number, height: number, scene: Scene, palette: Palette) => void>} */
const charts = {
  geodesic: widths,
  fan: widths,
  /** The three instruments, by the size of what is measured. */
  circle(pen, width, height, { frames }, { colours }) {
    const rows = rowsOf(frames.compared);
    if (!rows.length) return;
    const all = rows.flatMap((row) => Array.from(row.subarray(1))).filter(Number.isFinite);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const spare = Math.max(0.1 * (high - low), 0.02 * Math.max(Math.abs(high), Math.abs(low)), 1e-6);
    const most = rows[rows.length - 1][0];
    const at = axes(pen, width, height, [0, most], [low - spare, high + spare], colours);
    ["signed-plus", "holds", "signed-minus"].forEach((name, i) => {
      const colour = colours[/** @type {"holds"} */ (name)];
      stroke(
        pen,
        rows.map((row) => at(row[0], row[1 + i])),
        colour,
        2,
      );
      pen.fillStyle = colour;
      for (const row of rows) {
        const [x, y] = at(row[0], row[1 + i]);
        pen.fillRect(x - 2, y - 2, 4, 4);
      }
    });
  },
  bells,
  gradient: left,
};

/** The distance of neighbours along the way, with sin s, s and sinh s. @param {CanvasRenderingContext2D} pen @param {number} width @param {number} height @param {Scene} scene @param {Palette} palette */
function widths(pen, width, height, { frames, share, length }, { colours }) {
  const rows = rowsOf(frames.path);
  if (!rows.length || !length) return;
  const s = rows.map((_, i) => (length * i) / (rows.length - 1));
  const own = rows.map((row) => row[5]);
  const top = Math.max(...own, Math.min(length, 3), 0.2);
  const low = Math.min(0, ...own);
  const at = axes(pen, width, height, [0, length], [1.1 * low, 1.12 * top], colours);
  pen.setLineDash([3, 3]);
  for (const law of [Math.sin, (/** @type {number} */ x) => x, Math.sinh])
    stroke(
      pen,
      s.map((x) => at(x, law(x))),
      colours["line-strong"],
      1,
    );
  pen.setLineDash([]);
  stroke(
    pen,
    s.map((x, i) => at(x, own[i])),
    colours.accent,
    2.5,
  );
  const here = at(share * length, own[Math.round(share * (own.length - 1))]);
  pen.fillStyle = colours.ink;
  pen.beginPath();
  pen.arc(here[0], here[1], 3.5, 0, 7);
  pen.fill();
}

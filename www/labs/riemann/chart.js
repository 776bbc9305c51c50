// The chart: the sheet as the ant's coordinates have it, and what the tool at hand draws on it.
import { crisp, sizeOf } from "../../views/canvas.js";
import { flows } from "./flows.js";
import { ellipses, ground, lines } from "./ground.js";
import { ant, onChart, pointer, rowsOf, trace, traces } from "./marks.js";
import { changes, layer } from "./layer.js";
import { placing } from "./place.js";
/** @import { Palette } from "../../views/palette.js" */
/** @import { Place } from "./place.js" */
/** @import { Frame } from "../../types.js" */

/**
 * @typedef {object} Scene
 * @property {Record<string, Frame>} frames
 * @property {string} tool
 * @property {string} map
 * @property {boolean} turned
 * @property {readonly string[]} names
 * @property {readonly [number, number][]} corners drawn by the visitor
 * @property {boolean} own whether the loop is the one that was drawn
 * @property {number} share of the walk that was walked
 * @property {number} length of the walk
 * @property {boolean} stands whether there is a metric under the ant
 * @property {number} goalU the second point
 * @property {number} goalV
 */

/** @param {HTMLCanvasElement} canvas */
export function chart(canvas) {
  const drawGround = ground();
  const under = layer();
  const changed = changes();
  /** @type {Place | null} */
  let place = null;

  /** @param {Scene} scene @param {Palette} palette @param {string} font @returns {Place | null} */
  return function draw(scene, palette, font) {
    const { frames, turned, names, map } = scene;
    // Under a hand most redraws show what stands there already.
    if (!changed([...sizeOf(canvas), ...seen(scene), palette, font])) return place;
    const on = crisp(canvas);
    const { context, width, height } = on;
    context.clearRect(0, 0, width, height);
    place = null;
    if (!frames.chart || !frames.ant) return place;
    const { sheet, rulers } = frames;
    place = placing(frames.chart.data, turned, width, height);
    const at = place;
    under(on, [frames.chart, sheet, rulers, map, palette, font, turned], (pen) => {
      if (sheet) drawGround(pen, at, { sheet, kind: map, palette });
      lines(pen, at, { palette, font, names });
      if (rulers) ellipses(pen, at, { rulers, palette });
    });
    tools[/** @type {"fan"} */ (scene.tool)]?.(context, place, scene, palette);
    if (scene.tool === "geodesic" || scene.tool === "gradient") goal(context, place, scene, palette);
    if (scene.tool === "gradient" && frames.natural?.data.length) return place;
    if (scene.tool !== "fan") walk(context, place, scene, palette);
    walker(context, place, scene, palette);
    return place;
  };
}

/** The second point, as the grip over it has it: a saved picture has no grips. @param {CanvasRenderingContext2D} pen @param {Place} place @param {Scene} scene @param {Palette} palette */
function goal(pen, place, { goalU, goalV }, { colours }) {
  const [x, y] = place.at(goalU, goalV);
  pen.fillStyle = colours.sheet;
  pen.strokeStyle = colours["signed-minus"];
  pen.lineWidth = 2;
  pen.fillRect(x - 5, y - 5, 10, 10);
  pen.strokeRect(x - 5, y - 5, 10, 10);
}

/** All that a drawing of the sheet depends on, besides its size and colours. @param {Scene} scene @returns {unknown[]} */
export const seen = ({ frames, corners, ...rest }) => [
  globalThis.devicePixelRatio,
  ...shown.map((name) => frames[name]),
  ...corners.flat(),
  ...Object.values(rest),
];
const shown = ["chart", "sheet", "rulers", "surface", "ant", "path", "way", "ways", "fan", "round"].concat([
  "triangle",
  "circle",
  "region",
  "hole",
  "natural",
  "ordinary",
  "logarithmic",
  "orbit",
]);

/** How far apart two points of a line lie at most: more is the seam of the chart. @param {Place} place */
const jump = ({ width, height }) => 0.5 * Math.min(width, height);

/** The straight line, as far as it was walked, with its neighbours. @param {CanvasRenderingContext2D} pen @param {Place} place @param {Scene} scene @param {Palette} palette */
function walk(pen, place, { frames, tool, share }, { colours }) {
  const rows = rowsOf(frames.path);
  if (!rows.length) return;
  const project = onChart(place);
  const far = rows.length - 1;
  const done = Math.round(far * share);
  const quiet = tool === "geodesic" || tool === "orbit" ? 1 : 0.55;
  if (tool === "geodesic") {
    pen.globalAlpha = 0.16;
    pen.fillStyle = colours.accent;
    band(pen, rows, place, 0.07);
    pen.globalAlpha = 1;
  }
  pen.globalAlpha = quiet;
  pen.strokeStyle = colours.accent;
  pen.lineJoin = "round";
  pen.lineWidth = 1.25;
  pen.setLineDash([5, 5]);
  trace(pen, rows.slice(done), project, jump(place));
  pen.stroke();
  pen.setLineDash([]);
  pen.lineWidth = 2.5;
  trace(pen, rows.slice(0, done + 1), project, jump(place));
  pen.stroke();
  pen.globalAlpha = 1;
}

/** Between two neighbours that leave at a small angle to both sides. @param {CanvasRenderingContext2D} pen @param {Float32Array[]} rows @param {Place} place @param {number} angle */
function band(pen, rows, place, angle) {
  const side = (/** @type {Float32Array} */ r, /** @type {number} */ a) =>
    place.at(r[0] + a * r[5] * r[6], r[1] + a * r[5] * r[7]);
  pen.beginPath();
  for (const row of rows) pen.lineTo(...side(row, angle));
  for (const row of [...rows].reverse()) pen.lineTo(...side(row, -angle));
  pen.closePath();
  pen.fill();
}

/** The ant, where it is looking, and the arrow that it carries. @param {CanvasRenderingContext2D} pen @param {Place} place @param {Scene} scene @param {Palette} palette */
function walker(pen, place, { frames, stands, tool }, { colours }) {
  const [s, u, v, , , , du, dv, au, av] = frames.ant.data;
  if (!stands || !Number.isFinite(u)) return;
  const [x, y] = place.at(u, v);
  if (tool === "geodesic") pointer(pen, place, [u, v], [au, av], 34, colours["signed-minus"]);
  const ahead = place.at(u + 1e-3 * du, v + 1e-3 * dv);
  ant(pen, [x, y], Math.atan2(ahead[1] - y, ahead[0] - x), 40 * s, colours.ink, colours.sheet, 1.15);
}

/** @type {Record<string, (pen: CanvasRenderingContext2D, place: Place, scene: Scene, palette: Palette) => void>} */
const tools = {
  geodesic(pen, place, { frames }, { colours }) {
    const project = onChart(place);
    pen.lineWidth = 2;
    pen.strokeStyle = colours["signed-minus"];
    pen.setLineDash([2, 4]);
    trace(pen, rowsOf(frames.ways), project, jump(place));
    pen.stroke();
    pen.setLineDash([]);
    trace(pen, rowsOf(frames.way), project, jump(place));
    pen.stroke();
  },
  fan(pen, place, { frames }, { colours }) {
    if (!frames.fan) return;
    const [rays, along] = frames.fan.shape;
    const rows = rowsOf(frames.fan);
    const project = onChart(place);
    const ray = (/** @type {number} */ i) => rows.slice(i * along, (i + 1) * along);
    const seam = jump(place);
    pen.lineWidth = 1;
    pen.strokeStyle = colours["signed-minus"];
    pen.globalAlpha = 0.75;
    traces(
      pen,
      Array.from({ length: rays - 1 }, (_, i) => ray(i + 1)),
      project,
      seam,
    );
    pen.stroke();
    pen.strokeStyle = colours.accent;
    pen.globalAlpha = 1;
    trace(pen, ray(0), project, seam);
    pen.stroke();
    pen.strokeStyle = colours.ink;
    pen.globalAlpha = 0.7;
    const rings = Array.from({ length: Math.ceil(along / 4) - 1 }, (_, k) =>
      Array.from({ length: rays + 1 }, (_, i) => rows[(i % rays) * along + 4 * (k + 1)]),
    );
    traces(pen, rings, project, seam);
    pen.stroke();
    pen.globalAlpha = 1;
  },
  loop(pen, place, { frames }, { colours }) {
    const rows = rowsOf(frames.round);
    if (!rows.length) return;
    pen.lineWidth = 2;
    pen.strokeStyle = colours.ink;
    trace(pen, [...rows, rows[0]], onChart(place), jump(place));
    pen.stroke();
    const every = Math.max(1, Math.round(rows.length / 28));
    rows.forEach((row, i) => {
      if (i % every) return;
      pen.globalAlpha = 0.35 + (0.6 * i) / rows.length;
      pointer(pen, place, [row[0], row[1]], [row[5], row[6]], 22, colours["signed-minus"], 1.5);
    });
    pen.globalAlpha = 1;
    const [first, last] = [rows[0], rows[rows.length - 1]];
    pointer(pen, place, [first[0], first[1]], [first[5], first[6]], 40, colours.ink, 2);
    pointer(pen, place, [first[0], first[1]], [last[5], last[6]], 40, colours.accent, 3);
  },
  triangle(pen, place, { frames }, { colours }) {
    filled(pen, rowsOf(frames.triangle), place, colours);
  },
  circle(pen, place, { frames }, { colours }) {
    const rows = rowsOf(frames.circle);
    if (rows.length) filled(pen, [...rows, rows[0]], place, colours);
  },
  orbit(pen, place, { frames }, { colours }) {
    if (!frames.orbit?.shape[1]) return;
    const rows = rowsOf(frames.orbit);
    pen.lineWidth = 7;
    pen.globalAlpha = 0.35;
    pen.strokeStyle = colours["signed-minus"];
    trace(pen, rows.slice(0, frames.orbit.shape[1]), onChart(place));
    pen.stroke();
    pen.globalAlpha = 1;
    const [x, y] = place.at(0, 0);
    pen.fillStyle = colours["signed-plus"];
    pen.beginPath();
    pen.arc(x, y, 6, 0, 7);
    pen.fill();
  },
  region(pen, place, { frames, corners }, { colours }) {
    const rows = corners.length >= 3 ? corners : rowsOf(frames.region);
    const hole = rowsOf(frames.hole);
    if (rows.length) filled(pen, [...rows, rows[0]], place, colours, [...hole, ...hole.slice(0, 1)]);
  },
  gradient(pen, place, scene, palette) {
    flows(pen, place, scene, palette);
  },
};

/** @param {CanvasRenderingContext2D} pen @param {ArrayLike<number>[]} rows @param {Place} place @param {Palette["colours"]} colours @param {ArrayLike<number>[]} [hole] */
function filled(pen, rows, place, colours, hole = []) {
  traces(pen, [rows, hole], onChart(place), jump(place));
  pen.fillStyle = colours["signed-minus"];
  pen.globalAlpha = 0.18;
  pen.fill("evenodd");
  pen.globalAlpha = 1;
  pen.strokeStyle = colours["signed-minus"];
  pen.lineWidth = 2.25;
  pen.stroke();
}

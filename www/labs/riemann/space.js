// The surface as it is seen from outside: a mesh turned by hand, drawn from back to front, with the same lines on it as on the chart.
import { crisp, sizeOf } from "../../views/canvas.js";
import { css } from "../../views/color.js";
import { colouring } from "./ground.js";
import { seen } from "./chart.js";
import { changes, layer } from "./layer.js";
import { ant, rowsOf, traces } from "./marks.js";
/** @import { Frame } from "../../types.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Scene } from "./chart.js" */

/** @typedef {{yaw: number, pitch: number}} View */

/** Where a point of space is on the canvas, and how near. @typedef {(x: number, y: number, z: number) => [number, number, number]} Camera */

/** @param {Frame} surface */
export const isThere = (surface) => surface?.data.some(Number.isFinite);

/** The middle of what is there, and its reach. @param {Float32Array} data @returns {{middle: number[], reach: number}} */
export function box(data) {
  const [low, high] = [
    [Infinity, Infinity, Infinity],
    [-Infinity, -Infinity, -Infinity],
  ];
  data.forEach((x, i) => {
    if (!Number.isFinite(x)) return;
    low[i % 3] = Math.min(low[i % 3], x);
    high[i % 3] = Math.max(high[i % 3], x);
  });
  const middle = low.map((x, i) => (x + high[i]) / 2);
  let reach = 0;
  for (let i = 0; i < data.length; i += 3) {
    const far = Math.hypot(...middle.map((x, axis) => data[i + axis] - x));
    if (Number.isFinite(far)) reach = Math.max(reach, far);
  }
  return { middle, reach: reach || 1 };
}

/** Seen from far away: no perspective, so that equal lengths stay equal. @param {View} view @param {{middle: number[], reach: number}} of @param {number} width @param {number} height @returns {Camera} */
export function camera({ yaw, pitch }, { middle, reach }, width, height) {
  const [c, s, p, q] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  const scale = (0.47 * Math.min(width, height)) / reach;
  return (x, y, z) => {
    const [a, b, up] = [x - middle[0], y - middle[1], z - middle[2]];
    const [right, far] = [c * a - s * b, s * a + c * b];
    return [width / 2 + scale * right, height / 2 - scale * (p * up + q * far), p * far - q * up];
  };
}

/** @param {HTMLCanvasElement} canvas */
export function space(canvas) {
  /** @type {ReturnType<typeof layer<(x: number, y: number) => number>>} */
  const under = layer();
  const changed = changes();
  /** @type {Camera | null} */
  let known = null;
  /** @param {Scene} scene @param {View} view @param {Palette} palette @returns {Camera | null} */
  return function draw(scene, view, palette) {
    if (!changed([...sizeOf(canvas), ...seen(scene), view.yaw, view.pitch, palette])) return known;
    const on = crisp(canvas);
    const { context, width, height } = on;
    context.clearRect(0, 0, width, height);
    const { surface, sheet } = scene.frames;
    known = null;
    if (!isThere(surface)) return known;
    const size = box(surface.data);
    const look = camera(view, size, width, height);
    const near = under(on, [surface, sheet, scene.map, palette, view.yaw, view.pitch], (pen) =>
      mesh(pen, surface, sheet, look, scene.map, palette, width, height),
    );
    const hidden = (/** @type {readonly number[]} */ [x, y, depth]) => depth > near(x, y) + 0.3 * size.reach;
    drawn(context, scene, look, hidden, palette, width);
    known = look;
    return known;
  };
}

/** Answers with how near the nearest face is at a pixel. @param {CanvasRenderingContext2D} pen @param {Frame} surface @param {Frame | undefined} sheet @param {Camera} look @param {string} kind @param {Palette} palette @param {number} width @param {number} height */
function mesh(pen, surface, sheet, look, kind, palette, width, height) {
  const [n] = surface.shape;
  const data = surface.data;
  const cells = sheet?.shape[1] ?? 0;
  const values = sheet?.data.subarray(
    kind === "area" ? cells ** 2 : 0,
    kind === "area" ? 2 * cells ** 2 : cells ** 2,
  );
  const colour = values && kind !== "none" ? colouring(values, /** @type {"area"} */ (kind), palette) : null;
  /** @type {{depth: number, corners: [number, number, number][], cell: number, light: number, line: boolean}[]} */
  const faces = [];
  const at = (/** @type {number} */ i) => look(data[3 * i], data[3 * i + 1], data[3 * i + 2]);
  for (let row = 0; row < n - 1; row++)
    for (let column = 0; column < n - 1; column++) {
      const i = row * n + column;
      const corners = [at(i), at(i + 1), at(i + n + 1), at(i + n)];
      const depth = corners.reduce((sum, corner) => sum + corner[2], 0) / 4;
      if (!Number.isFinite(depth)) continue;
      const [x, y] = [(column + 0.5) / (n - 1), (row + 0.5) / (n - 1)];
      const cell = Math.floor(y * cells) * cells + Math.floor(x * cells);
      faces.push({ depth, corners, cell, light: facing(corners), line: false });
    }
  faces.sort((a, b) => b.depth - a.depth);
  const plain = palette.shade(0.22);
  const paper = palette.signed(0);
  pen.lineWidth = 0.5;
  for (const { corners, cell, light } of faces) {
    const tone = colour && values ? colour(values[cell]) : plain;
    const shown = /** @type {[number, number, number]} */ (
      tone.map((x, i) => (0.7 * x + 0.3 * paper[i]) * (0.72 + 0.28 * light))
    );
    pen.fillStyle = pen.strokeStyle = css(shown);
    pen.globalAlpha = 0.93;
    pen.beginPath();
    for (const [x, y] of corners) pen.lineTo(x, y);
    pen.closePath();
    pen.fill();
    pen.stroke();
  }
  pen.globalAlpha = 1;
  wires(pen, n, at, palette);
  return nearest(faces, width, height);
}

/** Pixels a side of a cell in which only the nearest face counts. */
const grain = 4;

/** @param {{depth: number, corners: [number, number, number][]}[]} faces from the farthest on @param {number} width @param {number} height */
function nearest(faces, width, height) {
  const across = Math.ceil(width / grain) + 1;
  const cells = new Float32Array(across * (Math.ceil(height / grain) + 1)).fill(Infinity);
  const cell = (/** @type {number} */ x) => Math.max(0, Math.floor(x / grain));
  for (const { depth, corners } of faces) {
    const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
    for (let row = cell(Math.min(...ys)); row <= cell(Math.min(height, Math.max(...ys))); row++)
      for (let column = cell(Math.min(...xs)); column <= cell(Math.min(width, Math.max(...xs))); column++)
        cells[row * across + column] = Math.min(cells[row * across + column], depth);
  }
  return (/** @type {number} */ x, /** @type {number} */ y) => cells[cell(y) * across + cell(x)] ?? Infinity;
}

/** How much a face looks at the eye: its flat size over its size. @param {[number, number, number][]} corners */
function facing([a, b, , d]) {
  const [p, q] = [b.map((x, i) => x - a[i]), d.map((x, i) => x - a[i])];
  const normal = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
  const long = Math.hypot(...normal);
  return long ? Math.abs(normal[2]) / long : 1;
}

/** Every sixth coordinate line. @param {CanvasRenderingContext2D} pen @param {number} n @param {(i: number) => [number, number, number]} at @param {Palette} palette */
function wires(pen, n, at, { colours }) {
  pen.strokeStyle = colours["line-strong"];
  pen.globalAlpha = 0.4;
  pen.lineWidth = 0.75;
  for (let k = 0; k < n; k += 6)
    for (const along of [(/** @type {number} */ i) => k * n + i, (/** @type {number} */ i) => i * n + k]) {
      pen.beginPath();
      for (let i = 0; i < n; i++) {
        const [x, y] = at(along(i));
        if (Number.isFinite(x)) pen.lineTo(x, y);
      }
      pen.stroke();
    }
  pen.globalAlpha = 1;
}

/** The lines of the tool, where they are in space. @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {Camera} look @param {(point: readonly number[]) => boolean} hidden @param {Palette} palette @param {number} width */
function drawn(pen, { frames, tool, stands, share }, look, hidden, { colours }, width) {
  const project = (/** @type {ArrayLike<number>} */ row) => {
    const [x, y] = look(row[2], row[3], row[4]);
    return /** @type {[number, number] | null} */ (Number.isFinite(x) ? [x, y] : null);
  };
  /** What lies behind the surface is only hinted at. @param {boolean} behind */
  const side = (behind) => (/** @type {ArrayLike<number>} */ row) => {
    const point = look(row[2], row[3], row[4]);
    if (!Number.isFinite(point[0]) || hidden(point) !== behind) return null;
    return /** @type {[number, number]} */ ([point[0], point[1]]);
  };
  const lines = (
    /** @type {Float32Array[][]} */ all,
    /** @type {string} */ colour,
    /** @type {number} */ thick,
    /** @type {number[]} */ dash = [],
  ) => {
    pen.strokeStyle = colour;
    pen.lineWidth = thick;
    pen.setLineDash(dash);
    for (const behind of [true, false]) {
      pen.globalAlpha = behind ? 0.22 : 1;
      traces(pen, all, side(behind), 0.4 * width);
      pen.stroke();
    }
    pen.setLineDash([]);
  };
  const line = (
    /** @type {Float32Array[]} */ rows,
    /** @type {string} */ colour,
    /** @type {number} */ thick,
    /** @type {number[]} */ dash = [],
  ) => lines([rows], colour, thick, dash);
  pen.lineJoin = "round";
  const closed = (/** @type {Frame | undefined} */ frame) => {
    const rows = rowsOf(frame);
    return rows.length ? [...rows, rows[0]] : rows;
  };
  const minus = colours["signed-minus"];
  if (tool === "geodesic") {
    line(rowsOf(frames.ways), minus, 1.5, [2, 4]);
    line(rowsOf(frames.way), minus, 1.75);
  }
  if (tool === "loop") line(closed(frames.round), colours.ink, 2);
  if (tool === "triangle") line(rowsOf(frames.triangle), minus, 2.25);
  if (tool === "circle") line(closed(frames.circle), minus, 2.25);
  if (tool === "fan" && frames.fan) {
    const [rays, along] = frames.fan.shape;
    const rows = rowsOf(frames.fan);
    const all = Array.from({ length: rays }, (_, i) => rows.slice(i * along, (i + 1) * along));
    lines(all.slice(1), minus, 0.75);
    line(all[0], colours.accent, 2);
  } else {
    const rows = rowsOf(frames.path);
    const done = Math.round((rows.length - 1) * share);
    line(rows.slice(done), colours.accent, 1.25, [5, 5]);
    line(rows.slice(0, done + 1), colours.accent, 2.5);
  }
  const [s, , , x, y, z] = frames.ant.data;
  if (!stands || !Number.isFinite(x)) return;
  const rows = rowsOf(frames.path);
  const [here, next] = [
    look(x, y, z),
    rows[Math.min(rows.length - 1, Math.round((rows.length - 1) * share) + 1)],
  ];
  const before = rows[Math.max(0, Math.round((rows.length - 1) * share) - 1)];
  const [a, b] = [project(before), project(next)];
  const angle = a && b ? Math.atan2(b[1] - a[1], b[0] - a[0]) : 0;
  pen.globalAlpha = hidden(here) ? 0.3 : 1;
  ant(pen, [here[0], here[1]], angle, 40 * s, colours.ink, colours.sheet, 0.9);
  pen.globalAlpha = 1;
}

/**
 * The place of the chart under a pointer: the nearest corner of the mesh that looks at the eye, then the slope of the mesh there.
 * @param {Frame} surface @param {ArrayLike<number>} chart @param {Camera} look @param {number} x @param {number} y @returns {[number, number] | null}
 */
export function under(surface, chart, look, x, y) {
  const [n] = surface.shape;
  const at = (/** @type {number} */ i) =>
    look(surface.data[3 * i], surface.data[3 * i + 1], surface.data[3 * i + 2]);
  let best = -1;
  let score = Infinity;
  for (let i = 0; i < n * n; i++) {
    const [a, b, depth] = look(surface.data[3 * i], surface.data[3 * i + 1], surface.data[3 * i + 2]);
    const away = Math.hypot(a - x, b - y);
    // A corner a little farther away is taken if it is nearer to the eye.
    if (!(away < 18)) continue;
    const rank = away / 18 + 1.5 * depth;
    if (rank < score) [best, score] = [i, rank];
  }
  if (best < 0) return null;
  const [row, column] = [Math.floor(best / n), best % n];
  const clamp = (/** @type {number} */ k) => Math.min(n - 1, Math.max(0, k));
  const corner = (/** @type {number} */ r, /** @type {number} */ c) => at(clamp(r) * n + clamp(c));
  const here = at(best);
  const [du, dv] = [
    [corner(row, column + 1), corner(row, column - 1)],
    [corner(row + 1, column), corner(row - 1, column)],
  ].map(([a, b]) => [(a[0] - b[0]) / 2, (a[1] - b[1]) / 2]);
  const turn = du[0] * dv[1] - du[1] * dv[0];
  const [px, py] = [x - here[0], y - here[1]];
  const hold = (/** @type {number} */ k) => Math.min(1, Math.max(-1, k));
  const [i, j] =
    Math.abs(turn) > 1e-6
      ? [hold((px * dv[1] - py * dv[0]) / turn), hold((du[0] * py - du[1] * px) / turn)]
      : [0, 0];
  const [u0, u1, v0, v1] = Array.from(chart);
  return [u0 + ((u1 - u0) * (column + i)) / (n - 1), v0 + ((v1 - v0) * (row + j)) / (n - 1)];
}

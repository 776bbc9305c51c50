// A density on the line: the lanes over the target, how each falls, and the jump that a proximal step is.
import { axes, power } from "../../views/axes.js";
import { dashes, lanes } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** The sheet that it is drawn on, once there is one. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function densities(canvas, { frames, colours, font }) {
  const { grid, target, lanes: all, dots, arrows } = frames;
  if (!grid || !target || !all || !canvas.clientWidth) return null;
  const [left, width, cells] = grid.data;
  const x = (/** @type {number} */ i) => left + (i + 0.5) * width;
  const most = Math.max(...target.data, ...all.data.filter(Number.isFinite));
  const high = Math.min(most, 2.6 * Math.max(...target.data, 0.32)) * 1.08;
  const on = axes(canvas, {
    x: [left, left + width * cells],
    y: [-0.2 * high, high],
    colours,
    font,
    across: "x",
  });
  const { pen, X, Y } = on;
  on.within(() => {
    pen.fillStyle = colours["shade-middle"];
    pen.globalAlpha = 0.55;
    pen.beginPath();
    pen.moveTo(X(x(0)), Y(0));
    for (let i = 0; i < cells; i++) pen.lineTo(X(x(i)), Y(target.data[i]));
    pen.lineTo(X(x(cells - 1)), Y(0));
    pen.fill();
    pen.globalAlpha = 1;
  });
  for (let lane = 3; lane >= 0; lane--) {
    const colour = colours[lanes[lane]];
    on.curve(cells, (i) => [x(i), all.data[lane * cells + i]], colour, { width: 2.4, dash: dashes[lane] });
    if (!dots) continue;
    pen.fillStyle = colour;
    pen.globalAlpha = 0.6;
    const count = dots.shape[1];
    for (let i = 0; i < count; i++) {
      const place = dots.data[lane * count + i];
      if (Number.isFinite(place)) pen.fillRect(X(place) - 1, Y(-0.03 * high) + 5 * lane, 2, 4);
    }
    pen.globalAlpha = 1;
  }
  if (arrows) push(on, arrows, high, colours.ink);
  return on;
}

/** Which way mass is pushed, where there is any. @param {ReturnType<typeof axes>} on @param {import("../../types.js").Frame} arrows @param {number} high @param {string} colour */
function push({ pen, X, Y, box }, arrows, high, colour) {
  const y = Y(-0.165 * high);
  const rows = arrows.shape[0];
  const cell = (box.right - box.left) / rows;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.4;
  for (let i = 0; i < rows; i++) {
    const [x, v, q] = arrows.data.subarray(3 * i, 3 * i + 3);
    if (!Number.isFinite(v) || q < 0.004 * high) continue;
    const length = 0.95 * cell * (v / (1.2 + Math.abs(v)));
    const tip = X(x) + length;
    const head = Math.sign(length) * Math.min(4, Math.abs(length) / 2);
    pen.beginPath();
    pen.moveTo(X(x), y);
    pen.lineTo(tip, y);
    pen.moveTo(tip - head, y - 3);
    pen.lineTo(tip, y);
    pen.lineTo(tip - head, y + 3);
    pen.stroke();
  }
}

/** Whether the spectral gap says how this energy falls: it is that of KL(q‖p). @param {Scene["given"]} given */
export const fades = ({ energy, divergence }) => energy === "kl" && divergence === "reverse";

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function falling(canvas, { frames, at, values, given, colours, font, claim, t }) {
  const { falls } = frames;
  if (!falls || !canvas.clientWidth) return;
  const states = falls.shape[1];
  const plain = given.scale === "linear";
  const log = (/** @type {number} */ value) => (value > 1e-9 ? Math.log10(value) : NaN);
  const shown = plain ? (/** @type {number} */ value) => value : log;
  const all = Array.from(falls.data, shown).filter(Number.isFinite);
  const high = plain ? 1.05 * Math.max(1e-6, ...all) : Math.max(0, ...all) + 0.2;
  const low = plain ? 0 : Math.min(high - 1, Math.max(high - 6, Math.min(...all) - 0.1));
  const time = Math.max(values.t, 1e-6);
  const label = plain ? {} : { label: power };
  const on = axes(canvas, { x: [0, time], y: [low, high], colours, font, across: "t", ...label });
  const gap = fades(given) ? (claim("gap")?.value ?? null) : null;
  const start = log(falls.data[0]);
  // The slowest rate there is, through the first lane's end: KL falls as e^{−2λt} in the long run.
  if (gap !== null && Number.isFinite(start)) {
    const end = log(falls.data[states - 1]);
    const slope = -2 * gap * Math.LOG10E;
    const rate = (/** @type {number} */ share) => {
      const y = end + slope * (share - 1) * time;
      return plain ? 10 ** y : y;
    };
    on.curve(49, (i) => [(i / 48) * time, rate(i / 48)], colours["ink-soft"], {
      width: 1.4,
      dash: [3, 4],
    });
  }
  for (let lane = 3; lane >= 0; lane--) {
    const colour = colours[lanes[lane]];
    const y = (/** @type {number} */ k) => shown(falls.data[lane * states + k]);
    on.curve(states, (k) => [(k / (states - 1)) * time, y(k)], colour, { width: 2, dash: dashes[lane] });
    on.dot((at / (states - 1)) * time, y(at), colour, 3.5);
  }
  on.cursor((at / (states - 1)) * time, colours["ink-soft"]);
  on.write(t("falls.axis"), on.box.left + 6, on.box.top + 2, colours["ink-soft"]);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function jump(canvas, { frames, colours, font }) {
  const { jump: f, grid } = frames;
  if (!f?.shape[0] || !grid || !canvas.clientWidth) return;
  const rows = f.shape[0];
  const cell = (/** @type {number} */ i, /** @type {number} */ j) => f.data[5 * i + j];
  const [left, width, cells] = grid.data;
  const most = Math.max(...Array.from({ length: rows }, (_, i) => Math.max(cell(i, 1), cell(i, 3))));
  const high = 1.1 * most;
  const gap = 0.45 * high;
  const on = axes(canvas, {
    x: [left, left + width * cells],
    y: [-gap - high, gap + high],
    colours,
    font,
    across: "x",
    label: () => "",
  });
  const { pen, X, Y } = on;
  on.within(() => {
    pen.lineWidth = 1;
    // Strings of equal mass.
    for (let i = 0; i < rows; i += 4) {
      if (cell(i, 1) < 0.015 * most) continue;
      pen.strokeStyle = colours["ink-soft"];
      pen.globalAlpha = 0.6;
      pen.beginPath();
      pen.moveTo(X(cell(i, 0)), Y(gap));
      pen.lineTo(X(cell(i, 2)), Y(-gap));
      pen.stroke();
      pen.strokeStyle = colours["lane-2"];
      pen.globalAlpha = 0.9;
      pen.beginPath();
      pen.moveTo(X(cell(i, 4)), Y(-gap) - 4);
      pen.lineTo(X(cell(i, 4)), Y(-gap) + 4);
      pen.stroke();
    }
    pen.globalAlpha = 1;
  });
  on.curve(rows, (i) => [cell(i, 0), gap + cell(i, 1)], colours["lane-1"], { width: 2.2 });
  on.curve(rows, (i) => [cell(i, 2), -gap - cell(i, 3)], colours["lane-3"], { width: 2.2 });
}

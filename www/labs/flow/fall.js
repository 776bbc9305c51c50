// How F falls in each lane of the plane, above what it is at rest, beside the slowest rate of the landscape.
import { axes, power } from "../../views/axes.js";
import { dashes, lanes as colourOf } from "./scene.js";
/** @import { Frame } from "../../types.js" */
/** @import { Scene } from "./scene.js" */

/** What is read of a lane at a state, in the order of the frame. */
const names = /** @type {const} */ (["energy", "w2", "mass", "meanX", "meanY", "varianceX", "varianceY"]);

/**
 * @param {Frame | undefined} read @param {number} lane @param {number} state
 * @returns {Record<typeof names[number], number> | null} null where nothing was read yet
 */
export function reading(read, lane, state) {
  if (!read || lane >= read.shape[0]) return null;
  const [, states, width] = read.shape;
  const row = read.data.subarray((lane * states + state) * width, (lane * states + state + 1) * width);
  if (!Number.isFinite(row[2])) return null;
  return /** @type {Record<typeof names[number], number>} */ (
    Object.fromEntries(names.map((name, i) => [name, row[i]]))
  );
}

/** Whether F has a bottom to be measured from. @param {Frame | undefined} sheet */
export const bottom = (sheet) => (sheet && Number.isFinite(sheet.data[4]) ? sheet.data[4] : null);

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function fall(canvas, { frames: { read, sheet }, at, values, given, colours, font, claim }) {
  if (!read?.shape[0] || !canvas.clientWidth) return;
  const [lanes, states] = read.shape;
  const low = bottom(sheet);
  const logs = given.scale === "log" && low !== null;
  const height = (/** @type {number} */ lane, /** @type {number} */ k) =>
    (reading(read, lane, k)?.energy ?? NaN) - (low ?? 0);
  const shown = (/** @type {number} */ f) => (!logs ? f : f > 1e-7 ? Math.log10(f) : NaN);
  const all = Array.from({ length: lanes }, (_, lane) =>
    Array.from({ length: states }, (_, k) => shown(height(lane, k))),
  );
  const seen = all.flat().filter(Number.isFinite);
  if (!seen.length) seen.push(0);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const pad = 0.06 * (most - least || 1);
  const from = logs
    ? Math.max(Math.min(least, most - 1), most - 6) - 0.1
    : Math.min(least, low === null ? least : 0) - pad;
  const time = (states - 1) * values.h;
  const when = (/** @type {number} */ k) => (k / (states - 1)) * time;
  const on = axes(canvas, {
    ...{ x: [0, time], y: [from, logs ? most + 0.15 : most + pad], colours, font, across: "t" },
    ...(logs ? { label: power } : {}),
  });
  const last = all[0].findLastIndex(Number.isFinite);
  const gap = claim("plane_gap")?.value ?? null;
  // Through the first lane's last state: F above rest falls as e^{−2λt} in the long run, where mass moves.
  if (logs && gap !== null && last >= 0)
    on.curve(
      49,
      (i) => [(i / 48) * time, all[0][last] - 2 * gap * Math.LOG10E * ((i / 48) * time - when(last))],
      colours["ink-soft"],
      { width: 1.4, dash: [3, 4] },
    );
  for (let lane = lanes - 1; lane >= 0; lane--) {
    const colour = colours[colourOf[lane]];
    on.curve(states, (k) => [when(k), all[lane][k]], colour, { width: 2, dash: dashes[lane] });
    on.dot(when(at), all[lane][at], colour, 3.5);
  }
  on.cursor(when(at), colours["ink-soft"]);
}

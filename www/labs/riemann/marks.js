// What is drawn on the sheet: lines, bands, arrows, and the ant.
/** @import { Frame } from "../../types.js" */
/** @import { Place } from "./place.js" */

/** @typedef {CanvasRenderingContext2D} Pen */
/** @typedef {(row: ArrayLike<number>) => [number, number] | null} Project where a row of a frame is drawn; null: nowhere */

/** @type {WeakMap<Frame, Float32Array[]>} */
const known = new WeakMap();

/** Rows of a frame; the same ones for whoever asks again. @param {Frame | undefined} frame @returns {Float32Array[]} */
export function rowsOf(frame) {
  if (!frame?.data.length) return [];
  const before = known.get(frame);
  if (before) return before;
  const width = frame.shape[frame.shape.length - 1];
  const rows = Array.from({ length: frame.data.length / width }, (_, i) =>
    frame.data.subarray(width * i, width * (i + 1)),
  );
  known.set(frame, rows);
  return rows;
}

/** On the chart: the first two numbers of a row. @param {Place} place @returns {Project} */
export const onChart = (place) => (row) =>
  Number.isFinite(row[0]) && Number.isFinite(row[1]) ? place.at(row[0], row[1]) : null;

/** A line through rows; a jump wider than half the canvas is the chart's seam, not a step. @param {Pen} pen @param {(ArrayLike<number>)[]} rows @param {Project} project @param {number} [jump] */
export function trace(pen, rows, project, jump = Infinity) {
  pen.beginPath();
  more(pen, rows, project, jump);
}

/** Several lines as one path: they are stroked together. @param {Pen} pen @param {(ArrayLike<number>)[][]} lines @param {Project} project @param {number} [jump] */
export function traces(pen, lines, project, jump = Infinity) {
  pen.beginPath();
  for (const rows of lines) more(pen, rows, project, jump);
}

/** @param {Pen} pen @param {(ArrayLike<number>)[]} rows @param {Project} project @param {number} jump */
function more(pen, rows, project, jump) {
  /** @type {[number, number] | null} */
  let last = null;
  for (const row of rows) {
    const now = project(row);
    if (now && last && Math.hypot(now[0] - last[0], now[1] - last[1]) < jump) pen.lineTo(now[0], now[1]);
    else if (now) pen.moveTo(now[0], now[1]);
    last = now;
  }
}

/** @param {Pen} pen @param {[number, number]} from @param {[number, number]} to @param {string} colour @param {number} [width] */
export function arrow(pen, [x, y], [to, up], colour, width = 2) {
  const angle = Math.atan2(up - y, to - x);
  const head = Math.min(9, 0.5 * Math.hypot(to - x, up - y));
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(to - 0.7 * head * Math.cos(angle), up - 0.7 * head * Math.sin(angle));
  pen.stroke();
  pen.beginPath();
  pen.moveTo(to, up);
  for (const turn of [2.65, -2.65])
    pen.lineTo(to + head * Math.cos(angle + turn), up + head * Math.sin(angle + turn));
  pen.closePath();
  pen.fill();
}

/** An arrow of `size` pixels in the direction of a step of the chart. @param {Pen} pen @param {Place} place @param {readonly number[]} at @param {readonly number[]} step @param {number} size @param {string} colour @param {number} [width] */
export function pointer(pen, place, [u, v], [du, dv], size, colour, width) {
  const [from, to] = [place.at(u, v), place.at(u + 1e-3 * du, v + 1e-3 * dv)];
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (!(long > 0)) return;
  const tip = /** @type {[number, number]} */ (
    [0, 1].map((i) => from[i] + (size * (to[i] - from[i])) / long)
  );
  arrow(pen, from, tip, colour, width);
}

/** The ant, seen from above, walking along `angle`; `pace` moves its legs. @param {Pen} pen @param {[number, number]} at @param {number} angle @param {number} pace @param {string} colour @param {string} rim @param {number} [size] */
export function ant(pen, [x, y], angle, pace, colour, rim, size = 1) {
  pen.save();
  pen.translate(x, y);
  pen.rotate(angle);
  pen.scale(size, size);
  pen.lineCap = "round";
  const legs = (/** @type {string} */ ink, /** @type {number} */ width) => {
    pen.strokeStyle = ink;
    pen.lineWidth = width;
    pen.beginPath();
    for (const side of [-1, 1])
      for (const leg of [-1, 0, 1]) {
        const swing = 1.6 * Math.sin(pace + 2.1 * leg + side);
        pen.moveTo(1.6 * leg, 0);
        pen.lineTo(3.2 * leg + swing, 5 * side);
        pen.lineTo(4.6 * leg + 1.6 * swing, 8 * side);
      }
    for (const side of [-1, 1]) {
      pen.moveTo(8, 1.2 * side);
      pen.quadraticCurveTo(11, 2 * side, 12.5, 4.5 * side);
    }
    pen.stroke();
  };
  const body = () => {
    for (const [at, long, wide] of [
      [-6.5, 5.2, 3.9],
      [0.2, 3, 2.3],
      [6.2, 3.1, 2.8],
    ]) {
      pen.beginPath();
      pen.ellipse(at, 0, long, wide, 0, 0, 7);
      pen.fill();
    }
  };
  legs(rim, 4);
  pen.fillStyle = rim;
  pen.scale(1.18, 1.3);
  body();
  pen.scale(1 / 1.18, 1 / 1.3);
  legs(colour, 1.5);
  pen.fillStyle = colour;
  body();
  pen.restore();
}

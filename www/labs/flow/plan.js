// A proximal step of the cloud's law, laid over the map: strings from where mass is to where it goes, and lines of what arrives.
import { isolines } from "../../views/contours.js";
/** @import { Scene } from "./scene.js" */

/** Of the most that arrives. */
const levels = [0.08, 0.3, 0.55, 0.8];

/** @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {{X: (x: number) => number, Y: (y: number) => number}} on */
export function strings(pen, { frames, colours }, { X, Y }) {
  const { plan, settled, plan_window: window } = frames;
  if (!plan?.shape[0] || !settled?.shape[0] || !window?.shape[0]) return;
  const cell = (/** @type {number} */ i, /** @type {number} */ j) => plan.data[5 * i + j];
  const rows = plan.shape[0];
  pen.save();
  pen.lineCap = "round";
  pen.lineWidth = 1.2;
  pen.strokeStyle = colours.ink;
  for (let i = 0; i < rows; i++) {
    pen.globalAlpha = 0.18 + 0.62 * Math.sqrt(cell(i, 4));
    pen.beginPath();
    pen.moveTo(X(cell(i, 0)), Y(cell(i, 1)));
    pen.lineTo(X(cell(i, 2)), Y(cell(i, 3)));
    pen.stroke();
  }
  pen.globalAlpha = 1;
  pen.fillStyle = colours["lane-3"];
  for (let i = 0; i < rows; i++) {
    pen.beginPath();
    pen.arc(X(cell(i, 2)), Y(cell(i, 3)), 0.8 + 1.6 * Math.sqrt(cell(i, 4)), 0, 7);
    pen.fill();
  }
  const [x0, x1, y0, y1] = window.data;
  const side = settled.shape[0];
  const x = (/** @type {number} */ column) => X(x0 + ((column + 0.5) / side) * (x1 - x0));
  const y = (/** @type {number} */ row) => Y(y0 + ((row + 0.5) / side) * (y1 - y0));
  const most = settled.data.reduce((a, b) => Math.max(a, b), 0);
  pen.strokeStyle = colours["lane-3"];
  pen.lineWidth = 1.6;
  pen.beginPath();
  for (const level of levels)
    for (const [a, b, c, d] of isolines(settled.data, side, level * most)) {
      pen.moveTo(x(a), y(b));
      pen.lineTo(x(c), y(d));
    }
  pen.stroke();
  pen.restore();
}

/** The density that arrives along one axis, and where. @param {Scene["frames"]} frames @param {0 | 1} axis @returns {[number, number][]} */
export function arriving({ settled, plan_window: window }, axis) {
  if (!settled?.shape[0] || !window?.shape[0]) return [];
  const side = settled.shape[0];
  const [x0, x1, y0, y1] = window.data;
  const [from, to, other] = axis ? [y0, y1, x1 - x0] : [x0, x1, y1 - y0];
  return Array.from({ length: side }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < side; i++) sum += settled.data[axis ? k * side + i : i * side + k];
    return [from + ((k + 0.5) / side) * (to - from), (sum * other) / side];
  });
}

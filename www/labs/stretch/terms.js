// The four terms of a biased score over the distance, one strip each, and their sum; g beside its laws; where attention lies.
import { log2, byDistance, cell, column, short } from "./scene.js";
import { crisp } from "../../views/canvas.js";
import { small } from "../../views/lettering.js";
/** @import { Scene } from "./scene.js" */
/** @import { Colours } from "../../views/palette.js" */

/** Of the four terms and their sum. @type {readonly (keyof Colours)[]} */
const termColours = ["lane-1", "lane-3", "lane-4", "lane-2", "ink"];
const names = ["qᵀ R k", "aᵀ R k", "qᵀ R b", "aᵀ R b"];

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function strips(canvas, scene) {
  const { frames, colours, font, trained, longest, n, t } = scene;
  const { terms, spread } = frames;
  if (!terms?.shape[0] || !spread?.shape[0] || !canvas.clientWidth) return;
  const { context: pen, width, height } = crisp(canvas);
  pen.clearRect(0, 0, width, height);
  const size = small();
  const [left, right, top, bottom] = [3.2 * size, 8, 4, 2.3 * size];
  const most = log2(Math.max(4, longest));
  const X = (/** @type {number} */ k) => left + (log2(Math.max(1, k)) / most) * (width - left - right);
  const rows = terms.shape[0];
  const stray = [0, 1, 2, 3].map((j) => cell(spread, j, 1));
  const value = (/** @type {number} */ i, /** @type {number} */ j, /** @type {number} */ block) =>
    j < 4
      ? cell(terms, i, 1 + 4 * block + j)
      : [0, 1, 2, 3].reduce((sum, one) => sum + cell(terms, i, 1 + 4 * block + one), 0);
  const whole = Math.hypot(...stray);
  const strayOf = (/** @type {number} */ j) => (j < 4 ? stray[j] : whole);
  let [low, high] = [-1, 1];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < 5; j++) {
      low = Math.min(low, value(i, j, 2) - 2 * strayOf(j), value(i, j, 0));
      high = Math.max(high, value(i, j, 2) + 2 * strayOf(j), value(i, j, 0));
    }
  const tall = (height - top - bottom) / 5;
  pen.font = `${size}px ${font}`;
  // What training never saw.
  pen.fillStyle = colours["accent-soft"];
  pen.globalAlpha = 0.35;
  pen.fillRect(X(trained), top, Math.max(0, width - right - X(trained)), height - top - bottom);
  pen.globalAlpha = 1;
  for (let j = 0; j < 5; j++) {
    const head = top + j * tall;
    const Y = (/** @type {number} */ y) => head + 3 + ((high - y) / (high - low)) * (tall - 6);
    const colour = colours[termColours[j]];
    pen.strokeStyle = j === 4 ? colours["line-strong"] : colours.line;
    pen.lineWidth = 1;
    pen.strokeRect(left + 0.5, Math.round(head) + 0.5, width - left - right - 1, Math.round(tall) - 1);
    pen.save();
    pen.beginPath();
    pen.rect(left, head, width - left - right, tall);
    pen.clip();
    const trace = (/** @type {(i: number) => number} */ at) => {
      pen.beginPath();
      for (let i = 0; i < rows; i++) pen.lineTo(X(cell(terms, i, 0)), Y(at(i)));
    };
    // How far single keys stray, twice.
    pen.fillStyle = colour;
    pen.globalAlpha = 0.13;
    pen.beginPath();
    for (let i = 0; i < rows; i++) pen.lineTo(X(cell(terms, i, 0)), Y(value(i, j, 2) + 2 * strayOf(j)));
    for (let i = rows; i--; ) pen.lineTo(X(cell(terms, i, 0)), Y(value(i, j, 2) - 2 * strayOf(j)));
    pen.fill();
    pen.globalAlpha = 0.3;
    if (j > 2) {
      pen.beginPath();
      pen.moveTo(X(cell(terms, 0, 0)), Y(0));
      for (let i = 0; i < rows; i++) pen.lineTo(X(cell(terms, i, 0)), Y(value(i, j, 0)));
      pen.lineTo(X(cell(terms, rows - 1, 0)), Y(0));
      pen.globalAlpha = 0.18;
      pen.fill();
    }
    pen.globalAlpha = 1;
    pen.strokeStyle = colours["line-strong"];
    pen.beginPath();
    pen.moveTo(left, Y(0));
    pen.lineTo(width - right, Y(0));
    pen.stroke();
    // Single keys of one query.
    pen.fillStyle = colour;
    pen.globalAlpha = 0.55;
    for (let i = 0; i < rows && j !== 3; i++) {
      pen.beginPath();
      pen.arc(X(cell(terms, i, 0)), Y(value(i, j, 1)), 1.6, 0, 7);
      pen.fill();
    }
    pen.globalAlpha = 1;
    pen.strokeStyle = colour;
    pen.lineWidth = j > 2 ? 2.6 : 2;
    trace((i) => value(i, j, 0));
    pen.stroke();
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 1;
    pen.setLineDash([5, 4]);
    trace((i) => value(i, j, 2));
    pen.stroke();
    pen.restore();
    pen.fillStyle = colours["ink-soft"];
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillText("0", left - 6, Y(0));
    const far = high > -low ? high : low;
    if (Math.abs(Y(far) - Y(0)) > 1.3 * size)
      pen.fillText(short(Math.round(far)), left - 6, Y(far) + (far > 0 ? size / 2 : -size / 2));
    write(j < 4 ? names[j] : t("terms.sum"), width - right - 8, head + 5, colour, "right");
  }
  const marked = X(trained);
  if (trained < longest && marked < width - right) {
    pen.lineWidth = 1.2;
    pen.strokeStyle = colours["ink-soft"];
    pen.setLineDash([3, 3]);
    pen.beginPath();
    pen.moveTo(marked, top);
    pen.lineTo(marked, height - bottom);
    pen.stroke();
    pen.setLineDash([]);
    write(t("mark.trained"), marked - 4, top + 5, colours["ink-soft"], "right");
  }
  if (n < longest) {
    pen.strokeStyle = colours.accent;
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(X(n - 1), top);
    pen.lineTo(X(n - 1), height - bottom);
    pen.stroke();
  }
  pen.textBaseline = "top";
  pen.textAlign = "center";
  pen.fillStyle = colours["ink-soft"];
  const each = Math.max(1, Math.ceil(most / ((width - left) / (4 * size))));
  const named = t("axis.places");
  pen.font = `italic ${size}px ${font}`;
  const room = pen.measureText(named).width + size;
  pen.textAlign = "right";
  pen.fillStyle = colours.ink;
  pen.fillText(named, width - right, height - bottom + 5);
  pen.font = `${size}px ${font}`;
  pen.textAlign = "center";
  pen.fillStyle = colours["ink-soft"];
  for (let power = 0; power <= most; power += each)
    if (X(2 ** power) < width - right - room)
      pen.fillText(String(2 ** power), X(2 ** power), height - bottom + 5);

  /** @param {string} words @param {number} x @param {number} y @param {string} colour @param {CanvasTextAlign} align */
  function write(words, x, y, colour, align) {
    pen.textAlign = align;
    pen.textBaseline = "top";
    pen.lineWidth = 4;
    pen.lineJoin = "round";
    pen.strokeStyle = colours.sheet;
    pen.strokeText(words, x, y);
    pen.fillStyle = colour;
    pen.fillText(words, x, y);
  }
}

/** g over the distance. Answers with where k stands, and with the distance under a place. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function profile(canvas, scene) {
  const { frames, colours, values } = scene;
  const { profile: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return null;
  let [low, high] = [-0.3, 1.05];
  for (let i = 0; i < all.shape[0]; i++) {
    low = Math.min(low, cell(all, i, 1) - 0.05);
    high = Math.max(high, cell(all, i, 1) + 0.05);
  }
  const on = byDistance(canvas, scene, [low, high]);
  column(on, all, 3, colours.ink, { width: 1.6, dash: [2, 3] });
  column(on, all, 2, colours["lane-1"], { width: 1.6, dash: [7, 4] });
  column(on, all, 1, colours["lane-2"], { width: 2.4 });
  const k = Math.min(values.k, cell(all, all.shape[0] - 1, 0));
  let i = 0;
  while (i < all.shape[0] - 1 && cell(all, i, 0) < k) i++;
  const g = cell(all, i, 1);
  on.cursor(log2(k), colours.accent);
  return { x: on.X(log2(k)), y: on.Y(g), distance: (/** @type {number} */ px) => 2 ** on.back(px) };
}

/** How much of one query's attention lies within a distance. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function gaze(canvas, scene) {
  const { frames, colours } = scene;
  const { gaze: all } = frames;
  if (!all?.shape[0] || !canvas.clientWidth) return;
  const on = byDistance(canvas, scene, [0, 1.04]);
  column(on, all, 2, colours["ink-soft"], { width: 2, dash: [6, 4] });
  column(on, all, 1, colours["lane-2"], { width: 2.6 });
}

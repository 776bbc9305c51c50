// The tower: every token as a point that began on a circle; what is left of their distance under a lens once they are close.
import { crisp } from "../../views/canvas.js";
import { css } from "../../views/color.js";
import { small } from "../../views/lettering.js";
import { tint } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function tower(canvas, { frames: { points }, colours, font, t }) {
  if (!points || !canvas.clientWidth) return;
  const { context: pen, width, height } = crisp(canvas);
  const n = points.shape[0];
  const place = (/** @type {number} */ i) => [points.data[2 * i], points.data[2 * i + 1]];
  const all = Array.from({ length: n }, (_, i) => place(i));
  const reach = Math.max(1, ...all.map(([x, y]) => Math.hypot(x, y)));
  const unit = (0.46 * Math.min(width, height)) / reach;
  const [cx, cy] = [width / 2, height / 2];
  const colour = tint(colours);
  const size = Math.max(2, Math.min(6, 190 / n + 1.5));
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.arc(cx, cy, unit, 0, 7);
  pen.stroke();
  // Where they began.
  for (let i = 0; i < n; i++) {
    const angle = (2 * Math.PI * i) / n;
    pen.fillStyle = css(colour(i / Math.max(1, n - 1)));
    pen.globalAlpha = 0.3;
    pen.beginPath();
    pen.arc(cx + unit * Math.sin(angle), cy - unit * Math.cos(angle), Math.min(2, size), 0, 7);
    pen.fill();
  }
  pen.globalAlpha = 1;
  /** @param {number} i @param {number} x @param {number} y @param {number} radius */
  const dot = (i, x, y, radius) => {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = css(colour(i / Math.max(1, n - 1)));
    pen.fill();
    pen.lineWidth = i ? 0.6 : 2;
    pen.strokeStyle = i ? colours.sheet : colours.ink;
    pen.stroke();
  };
  for (let i = n - 1; i >= 0; i--)
    dot(i, cx + unit * all[i][0], cy - unit * all[i][1], i ? size : size + 1.5);
  const mean = [0, 1].map((axis) => all.reduce((sum, one) => sum + one[axis], 0) / n);
  const apart = Math.max(...all.map(([x, y]) => Math.hypot(x - mean[0], y - mean[1])));
  if (apart > 0.16 * reach) return;
  lens(pen, { width, height, apart, unit, mean, at: [cx + unit * mean[0], cy - unit * mean[1]], colours });
  const radius = 0.2 * Math.min(width, height);
  const [lx, ly] = corner(width, height, radius, mean);
  const seen = Math.max(apart, 1e-30);
  for (let i = n - 1; i >= 0; i--) {
    const [x, y] = [all[i][0] - mean[0], all[i][1] - mean[1]];
    dot(i, lx + (0.82 * radius * x) / seen, ly - (0.82 * radius * y) / seen, Math.max(1.5, 0.6 * size));
  }
  const zoom = (0.82 * radius) / (seen * unit);
  pen.font = `${small()}px ${font}`;
  pen.textAlign = "center";
  pen.textBaseline = ly > cy ? "bottom" : "top";
  pen.fillStyle = colours.ink;
  const words = apart > 1e-7 ? t("lens.zoom", { zoom: rounded(zoom) }) : t("lens.one");
  pen.fillText(words, lx, ly > cy ? ly - radius - 5 : ly + radius + 5);
}

/** Away from where the points are. @param {number} width @param {number} height @param {number} radius @param {number[]} mean */
const corner = (width, height, radius, [x, y]) => [
  x > 0 ? radius + 6 : width - radius - 6,
  y > 0 ? height - radius - 6 : radius + 6,
];

/** One digit and its zeros. @param {number} value */
function rounded(value) {
  const digits = 10 ** Math.floor(Math.log10(value));
  const whole = Math.round(value / digits) * digits;
  return whole < 1e6 ? String(whole) : `10^${Math.round(Math.log10(value))}`;
}

/**
 * The glass, and two lines to what it shows.
 * @param {CanvasRenderingContext2D} pen
 * @param {{width: number, height: number, apart: number, unit: number, mean: number[], at: number[], colours: Scene["colours"]}} what
 */
function lens(pen, { width, height, apart, unit, mean, at, colours }) {
  const radius = 0.2 * Math.min(width, height);
  const [lx, ly] = corner(width, height, radius, mean);
  const own = Math.max(9, apart * unit + 7);
  pen.strokeStyle = colours["line-strong"];
  pen.lineWidth = 1;
  pen.beginPath();
  const turn = Math.atan2(ly - at[1], lx - at[0]);
  for (const side of [Math.PI / 2, -Math.PI / 2]) {
    pen.moveTo(at[0] + own * Math.cos(turn + side), at[1] + own * Math.sin(turn + side));
    pen.lineTo(lx + radius * Math.cos(turn + side), ly + radius * Math.sin(turn + side));
  }
  pen.stroke();
  pen.beginPath();
  pen.arc(at[0], at[1], own, 0, 7);
  pen.stroke();
  pen.beginPath();
  pen.arc(lx, ly, radius, 0, 7);
  pen.fillStyle = colours.sheet;
  pen.fill();
  pen.strokeStyle = colours.ink;
  pen.stroke();
}

// What is drawn over the landscape: the axes, the poles, the line with Γ along it, z and where the equation takes it.
import { tickLabel, ticks } from "../../views/axes.js";
import { small } from "../../views/lettering.js";
import { cell } from "./roles.js";
import { placing } from "./window.js";
/** @import { Frame } from "../../types.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { View } from "./window.js" */

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {object} scene
 * @param {View} scene.view @param {number} scene.width @param {number} scene.height
 * @param {Record<string, number>} scene.values @param {Record<string, Frame>} scene.frames
 * @param {string} scene.font @param {number} scene.at the state
 * @param {boolean} scene.bare on bare paper, not on hues
 * @param {Colours} scene.colours
 */
export function marks(pen, { view, width, height, values, frames, font, at: state, bare, colours }) {
  const at = placing(view, width, height);
  const [ink, shadow] = bare
    ? [colours.ink, colours.sheet]
    : ["rgb(255 255 255 / 0.92)", "rgb(0 0 0 / 0.55)"];
  /** Twice, so that it is seen on black and on white. @param {() => void} path @param {number} thick @param {string} [colour] */
  function stroke(path, thick, colour = ink) {
    for (const [style, wide] of /** @type {[string, number][]} */ ([
      [shadow, thick + 1.6],
      [colour, thick],
    ])) {
      pen.strokeStyle = style;
      pen.lineWidth = wide;
      pen.beginPath();
      path();
      pen.stroke();
    }
  }
  const line =
    (
      /** @type {number} */ x1,
      /** @type {number} */ y1,
      /** @type {number} */ x2,
      /** @type {number} */ y2,
    ) =>
    () => {
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
    };
  /** @param {string} words @param {number} x @param {number} y @param {CanvasTextAlign} align */
  function write(words, x, y, align) {
    pen.font = `${small()}px ${font}`;
    pen.textAlign = align;
    pen.textBaseline = "middle";
    pen.lineWidth = 3;
    pen.strokeStyle = shadow;
    pen.strokeText(words, x, y);
    pen.fillStyle = ink;
    pen.fillText(words, x, y);
  }

  pen.setLineDash([1, 3]);
  if (at.bottom < 0 && at.top > 0) stroke(line(0, at.y(0), width, at.y(0)), 1);
  if (at.left < 0 && at.right > 0) stroke(line(at.x(0), 0, at.x(0), height), 1);
  pen.setLineDash([]);
  for (const value of ticks(at.left, at.right, width / 90))
    write(tickLabel(value), at.x(value), height - 9, "center");
  for (const value of ticks(at.bottom, at.top, height / 70))
    if (value !== 0 && at.y(value) > 12 && at.y(value) < height - 22)
      write(`${tickLabel(value)}i`, 5, at.y(value), "left");
  if (view.span < 80) poles();
  images();
  profile();
  arrow();

  function poles() {
    for (let n = Math.max(0, Math.ceil(-at.right)); n <= -at.left; n++)
      stroke(() => {
        const [x, y] = [at.x(-n), at.y(0)];
        pen.moveTo(x - 4, y - 4);
        pen.lineTo(x + 4, y + 4);
        pen.moveTo(x + 4, y - 4);
        pen.lineTo(x - 4, y + 4);
      }, 1.6);
  }

  /** The points z + 2πik/h, whose Γ is the error of the trapezoid rule. */
  function images() {
    const step = (2 * Math.PI) / values.h;
    for (let k = -12; k <= 12; k++) {
      const y = at.y(k * step);
      if (k === 0 || y < 0 || y > height) continue;
      pen.beginPath();
      pen.arc(at.x(values.re), y, 4, 0, 7);
      pen.fillStyle = colours.sheet;
      pen.globalAlpha = 0.9 / Math.abs(k) ** 0.5;
      pen.fill();
      pen.globalAlpha = 1;
      stroke(() => pen.arc(at.x(values.re), y, 4, 0, 7), 1);
      if (Math.abs(k) === 1) write(`Re z ${k > 0 ? "+" : "−"} 2πi/h`, at.x(values.re) + 9, y, "left");
    }
  }

  /** |Γ| along the line, to its right. */
  function profile() {
    const x = at.x(values.c);
    pen.setLineDash([7, 5]);
    stroke(line(x, 0, x, height), 1.6);
    pen.setLineDash([]);
    const { line: f } = frames;
    if (!f) return;
    const reach = Math.min(width * 0.22, 120);
    const size = (/** @type {number} */ i) => Math.hypot(cell(f, i, 1), cell(f, i, 2));
    pen.beginPath();
    pen.moveTo(x, at.y(cell(f, 0, 0)));
    for (let i = 0; i < f.shape[0]; i++) pen.lineTo(x + reach * (size(i) || 0), at.y(cell(f, i, 0)));
    pen.lineTo(x, at.y(cell(f, f.shape[0] - 1, 0)));
    pen.fillStyle = "rgb(255 255 255 / 0.16)";
    pen.fill();
    stroke(() => {
      for (let i = 0; i < f.shape[0]; i++) pen.lineTo(x + reach * (size(i) || 0), at.y(cell(f, i, 0)));
    }, 1.6);
  }

  /** z, the way to z + 1, and at the turn from the real axis to the imaginary one. */
  function arrow() {
    const [x, y] = [at.x(values.re), at.y(values.im)];
    const end = at.x(values.re + 1);
    // As the grip over it has it: a saved picture has no grips.
    stroke(() => pen.arc(x, y, 6, 0, 7), 3);
    if (end - x > 16)
      stroke(() => {
        pen.moveTo(x + 9, y);
        pen.lineTo(end, y);
        pen.moveTo(end - 7, y - 5);
        pen.lineTo(end, y);
        pen.lineTo(end - 7, y + 5);
      }, 2);
    if (end - x > 40) write("z + 1", end + 5, y, "left");
    if (state !== 5 || at.unit < 20) return;
    const radius = Math.min(70, at.unit * 1.5);
    stroke(() => {
      pen.arc(at.x(0), at.y(0), radius, 0, -Math.PI / 2, true);
      pen.moveTo(at.x(0) + 9, at.y(0) - radius - 5);
      pen.lineTo(at.x(0), at.y(0) - radius);
      pen.lineTo(at.x(0) + 8, at.y(0) - radius + 6);
    }, 3);
  }
}

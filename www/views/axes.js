// The sheet that a chart is drawn on: a frame, ticks at round numbers, curves that break where there is no number.
import { crisp } from "./canvas.js";
import { small } from "./lettering.js";
/** @import { Colours } from "./palette.js" */

/** A round step that fits about `count` times. @param {number} length @param {number} count */
export function roundStep(length, count) {
  const rough = length / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? power;
}

/** @param {number} from @param {number} to @param {number} count */
export function ticks(from, to, count) {
  const step = roundStep(to - from, count);
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, i) => (first + i) * step);
}

/** @param {number} value */
export const tickLabel = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

/** A range that is told apart by the digits of its labels: where nothing rises or falls, rounding is not made a mountain of. @param {number} low @param {number} high @returns {[number, number]} */
export function apart(low, high) {
  const least = 5e-5 * Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low < least)) return [low, high];
  const middle = (low + high) / 2;
  return [middle - least / 2, middle + least / 2];
}

/** 10 to a whole power, as a tick of a logarithmic axis; nothing between. @param {number} exponent */
export const power = (exponent) =>
  exponent === 0
    ? "1"
    : Number.isInteger(exponent)
      ? `10${[...String(exponent)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("")}`
      : "";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} look
 * @param {[number, number]} look.x @param {[number, number]} look.y
 * @param {Colours} look.colours @param {string} look.font family
 * @param {string} [look.across] the name of the horizontal axis
 * @param {(value: number) => string} [look.label] of the vertical axis
 * @param {(value: number) => string} [look.tick] of the horizontal one
 */
export function axes(
  canvas,
  { x: [left, right], y: [low, high], colours, font, across = "", label = tickLabel, tick = tickLabel },
) {
  const { context: pen, width, height } = crisp(canvas);
  const narrow = width < 330;
  const size = small();
  [low, high] = apart(low, high);
  pen.font = `${size}px ${font}`;
  const levels = ticks(low, high, height / (3.7 * size));
  const widest = Math.max(0, ...levels.map((value) => pen.measureText(label(value)).width));
  // What is long is not cut off: the sheet moves aside.
  const l = Math.max((narrow ? 2.7 : 3.2) * size, widest + 8);
  const [r, top, bottom] = [8, 8, 2.3 * size];
  const X = (/** @type {number} */ x) => l + ((x - left) / (right - left)) * (width - l - r);
  const Y = (/** @type {number} */ y) =>
    height - bottom - ((y - low) / (high - low)) * (height - top - bottom);
  pen.clearRect(0, 0, width, height);
  pen.lineWidth = 1;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const value of levels) {
    pen.strokeStyle = value === 0 ? colours["line-strong"] : colours.line;
    rule(l, Y(value), width - r, Y(value));
    pen.fillStyle = colours["ink-soft"];
    pen.fillText(label(value), l - 6, Y(value));
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const room = Math.max(14, pen.measureText(across).width + size);
  for (const value of ticks(left, right, width / (5.7 * size))) {
    pen.strokeStyle = value === 0 ? colours["line-strong"] : colours.line;
    rule(X(value), top, X(value), height - bottom);
    pen.fillStyle = colours["ink-soft"];
    if (X(value) < width - r - room) pen.fillText(tick(value), X(value), height - bottom + 5);
  }
  pen.textAlign = "right";
  pen.fillStyle = colours.ink;
  pen.font = `italic ${size}px ${font}`;
  pen.fillText(across, width - r, height - bottom + 4);

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
  function rule(x1, y1, x2, y2) {
    pen.beginPath();
    pen.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
    pen.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
    pen.stroke();
  }
  /** Nothing leaves the frame. @param {() => void} draw */
  function within(draw) {
    pen.save();
    pen.beginPath();
    pen.rect(l, top, width - l - r, height - top - bottom);
    pen.clip();
    draw();
    pen.restore();
  }
  /** @param {number} count @param {(i: number) => [number, number]} at */
  function path(count, at) {
    pen.beginPath();
    let down = false;
    let before = 0;
    for (let i = 0; i < count; i++) {
      const [x, y] = at(i);
      // Through a pole there is no curve.
      const whole =
        Number.isFinite(y) &&
        !(down && Math.sign(y) !== Math.sign(before) && Math.abs(y - before) > 2 * (high - low));
      const place = Math.max(-4000, Math.min(4000, Y(y)));
      if (!Number.isFinite(y)) down = false;
      else if (down && whole) pen.lineTo(X(x), place);
      else {
        pen.moveTo(X(x), place);
        down = true;
      }
      before = y;
    }
  }
  return {
    pen,
    X,
    Y,
    width,
    height,
    box: { left: l, right: width - r, top, bottom: height - bottom },
    within,
    path,
    /** The number under a place of the canvas. @param {number} px */
    back: (px) => left + ((px - l) / (width - l - r)) * (right - left),
    /** @param {number} count @param {(i: number) => [number, number]} at @param {string} colour @param {{width?: number, dash?: number[], alpha?: number}} [style] */
    curve(count, at, colour, { width: thick = 2, dash = [], alpha = 1 } = {}) {
      within(() => {
        pen.globalAlpha = alpha;
        pen.strokeStyle = colour;
        pen.lineWidth = thick;
        pen.lineJoin = "round";
        pen.setLineDash(dash);
        path(count, at);
        pen.stroke();
      });
    },
    /** @param {number} x @param {number} y @param {string} colour @param {number} [radius] @param {boolean} [hollow] */
    dot(x, y, colour, radius = 4, hollow = false) {
      if (!Number.isFinite(y)) return;
      pen.beginPath();
      pen.arc(X(x), Math.max(top - 2, Math.min(height - bottom + 2, Y(y))), radius, 0, 7);
      pen.fillStyle = hollow ? colours.sheet : colour;
      pen.fill();
      pen.strokeStyle = colour;
      pen.lineWidth = 1.5;
      pen.stroke();
    },
    /** A vertical line to be held and moved. @param {number} x @param {string} colour */
    cursor(x, colour) {
      if (x < left || x > right) return;
      pen.strokeStyle = colour;
      pen.lineWidth = 1.5;
      pen.setLineDash([5, 4]);
      rule(X(x), top, X(x), height - bottom);
      pen.setLineDash([]);
      pen.fillStyle = colour;
      pen.beginPath();
      pen.moveTo(X(x) - 6, top);
      pen.lineTo(X(x) + 6, top);
      pen.lineTo(X(x), top + 8);
      pen.fill();
    },
    /** @param {string} words @param {number} px @param {number} py @param {string} colour @param {CanvasTextAlign} [align] */
    write(words, px, py, colour, align = "left") {
      pen.font = `${size}px ${font}`;
      pen.textAlign = align;
      pen.textBaseline = "top";
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeStyle = colours.sheet;
      pen.strokeText(words, px, py);
      pen.fillStyle = colour;
      pen.fillText(words, px, py);
    },
  };
}

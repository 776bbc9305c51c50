// The timeline as an elevation: the building's share of the picture at every step, rubble in the rest.
import { crisp, fillPattern, sizeOf } from "./canvas.js";

/** @param {HTMLCanvasElement} canvas */
export function elevation(canvas) {
  let known = "";
  /**
   * @param {object} args
   * @param {ArrayLike<number>} args.shares building's share 0..1 at each state
   * @param {number} args.at
   * @param {number} args.computed
   * @param {number[]} [args.forks] states where another track leaves
   * @param {number} args.inset left and right, so that ends line up with whatever lies below
   * @param {import("./palette.js").Colours} args.colours
   */
  return function draw({ shares, at, computed, forks = [], inset, colours }) {
    const now = [...sizeOf(canvas), globalThis.devicePixelRatio, at, computed, inset, colours.ink];
    const key = [...now, colours.accent, forks, Array.from(shares)].join();
    // Under a hand that drags something else it is the same at every frame.
    if (key === known) return;
    known = key;
    const { context, width, height, ratio } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const length = shares.length - 1;
    const top = 7.5;
    const base = height - 6.5;
    const x = (/** @type {number} */ k) => inset + ((width - 2 * inset) * k) / Math.max(1, length);
    const y = (/** @type {number} */ share) => base - (base - top) * share;
    const stride = Math.max(1, Math.floor(length / width));
    const outline = new Path2D();
    for (let k = 0; k <= length; k += k + stride > length && k < length ? length - k : stride)
      outline.lineTo(x(k), y(shares[k]));
    const building = new Path2D(outline);
    building.lineTo(x(length), base);
    building.lineTo(x(0), base);
    building.closePath();
    const rubble = new Path2D(outline);
    rubble.lineTo(x(length), top);
    rubble.lineTo(x(0), top);
    rubble.closePath();

    // What is not computed yet is drawn faint: a plan, not a fact.
    for (const [from, to, alpha] of [
      [x(0), x(computed), 1],
      [x(computed), x(length), 0.35],
    ]) {
      context.save();
      context.beginPath();
      context.rect(from, 0, to - from, height);
      context.clip();
      context.globalAlpha = alpha;
      context.fillStyle = fillPattern(context, "stipple", colours["ink-soft"], ratio);
      context.globalAlpha = alpha * 0.55;
      context.fill(rubble);
      context.globalAlpha = alpha;
      context.fillStyle = fillPattern(context, "hatch", colours["ink-soft"], ratio);
      context.fill(building);
      context.lineWidth = 1.5;
      context.strokeStyle = colours.ink;
      context.stroke(outline);
      context.restore();
    }
    ticks(context, length, x, base, colours);
    for (const fork of new Set(forks)) flag(context, x(fork), y(shares[fork] ?? 0), base, colours);
    context.strokeStyle = context.fillStyle = colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x(at), 1);
    context.lineTo(x(at), height - 1);
    context.stroke();
    context.beginPath();
    context.arc(x(at), y(shares[at] ?? 0), 4.5, 0, 7);
    context.fill();
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} length @param {(k: number) => number} x @param {number} base @param {import("./palette.js").Colours} colours */
function ticks(context, length, x, base, colours) {
  context.strokeStyle = colours["line-strong"];
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x(0), base + 0.5);
  context.lineTo(x(length), base + 0.5);
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => length / n <= 60) ?? 1000;
  for (let k = 0; k <= length; k += every) {
    context.moveTo(x(k), base);
    context.lineTo(x(k), base + (k % (5 * every) ? 3 : 6));
  }
  context.stroke();
}

/** A branching mark: a dashed stem from the outline to the ground and a diamond on it. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} base @param {import("./palette.js").Colours} colours */
function flag(context, x, y, base, colours) {
  context.save();
  context.strokeStyle = context.fillStyle = colours.ink;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, base + 6);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colours.sheet;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [dx, dy] of [
    [0, -5],
    [5, 0],
    [0, 5],
    [-5, 0],
  ])
    context.lineTo(x + dx, y + dy);
  context.closePath();
  context.fill();
  context.stroke();
  context.restore();
}

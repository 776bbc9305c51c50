// The ways down on the map, and the compass at their start: the ball of small steps, and where it is lowest.
import { wayColours } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** The norms in the order of the frame. */
const norms = ["l2", "l1", "linf", "ellipse", "fisher"];
/** How long a small step is drawn, in units of the plane, and where there is another ruler, in pixels at most. */
const step = 0.75;

/** The ball of a norm, as corners. @param {string} norm @param {number} m @param {number} n @returns {[number, number][]} */
function ball(norm, m, n) {
  if (norm === "l1")
    return [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ];
  if (norm === "linf")
    return [
      [1, 1],
      [-1, 1],
      [-1, -1],
      [1, -1],
    ];
  return Array.from({ length: 65 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 64;
    return [Math.cos(angle) / Math.sqrt(m), Math.sin(angle) / Math.sqrt(n)];
  });
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Scene} scene
 * @param {{X: (x: number) => number, Y: (y: number) => number}} on
 */
export function ways(pen, { frames, at, values, given, colours }, { X, Y }) {
  const { paths, compass } = frames;
  if (!paths || !compass) return;
  const length = paths.shape[1];
  const guest = !["gradient", "flow", "proximal"].includes(String(given.method));
  pen.lineJoin = "round";
  for (let way = guest ? 3 : 2; way >= 0; way--) {
    const colour = colours[wayColours[way]];
    const place = (/** @type {number} */ k) => {
      const i = 2 * (way * length + k);
      return [paths.data[i], paths.data[i + 1]];
    };
    const last = Math.min(at, length - 1);
    /** @param {number} from @param {number} to @param {number} alpha */
    const line = (from, to, alpha) => {
      pen.globalAlpha = alpha;
      pen.strokeStyle = colour;
      pen.lineWidth = 2.2;
      pen.beginPath();
      for (let k = from; k <= to; k++) {
        const [x, y] = place(k);
        if (!Number.isFinite(x)) break;
        pen[k === from ? "moveTo" : "lineTo"](X(x), Y(y));
      }
      pen.stroke();
      pen.globalAlpha = 1;
    };
    line(last, length - 1, 0.22);
    line(0, last, 1);
    pen.fillStyle = colour;
    for (let k = 0; k <= last; k++) {
      const [x, y] = place(k);
      if (!Number.isFinite(x)) break;
      const now = k === last;
      pen.beginPath();
      pen.arc(X(x), Y(y), now ? 6 : 2.6, 0, 7);
      pen.fill();
      if (now) {
        pen.lineWidth = 2;
        pen.strokeStyle = colours.sheet;
        pen.stroke();
      }
    }
  }
  const { x, y } = values;
  const chosen = norms.indexOf(String(given.norm));
  norms.forEach((norm, i) => {
    const [dx, dy, , m, n] = compass.data.subarray(5 * i, 5 * i + 5);
    if (!Number.isFinite(dx)) return;
    const mine = i === chosen;
    pen.strokeStyle = pen.fillStyle = mine ? colours.accent : colours["ink-soft"];
    pen.lineWidth = mine ? 2.4 : 1;
    pen.globalAlpha = mine ? 1 : 0.5;
    if (mine) {
      pen.beginPath();
      for (const [u, v] of ball(norm, m, n)) pen.lineTo(X(x + step * u), Y(y + step * v));
      pen.closePath();
      pen.stroke();
    }
    const [tipX, tipY] = [X(x + step * dx), Y(y + step * dy)];
    const [px, py] = [tipX - X(x), tipY - Y(y)];
    const far = Math.hypot(px, py) || 1;
    const [ux, uy] = [px / far, py / far];
    const head = mine ? 9 : 6;
    pen.beginPath();
    pen.moveTo(X(x), Y(y));
    pen.lineTo(tipX, tipY);
    pen.moveTo(tipX - head * (ux + 0.5 * uy), tipY - head * (uy - 0.5 * ux));
    pen.lineTo(tipX, tipY);
    pen.lineTo(tipX - head * (ux - 0.5 * uy), tipY - head * (uy + 0.5 * ux));
    pen.stroke();
  });
  pen.globalAlpha = 1;
}

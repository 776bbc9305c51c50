// Other parameters of the plane: their net over the map, and the flows in them beside those in the old ones.
/** @import { Scene } from "./scene.js" */

/** The colours of ℓ2's flow in the new parameters, and of the natural gradient's. */
export const chartColours = /** @type {const} */ (["lane-5", "lane-6"]);

/** Whether there are other parameters. @param {Record<string, unknown>} values */
export const isCharted = ({ chart, lean }) => Number(chart) !== 1 || Number(lean) !== 0;

/**
 * Where v = (yᵖ − 1)/p comes to a whole multiple of `unit`, within a window.
 * @param {number} power @param {number} low @param {number} high @param {number} unit
 */
export function heights(power, low, high, unit) {
  const there = (/** @type {number} */ y) =>
    power === 0 ? Math.log(y) : power === 1 ? y - 1 : (y ** power - 1) / power;
  const back = (/** @type {number} */ v) =>
    power === 0 ? Math.exp(v) : power === 1 ? v + 1 : (1 + power * v) ** (1 / power);
  const bottom = power === 1 ? low : Math.max(low, 0.05 * (high - low));
  if (!(bottom < high)) return [];
  // Where the net is too fine to be seen it is left out.
  const all = [];
  let last = -Infinity;
  const first = Math.ceil(there(bottom) / unit);
  for (let k = Math.floor(there(high) / unit); k >= first && all.length < 200; k--) {
    const y = back(k * unit);
    if (all.length && last - y < 0.012 * (high - low)) break;
    all.push(y);
    last = y;
  }
  return all;
}

/** @param {CanvasRenderingContext2D} pen @param {Scene} scene @param {{X: (x: number) => number, Y: (y: number) => number}} on @param {[number, number, number, number]} window */
export function charted(pen, { frames, at, values, colours }, { X, Y }, [x0, x1, y0, y1]) {
  if (!isCharted(values)) return;
  const { chart, lean } = values;
  pen.save();
  pen.strokeStyle = colours["ink-soft"];
  pen.globalAlpha = 0.55;
  pen.lineWidth = 1;
  pen.setLineDash([2, 4]);
  pen.beginPath();
  for (const y of heights(chart, y0, y1, 0.5)) {
    pen.moveTo(X(x0), Y(y));
    pen.lineTo(X(x1), Y(y));
  }
  const corners = [x0 + lean * y0, x0 + lean * y1, x1 + lean * y0, x1 + lean * y1];
  for (let u = Math.ceil(Math.min(...corners)); u <= Math.max(...corners); u++) {
    pen.moveTo(X(u - lean * y0), Y(y0));
    pen.lineTo(X(u - lean * y1), Y(y1));
  }
  pen.stroke();
  pen.restore();
  const { charted: f } = frames;
  if (!f?.shape[0]) return;
  // Several places a step.
  const length = f.shape[1];
  const steps = (frames.paths?.shape[1] ?? length) - 1;
  const last = Math.min(Math.round((at * (length - 1)) / Math.max(1, steps)), length - 1);
  const [moved, natural] = chartColours;
  /** @param {number} way @param {string} colour @param {number} width @param {number} alpha @param {number[]} dash */
  const line = (way, colour, width, alpha, dash) => {
    pen.strokeStyle = pen.fillStyle = colour;
    pen.lineJoin = pen.lineCap = "round";
    /** @param {number} to @param {number} opacity */
    const upTo = (to, opacity) => {
      pen.globalAlpha = opacity;
      pen.lineWidth = width;
      pen.setLineDash(dash);
      pen.beginPath();
      for (let k = 0; k <= to; k++) {
        const i = 2 * (way * length + k);
        if (!Number.isFinite(f.data[i])) break;
        pen[k ? "lineTo" : "moveTo"](X(f.data[i]), Y(f.data[i + 1]));
      }
      pen.stroke();
    };
    upTo(length - 1, 0.3 * alpha);
    upTo(last, alpha);
    pen.setLineDash([]);
    const i = 2 * (way * length + last);
    if (!Number.isFinite(f.data[i])) return;
    pen.beginPath();
    pen.arc(X(f.data[i]), Y(f.data[i + 1]), 1.2 * width + 2, 0, 7);
    pen.fill();
  };
  line(1, colours[natural], 8, 0.4, []);
  line(2, colours[natural], 2, 1, []);
  line(0, colours[moved], 2.4, 1, [7, 5]);
  pen.globalAlpha = 1;
}

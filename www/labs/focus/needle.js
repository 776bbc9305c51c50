// The needle: where it stands among the scores of all others, who finds it, and how far its reach goes.
import { axes } from "../../views/axes.js";
import { crisp } from "../../views/canvas.js";
import { rgb } from "../../views/color.js";
import { isolines } from "../../views/contours.js";
import { small } from "../../views/lettering.js";
import { share } from "./numbers.js";
import { cell, column, kernelColours, kernelDashes, log2, roomFor } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** Scores above, shares below; answers with where the needle is and what score a place has. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function haystack(canvas, { frames, kernels, chosen, values, colours, font, t }) {
  const { scores, bench } = frames;
  if (!scores?.shape[0] || !bench || !canvas.clientWidth) return null;
  const { context: pen, width, height } = crisp(canvas);
  const size = small();
  pen.clearRect(0, 0, width, height);
  pen.font = `700 ${size}px ${font}`;
  const [l, r] = [roomFor(pen, kernels), 4 * size];
  pen.font = `${size}px ${font}`;
  const rows = kernels.length;
  const hay = Math.round(height * 0.44);
  const [least, most] = [-5.5 * Math.max(values.gamma, 1), Math.max(30, 5.6 * values.gamma)];
  const X = (/** @type {number} */ score) => l + ((score - least) / (most - least)) * (width - l - r);
  const base = hay - 1.6 * size;
  const counts = Array.from({ length: scores.shape[0] }, (_, i) => cell(scores, i, 1));
  const tall = Math.log1p(Math.max(...counts));
  const wide = Math.max(1, X(cell(scores, 1, 0)) - X(cell(scores, 0, 0)) - 0.5);
  pen.fillStyle = colours["shade-middle"];
  counts.forEach((number, i) => {
    const high = (Math.log1p(number) / tall) * (base - 2.2 * size);
    pen.fillRect(X(cell(scores, i, 0)) - wide / 2, base - high, wide, high);
  });
  pen.strokeStyle = colours["line-strong"];
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(l, base + 0.5);
  pen.lineTo(width - r, base + 0.5);
  pen.stroke();
  pen.fillStyle = colours["ink-soft"];
  pen.textBaseline = "top";
  pen.textAlign = "center";
  for (let score = Math.ceil(least / 10) * 10; score <= most; score += 10)
    pen.fillText(String(score).replace("-", "−"), X(score), base + 4);
  pen.textAlign = "left";
  pen.fillText(t("hay.scores"), l, 2);
  const place = X(values.margin);
  pen.strokeStyle = colours.accent;
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.moveTo(place, 1.6 * size);
  pen.lineTo(place, base);
  pen.stroke();
  const from = hay + 1.5 * size;
  pen.fillStyle = colours["ink-soft"];
  pen.fillText(t("hay.found"), l, hay + 2);
  const step = (height - from) / rows;
  pen.textBaseline = "middle";
  kernels.forEach((name, row) => {
    const y = from + row * step;
    if (row === chosen) {
      pen.fillStyle = colours["accent-soft"];
      pen.fillRect(0, y, width, step);
    }
    const own = cell(bench, row, 4);
    pen.fillStyle = colours.line;
    pen.fillRect(l, y + step / 2 - 0.5, width - l - r, 1);
    pen.fillStyle = colours[kernelColours[row]];
    pen.fillRect(l, y + 2, Math.max(0, own) * (width - l - r), step - 4);
    pen.fillStyle = colours.ink;
    pen.font = `${row === chosen ? 700 : 400} ${size}px ${font}`;
    pen.textAlign = "right";
    pen.fillText(name, l - 8, y + step / 2);
    pen.fillText(share(own), width - 4, y + step / 2);
  });
  return {
    x: place,
    y: (1.6 * size + base) / 2,
    score: (/** @type {number} */ px) => least + ((px - l) / (width - l - r)) * (most - least),
  };
}

const side = 31;

/** The share of the needle over n and m. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function map(canvas, { frames, values, colours, font, n, t }) {
  const { map: shares } = frames;
  if (!shares?.data.length || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [1, 16], y: [0, 30], colours, font, across: "log₂ n" });
  const { left, right, top, bottom } = on.box;
  if (!Number.isFinite(shares.data[0])) {
    on.write(t("map.none"), left + 8, top + 8, colours["ink-soft"]);
    return;
  }
  const [bare, full] = [rgb(colours.sheet), rgb(colours["shade-full"])];
  const image = new ImageData(side, side);
  // The frame has a row for each n; the picture has n to the right.
  const turned = new Float32Array(side * side);
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++) {
      const value = shares.data[i * side + j];
      turned[j * side + i] = value;
      const pixel = 4 * ((side - 1 - j) * side + i);
      for (let c = 0; c < 3; c++) image.data[pixel + c] = bare[c] + (full[c] - bare[c]) * value;
      image.data[pixel + 3] = 255;
    }
  const tile = document.createElement("canvas");
  Object.assign(tile, { width: side, height: side });
  /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d")).putImageData(image, 0, 0);
  on.pen.imageSmoothingQuality = "high";
  on.pen.drawImage(tile, 0.5, 0.5, side - 1, side - 1, left, top, right - left, bottom - top);
  on.pen.strokeStyle = colours.ink;
  on.pen.lineWidth = 1.6;
  on.pen.beginPath();
  for (const [a, b, c, d] of isolines(turned, side, 0.5)) {
    const at = (/** @type {number} */ i, /** @type {number} */ j) =>
      /** @type {[number, number]} */ ([
        left + (i / (side - 1)) * (right - left),
        bottom - (j / (side - 1)) * (bottom - top),
      ]);
    on.pen.moveTo(...at(a, b));
    on.pen.lineTo(...at(c, d));
  }
  on.pen.stroke();
  on.dot(log2(n), values.margin, colours.accent, 5, true);
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function reach(canvas, { frames, chosen, colours, font, n }) {
  const { reach: all, bench } = frames;
  if (!all?.shape[0] || !bench || !canvas.clientWidth) return;
  const on = axes(canvas, { x: [1, 16], y: [0, 1.03], colours, font, across: "log₂ n" });
  for (let row = 9; row >= 0; row--)
    column(on, all, 1 + row, colours[kernelColours[row]], {
      x: log2,
      dash: kernelDashes[row],
      width: row === chosen ? 3 : 1.5,
      alpha: row === chosen ? 1 : 0.8,
    });
  on.dot(log2(n), cell(bench, chosen, 4), colours[kernelColours[chosen]], 4.5, true);
}

// The sheet itself: its map of colours, coordinate lines, and the ellipses that a ruler of one length reaches.
/** @import { Frame } from "../../types.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Place } from "./place.js" */

/** The value below which nine tenths of all finite ones lie: one hot spot must not bleach the rest. @param {ArrayLike<number>} values */
export function typical(values) {
  const sizes = Array.from(values, Math.abs).filter(Number.isFinite);
  sizes.sort((a, b) => a - b);
  return sizes[Math.floor(0.9 * (sizes.length - 1))] || 1;
}

/**
 * Numbers of a map as colours. K is signed; what is as good as 0 everywhere is not blown up.
 * @param {ArrayLike<number>} values @param {"curvature" | "area"} kind @param {Palette} palette
 * @returns {(value: number) => [number, number, number]}
 */
export function colouring(values, kind, { signed, shade }) {
  const top = Math.max(typical(values), kind === "curvature" ? 0.02 : 0);
  return kind === "curvature"
    ? (value) => signed((1.7 * value) / top)
    : (value) => shade(Math.min(1, (0.8 * value) / top));
}

/** A map of the chart, kept between drawings. */
export function ground() {
  const tile = document.createElement("canvas");
  /** @type {unknown} */
  let known = null;
  let look = "";

  /** @param {CanvasRenderingContext2D} context @param {Place} place @param {{sheet: Frame, kind: string, palette: Palette}} args */
  return function draw(context, place, { sheet, kind, palette }) {
    const [, n] = sheet.shape;
    if (kind === "none") return;
    const key = `${kind}|${palette.colours.sheet}|${place.turned}`;
    if (known !== sheet || look !== key) {
      [known, look] = [sheet, key];
      const values = sheet.data.subarray(kind === "area" ? n * n : 0, kind === "area" ? 2 * n * n : n * n);
      paint(tile, values, n, place.turned, colouring(values, /** @type {"area"} */ (kind), palette));
    }
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.globalAlpha = 0.55;
    context.drawImage(tile, 0, 0, place.width, place.height);
    context.globalAlpha = 1;
  };
}

/** @param {HTMLCanvasElement} tile @param {Float32Array} values @param {number} n @param {boolean} turned @param {(value: number) => [number, number, number]} colour */
function paint(tile, values, n, turned, colour) {
  tile.width = tile.height = n;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  const image = pen.createImageData(n, n);
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      // Rows of the frame rise in v; rows of the picture fall in v, or rise in u.
      const value = turned ? values[column * n + row] : values[(n - 1 - row) * n + column];
      const at = 4 * (row * n + column);
      if (!Number.isFinite(value)) continue;
      image.data.set(colour(value), at);
      image.data[at + 3] = 255;
    }
  pen.putImageData(image, 0, 0);
}

/** A round step that cuts a range in about six. @param {number} range */
export function step(range) {
  const raw = range / 6;
  const ten = 10 ** Math.floor(Math.log10(raw));
  return ten * (raw / ten < 1.5 ? 1 : raw / ten < 3.5 ? 2 : raw / ten < 7.5 ? 5 : 10);
}

/** @param {number} value */
const written = (value) => String(Number(value.toFixed(6))).replace("-", "−");

/** @param {CanvasRenderingContext2D} context @param {Place} place @param {{palette: Palette, font: string, names: readonly string[]}} args */
export function lines(context, place, { palette: { colours }, font, names }) {
  const { chart, width, height, turned } = place;
  context.lineWidth = 1;
  context.font = font;
  context.fillStyle = colours["ink-soft"];
  /** Numbers stand on the sheet, whatever runs below them. @param {string} text @param {number} x @param {number} y */
  const letter = (text, x, y) => {
    context.strokeStyle = colours.sheet;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
    context.lineWidth = 1;
  };
  /** @type {[string, number, number, CanvasTextAlign, CanvasTextBaseline][]} */
  const numbers = [];
  [0, 1].forEach((axis) => {
    const [from, to] = [chart[2 * axis], chart[2 * axis + 1]];
    const gap = step(to - from);
    const upright = (axis === 0) !== turned;
    for (let k = Math.ceil(from / gap + 1e-9); k * gap < to - 1e-9; k++) {
      const [x, y] = axis ? place.at(chart[0], k * gap) : place.at(k * gap, chart[2]);
      context.strokeStyle = k === 0 ? colours["line-strong"] : colours.line;
      context.beginPath();
      context.moveTo(upright ? Math.round(x) + 0.5 : 0, upright ? 0 : Math.round(y) + 0.5);
      context.lineTo(upright ? Math.round(x) + 0.5 : width, upright ? height : Math.round(y) + 0.5);
      context.stroke();
      if (upright && x > 26 && x < width - 26)
        numbers.push([written(k * gap), x, height - 4, "center", "bottom"]);
      if (!upright && y > 16 && y < height - 20) numbers.push([written(k * gap), 5, y, "left", "middle"]);
    }
  });
  for (const [text, x, y, align, baseline] of numbers) {
    context.textAlign = align;
    context.textBaseline = baseline;
    letter(text, x, y);
  }
  context.font = `italic ${font}`;
  context.fillStyle = colours.ink;
  const [across, up] = turned ? [names[1], names[0]] : names;
  context.textAlign = "right";
  context.textBaseline = "bottom";
  letter(across, width - 6, height - 4);
  context.textAlign = "left";
  context.textBaseline = turned ? "bottom" : "top";
  letter(up, 5, turned ? height - 4 : 5);
}

/** All that a ruler of one length reaches from a place: small where a step of the chart is long. @param {CanvasRenderingContext2D} context @param {Place} place @param {{rulers: Frame, palette: Palette}} args */
export function ellipses(context, place, { rulers, palette: { colours } }) {
  const rows = rulers.shape[0];
  /** @type {number[][]} */
  const all = [];
  for (let i = 0; i < rows; i++) all.push(Array.from(rulers.data.subarray(5 * i, 5 * i + 5)));
  const cell = Math.min(place.width, place.height) / 11;
  const reaches = all.map(([u, v, ...g]) => reach(place, u, v, g)).sort((a, b) => a - b);
  const scale = (0.46 * cell) / (reaches[Math.floor(0.8 * (rows - 1))] || 1);
  context.lineWidth = 1;
  context.strokeStyle = colours["ink-soft"];
  context.globalAlpha = 0.75;
  for (const [u, v, e, f, g] of all) {
    if (scale * reach(place, u, v, [e, f, g]) > 2.4 * cell) continue;
    const [x0, y0] = place.at(u, v);
    const [ru, ra] = [1 / Math.sqrt(e), 1 / Math.sqrt(e * g - f * f)];
    context.beginPath();
    for (let k = 0; k <= 32; k++) {
      const [c, s] = [Math.cos((Math.PI * k) / 16), Math.sin((Math.PI * k) / 16)];
      const [x, y] = place.at(u + c * ru - s * f * ra * ru, v + (s * ra) / ru);
      context.lineTo(x0 + scale * (x - x0), y0 + scale * (y - y0));
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Pixels that one unit of the metric spans at most. @param {Place} place @param {number} u @param {number} v @param {number[]} metric */
function reach(place, u, v, [e, f, g]) {
  const [x0, y0] = place.at(u, v);
  const span = ([x, y] = [0, 0]) => Math.hypot(x - x0, y - y0);
  const area = e * g - f * f;
  // Half axes along the coordinate lines, nearly enough for a size.
  return Math.max(span(place.at(u + Math.sqrt(g / area), v)), span(place.at(u, v + Math.sqrt(e / area))));
}

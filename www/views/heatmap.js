// One attention map, large: who reads down, who is read across, hairlines, a crosshair, and what was cut or set.
import { crisp, fillPattern } from "./canvas.js";
import { css, rgb } from "./color.js";
import { small } from "./lettering.js";
import { createTile, toned } from "./tile.js";

/** A square of a map: first row and column from 0, and how many of each; they may be between two. @typedef {{row: number, column: number, count: number}} Span */
/** Room for the letters, and for what lies left of the square, in CSS pixels. */
export const margin = 30;
const earlier = 7;

/** Where cells lie on a canvas `width` wide. @param {Span} span @param {number} width */
export function placing({ row, column, count }, width) {
  const side = Math.max(1, width - margin - 1);
  const cell = side / count;
  return {
    side,
    cell,
    /** @param {number} k column from 0 */
    x: (k) => margin + (k - column) * cell,
    /** @param {number} q row from 0 */
    y: (q) => margin + (q - row) * cell,
    /** The cell under a point, from 0; null outside. @param {number} left @param {number} top */
    under(left, top) {
      if (left < margin || top < margin || left >= margin + side || top >= margin + side) return null;
      return { q: Math.floor(row + (top - margin) / cell), k: Math.floor(column + (left - margin) / cell) };
    },
  };
}

/**
 * @typedef {object} Drawing
 * @property {{weights: ArrayLike<number>, size: number}} map
 * @property {Span} span
 * @property {string[]} letters one a position, as they are shown
 * @property {number} token row that is looked at, from 1
 * @property {[number, number] | null} cell that is looked at, from 1
 * @property {boolean} locked whether the cell stays when the pointer leaves
 * @property {[number, number][]} cuts from 1
 * @property {[number, number][]} sets from 1
 * @property {Set<number>} hidden tokens, from 1
 * @property {import("./color.js").Scale} scale
 * @property {import("./palette.js").Colours} colours
 * @property {string} font family of the letters
 */

/** @param {HTMLCanvasElement} canvas */
export function heatmap(canvas) {
  const tile = createTile();
  return (/** @type {Drawing} */ drawing) => {
    const { context, width, height, ratio } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    paint(context, drawing, { width, ratio, tile });
  };
}

/** On a context that is already scaled and empty, `width` CSS pixels wide and high.
 * @param {CanvasRenderingContext2D} context @param {Drawing} drawing @param {{width: number, ratio: number, tile?: ReturnType<typeof createTile>}} on */
export function paint(context, drawing, { width, ratio, tile = createTile() }) {
  const { map, span, colours, scale } = drawing;
  const at = placing(span, width);
  context.save();
  context.beginPath();
  context.rect(margin, margin, at.side, at.side);
  context.clip();
  future(context, at, map.size, colours, ratio);
  context.imageSmoothingEnabled = at.cell * ratio < 1;
  context.imageSmoothingQuality = "high";
  context.drawImage(tile({ ...map, scale }), at.x(0), at.y(0), map.size * at.cell, map.size * at.cell);
  hairlines(context, at, span, map.size, colours);
  marks(context, at, drawing);
  numbers(context, at, drawing);
  crosshair(context, at, drawing);
  context.restore();
  letters(context, at, drawing);
  if (span.column > 0.5) before(context, at, drawing);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1;
  context.strokeRect(margin - 0.5, margin - 0.5, at.side + 1, at.side + 1);
}

/** @typedef {ReturnType<typeof placing>} At */

/** What may not be read is hatched, as solid building is in a section; what is not written yet stays bare. @param {CanvasRenderingContext2D} context @param {At} at @param {number} size @param {import("./palette.js").Colours} colours @param {number} ratio */
function future(context, { x, y }, size, colours, ratio) {
  const path = new Path2D();
  path.moveTo(x(0), y(0));
  path.lineTo(x(size), y(0));
  path.lineTo(x(size), y(size));
  path.closePath();
  context.save();
  context.globalAlpha = 0.16;
  context.fillStyle = fillPattern(context, "hatch", colours["ink-soft"], ratio);
  context.fill(path);
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {At} at @param {Span} span @param {number} size @param {import("./palette.js").Colours} colours */
function hairlines(context, { x, y, cell }, { row, column, count }, size, colours) {
  context.save();
  context.fillStyle = colours["line-strong"];
  const first = Math.floor(Math.min(row, column));
  for (let i = Math.max(1, first); i <= Math.min(size, Math.ceil(Math.max(row, column) + count)); i++) {
    const tenth = i % 10 === 0;
    if (!tenth && cell < 9) continue;
    context.globalAlpha = tenth ? 0.35 : Math.min(0.3, (cell - 8) / 40);
    // From the edge to the diagonal: above it there is nothing to divide.
    context.fillRect(x(0), Math.round(y(i)) - 0.5, i * cell + (i < size ? cell : 0), 1);
    context.fillRect(Math.round(x(i)) - 0.5, y(i - 1), 1, (size - i + 1) * cell);
  }
  context.restore();
}

/** A cut cell is crossed out; a set one has a mark in its corner. @param {CanvasRenderingContext2D} context @param {At} at @param {Drawing} drawing */
function marks(context, { x, y, cell }, { cuts, sets, colours }) {
  context.save();
  context.strokeStyle = context.fillStyle = colours.fails;
  context.lineWidth = cell < 9 ? 1 : 1.5;
  const inset = Math.max(0.5, cell * 0.22);
  context.beginPath();
  for (const [q, k] of cuts) {
    context.moveTo(x(k - 1) + inset, y(q - 1) + inset);
    context.lineTo(x(k) - inset, y(q) - inset);
    context.moveTo(x(k) - inset, y(q - 1) + inset);
    context.lineTo(x(k - 1) + inset, y(q) - inset);
  }
  context.stroke();
  for (const [q, k] of sets) {
    const corner = Math.max(3, cell * 0.4);
    context.beginPath();
    context.moveTo(x(k), y(q - 1));
    context.lineTo(x(k) - corner, y(q - 1));
    context.lineTo(x(k), y(q - 1) + corner);
    context.fill();
  }
  context.restore();
}

/** Hundredths in the cells, where they have room. @param {CanvasRenderingContext2D} context @param {At} at @param {Drawing} drawing */
function numbers(context, { x, y, cell }, { map, span, scale, colours, font }) {
  const size = small();
  // "−99" has to fit.
  if (cell < 2 * size) return;
  context.font = `${size}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const [from, to] = [
    Math.max(0, Math.floor(span.row)),
    Math.min(map.size, Math.ceil(span.row + span.count)),
  ];
  for (let q = from; q < to; q++) {
    for (
      let k = Math.max(0, Math.floor(span.column));
      k <= Math.min(q, Math.ceil(span.column + span.count));
      k++
    ) {
      const weight = map.weights[q * map.size + k];
      if (Math.abs(weight) < 0.005) continue;
      const ground = scale(scale.high * toned(weight));
      context.fillStyle = contrast(css(ground), colours);
      context.fillText(`${Math.round(100 * weight)}`.replace("-", "−"), x(k + 0.5), y(q + 0.5) + 0.5);
    }
  }
}

/** The darker or the lighter ink, whichever is farther from the ground. @param {string} ground rgb(r g b) @param {import("./palette.js").Colours} colours */
function contrast(ground, { ink, sheet }) {
  const light = (/** @type {number[]} */ [r, g, b]) => 0.299 * r + 0.587 * g + 0.114 * b;
  const of = (/** @type {string} */ hex) => light(rgb(hex));
  const here = light(/** @type {string[]} */ (ground.match(/\d+/g)).map(Number));
  return Math.abs(of(ink) - here) > Math.abs(of(sheet) - here) ? ink : sheet;
}

/** The row of the token, and around a cell its row and column. @param {CanvasRenderingContext2D} context @param {At} at @param {Drawing} drawing */
function crosshair(context, { x, y, cell }, { token, cell: place, map, locked, colours }) {
  context.save();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  const line = (
    /** @type {number} */ left,
    /** @type {number} */ top,
    /** @type {number} */ width,
    /** @type {number} */ height,
  ) =>
    context.strokeRect(Math.round(left) - 0.5, Math.round(top) - 0.5, Math.round(width), Math.round(height));
  line(x(0), y(token - 1), token * cell, cell);
  if (place) {
    const [q, k] = place;
    context.setLineDash([3, 3]);
    line(x(k - 1), y(k - 1), cell, (map.size - k + 1) * cell);
    context.setLineDash([]);
    // Two colours, because either alone is lost on some ground.
    const grow = Math.max(0, (9 - cell) / 2);
    const frame = (/** @type {number} */ inset) =>
      context.strokeRect(
        x(k - 1) - grow + inset,
        y(q - 1) - grow + inset,
        cell + 2 * grow - 2 * inset,
        cell + 2 * grow - 2 * inset,
      );
    context.lineWidth = 2;
    context.strokeStyle = colours.sheet;
    frame(-2);
    context.strokeStyle = colours.accent;
    context.lineWidth = locked ? 3 : 2;
    frame(-0.5);
  }
  context.restore();
}

/** Both axes; where there is no room for every letter, only those that are looked at. @param {CanvasRenderingContext2D} context @param {At} at @param {Drawing} drawing */
function letters(
  context,
  { x, y, cell, side },
  { span, letters: all, token, cell: place, hidden, colours, font },
) {
  const least = small();
  const size = Math.max(least, Math.min(1.25 * least, cell * 1.05));
  // Where letters would touch, every other one steps back from the edge.
  const crowded = { down: cell < 0.9 * least, across: cell < 0.65 * least };
  const every = cell >= 0.45 * least;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const ticks = new Path2D();
  const one = (/** @type {number} */ i, /** @type {boolean} */ down) => {
    const place_ = down ? y(i + 0.5) : x(i + 0.5);
    if (place_ < margin + cell * 0.3 || place_ > margin + side - cell * 0.2) return;
    const mine = down ? i + 1 === token : place ? i + 1 === place[1] : false;
    if ((i + 1) % 10 === 0) {
      const edge = Math.round(down ? y(i + 1) : x(i + 1)) - 0.5;
      ticks.moveTo(down ? margin - 4 : edge, down ? edge : margin - 4);
      ticks.lineTo(down ? margin : edge, down ? edge : margin);
    }
    if (!every && !mine) return;
    context.fillStyle = mine
      ? colours.accent
      : hidden.has(i + 1)
        ? colours["line-strong"]
        : colours["ink-soft"];
    context.font = `${mine ? "700 " : ""}${size}px ${font}`;
    const away = (down ? crowded.down : crowded.across) ? (i % 2 ? 21 : 9) : 13;
    const [left, top] = down ? [margin - away, place_] : [place_, margin - away];
    context.fillText(all[i] ?? "", left, top);
    if (hidden.has(i + 1)) context.fillRect(left - 5, top - 0.5, 10, 1);
  };
  const [from, to] = [
    (/** @type {number} */ start) => Math.max(0, Math.floor(start)),
    (/** @type {number} */ start) => Math.min(all.length, Math.ceil(start + span.count)),
  ];
  for (let i = from(span.row); i < to(span.row); i++) one(i, true);
  for (let i = from(span.column); i < to(span.column); i++) one(i, false);
  context.strokeStyle = colours["line-strong"];
  context.lineWidth = 1;
  context.stroke(ticks);
}

/** What each row reads left of the square, as one narrow column. @param {CanvasRenderingContext2D} context @param {At} at @param {Drawing} drawing */
function before(context, { y, cell, side }, { map, span, scale, colours }) {
  context.fillStyle = colours["ink-soft"];
  context.fillText("…", margin - earlier / 2 - 1, margin - 8);
  for (let q = Math.max(0, Math.floor(span.row)); q < Math.min(map.size, span.row + span.count); q++) {
    let sum = 0;
    for (let k = 0; k < Math.min(q + 1, Math.floor(span.column)); k++) sum += map.weights[q * map.size + k];
    context.fillStyle = css(scale(scale.high * toned(Math.max(-1, Math.min(1, sum)))));
    const top = Math.max(margin, y(q));
    context.fillRect(margin - earlier + 1, top, earlier - 2, Math.min(margin + side, y(q) + cell) - top);
  }
}

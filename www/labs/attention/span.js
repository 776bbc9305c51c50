// Which square of a map is on the sheet: it grows with the text, then follows its end; or it stands where a hand put it.

/** First row and column (from 0, may be between two) and how many of each. @typedef {{row: number, column: number, count: number}} Span */

/** Sizes the sheet goes through while the text grows: few camera moves, each letter large as long as it can be. */
const ladder = [8, 12, 16, 24, 32, 48, 64];
const [least, far] = [4, ladder[ladder.length - 1]];

/** The square that follows a growing text. @param {number} size letters so far @param {number} total letters there will be @param {number} [most] letters that can be told apart on the sheet @returns {Span} */
export function following(size, total, most = far) {
  const rung = ladder.find((rung) => rung >= size) ?? far;
  const count = Math.min(
    Math.max(ladder[0], most),
    Math.max(Math.min(rung, Math.max(total, ladder[0])), Math.min(size, far)),
  );
  const from = Math.max(0, size - count);
  return { row: from, column: from, count };
}

/** How many letters a thumbnail has room for: it grows by the same rungs, and on. @param {number} size @param {number} total */
export const room = (size, total) =>
  Math.max(ladder[0], Math.min(total, [...ladder, 96, 128, 192].find((rung) => rung >= size) ?? total));

/** Everything at once. @param {number} total @returns {Span} */
export const whole = (total) => ({ row: 0, column: 0, count: Math.max(ladder[0], total) });

/** @param {Span} span @param {number} total @returns {Span} */
function kept({ row, column, count }, total) {
  const size = Math.max(least, Math.min(Math.max(ladder[0], total), count));
  const inside = (/** @type {number} */ from) => Math.min(Math.max(0, total - size), Math.max(0, from));
  return { row: inside(row), column: inside(column), count: size };
}

/** Larger or smaller around a place that stays where it is. @param {Span} span @param {number} factor above 1 shows more @param {{q: number, k: number}} around rows and columns from 0 @param {number} total @returns {Span} */
export function zoomed(span, factor, { q, k }, total) {
  const count = Math.max(least, Math.min(Math.max(ladder[0], total), span.count * factor));
  const share = count / span.count;
  return kept({ row: q - (q - span.row) * share, column: k - (k - span.column) * share, count }, total);
}

/** @param {Span} span @param {number} down rows @param {number} across columns @param {number} total @returns {Span} */
export const panned = ({ row, column, count }, down, across, total) =>
  kept({ row: row + down, column: column + across, count }, total);

/** The same square, moved as little as it takes to hold a cell. @param {Span} span @param {number} q from 0 @param {number} k from 0 @param {number} total @returns {Span} */
export function holding(span, q, k, total) {
  const reach = (/** @type {number} */ from, /** @type {number} */ place) =>
    Math.min(place, Math.max(from, place + 1 - span.count));
  const moved = { row: reach(span.row, q), column: reach(span.column, k), count: span.count };
  return moved.row === span.row && moved.column === span.column ? span : kept(moved, total);
}

/** Moved by less than a cell, so that no cell is cut. @param {Span} span @param {number} total */
export const snapped = ({ row, column, count }, total) =>
  kept({ row: Math.round(row), column: Math.round(column), count: Math.round(count) }, total);

/** Part of the way from one to another. @param {Span} from @param {Span} to @param {number} part 0..1 @returns {Span} */
export const between = (from, to, part) => {
  const mix = (/** @type {keyof Span} */ key) => from[key] + (to[key] - from[key]) * part;
  return { row: mix("row"), column: mix("column"), count: mix("count") };
};

/** @param {Span} a @param {Span} b */
export const near = (a, b) =>
  Math.abs(a.row - b.row) + Math.abs(a.column - b.column) + Math.abs(a.count - b.count) < 0.05;

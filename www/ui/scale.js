// Slider places and values: linear, or by factors where a range spans orders of magnitude.
/** @typedef {{kind: string, min?: number, max?: number, step?: number}} Range */

/** @param {Range} range */
const wide = ({ min = 0, max = 1 }) => min > 0 && max / min >= 100;

/** @param {number} value @param {Range} range @returns {number} 0..1 */
export function toPlace(value, range) {
  const { min = 0, max = 1 } = range;
  const place = wide(range) ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.min(1, Math.max(0, place));
}

/** @param {number} place 0..1 @param {Range} range */
export function fromPlace(place, range) {
  const { min = 0, max = 1 } = range;
  if (!wide(range)) return snap(min + place * (max - min), range);
  // Two leading digits: what a hand on a slider can mean.
  return snap(Number((min * (max / min) ** place).toPrecision(2)), range);
}

/** @param {number} value @param {Range} range */
function snap(value, { kind, min = 0, max = 1, step = kind === "integer" ? 1 : 0 }) {
  const steps = step ? Math.round((value - min) / step) * step + min : value;
  return Math.min(max, Math.max(min, Number(steps.toPrecision(12))));
}

/** What a visitor typed, brought into the range; null where it is no number. @param {string} text @param {Range} range */
export function parseValue(text, { kind, min = 0, max = 1 }) {
  const value = Number(plain(text));
  if (plain(text) === "" || !Number.isFinite(value)) return null;
  const clamped = Math.min(max, Math.max(min, Number(value.toPrecision(12))));
  return kind === "integer" ? Math.round(clamped) : clamped;
}

/** Seeds are whole numbers of 64 bits, more than a Number holds. */
export const mostSeed = 2n ** 64n - 1n;

/** The seed that a visitor typed, brought into the range; null where it is no number. @param {string} text */
export function parseSeed(text) {
  const typed = plain(text);
  const value = Number(typed);
  if (typed === "" || !Number.isFinite(value)) return null;
  const whole = /^\+?\d+$/.test(typed) ? BigInt(typed.replace("+", "")) : BigInt(Math.round(value));
  return String(whole < 0n ? 0n : whole > mostSeed ? mostSeed : whole);
}

/** Whether a reading says no more and no less than what was typed: "2,50" is 2.5, "007" is 7. @param {string} text @param {string | number} value */
export const isSame = (text, value) =>
  plain(text) === String(value) ||
  (plain(text) !== "" && Number(plain(text)) === Number(value) && !isLong(text));

/** Signs as keyboards and input methods have them, as numbers are written. @param {string} text */
const plain = (text) => text.normalize("NFKC").replace(/\s/g, "").replace(",", ".").replace("−", "-");

/** More digits than a Number tells apart. @param {string} text */
const isLong = (text) => plain(text).replace(/\D/g, "").length > 15;

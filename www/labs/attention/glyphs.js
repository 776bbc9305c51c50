// Characters as they can be seen and said: a space, a line break and a tab have no ink of their own.
/** @import { Words } from "./strings.js" */
/** @import { State } from "../../ui/player.js" */

/** @type {Record<string, string>} */
const signs = { " ": "␣", "\n": "⏎", "\t": "⇥" };
/** A token without a character. */
const unknown = "□";
const names = /** @type {const} */ ({ " ": "glyph.space", "\n": "glyph.newline", "\t": "glyph.tab" });

/** @param {string} char */
export const glyph = (char) => signs[char] ?? char ?? unknown;
/** For labels and sentences. @param {Words["t"]} t @param {string} char */
export const spoken = (t, char) => (char in names ? t(names[/** @type {" "} */ (char)]) : `‘${char}’`);

/** The characters of the vocabulary in its order. @param {State["frames"]} frames */
export const vocabulary = ({ letters }) =>
  Array.from(letters?.data ?? [], (code) => String.fromCodePoint(code));

/** The tokens of a run, 0 the original, 1 the edited. @param {State["frames"]} frames @param {0 | 1} run @returns {number[]} */
export function tokensOf({ tokens }, run) {
  if (!tokens) return [];
  const length = tokens.data.length / 2;
  return Array.from(tokens.data.subarray(run * length, (run + 1) * length));
}

/** @param {State["frames"]} frames @param {0 | 1} [run] the edited one unless said otherwise */
export function textOf(frames, run = 1) {
  const letters = vocabulary(frames);
  return tokensOf(frames, run).map((token) => letters[token] ?? unknown);
}

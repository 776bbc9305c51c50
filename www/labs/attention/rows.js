// A text broken into lines of so many columns: after every newline, at spaces where it can, through a word where it must.

/** Columns a letter takes: Chinese and other full-width letters are twice as wide. @param {string} letter */
export const breadth = (letter) =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60\p{Extended_Pictographic}]/u.test(
    letter,
  )
    ? 2
    : 1;

/** @param {string[]} letters @param {number} columns @returns {[number, number][]} where each line begins and where it ends, the end not included */
export function linesOf(letters, columns) {
  /** @type {[number, number][]} */
  const lines = [];
  let [from, used, space] = [0, 0, -1];
  for (let i = 0; i < letters.length; i++) {
    const width = breadth(letters[i]);
    // One space, or the end of a line, may hang over the edge.
    const room = columns + (letters[i] === " " || letters[i] === "\n" ? 1 : 0);
    if (used + width > room && i > from) {
      const to = space < from ? i : space + 1;
      lines.push([from, to]);
      used = 0;
      for (let j = to; j < i; j++) used += breadth(letters[j]);
      from = to;
    }
    used += width;
    if (letters[i] === " ") space = i;
    if (letters[i] !== "\n") continue;
    lines.push([from, i + 1]);
    [from, used] = [i + 1, 0];
  }
  if (from < letters.length) lines.push([from, letters.length]);
  return lines;
}

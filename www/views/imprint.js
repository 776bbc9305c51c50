// The foot of a saved picture: its lines, and beside them a code for a camera that leads back to the experiment.

/** Dark modules by row. @typedef {{size: number, data: boolean[][]}} Code */
/** What a saved picture says of the way back: the link, its code if one can hold it, and a few words. @typedef {{link: string, code: Code | null, caption: string}} Imprint */

/** Modules around a code that must stay light. */
const quiet = 4;
/** Pixels that a code should have at least; a large one has as many as three a module need. */
const least = 240;
const gap = 40;

/** Pixels a module, a whole number, so that no edge blurs. @param {Code} code */
const moduleOf = ({ size }) => Math.max(3, Math.ceil(least / (size + 2 * quiet)));

/** Pixels that a code takes, its light edge with it. @param {Code | null} code */
export const extent = (code) => (code ? moduleOf(code) * (code.size + 2 * quiet) : 0);

/** @typedef {{text: string, font: string, colour: string, down: number}} Line `down`: pixels from this line's foot to the next one's */

/** Pixels from the first line's foot to where the foot ends. @param {Line[]} lines @param {Code | null} code */
export const depth = (lines, code) =>
  Math.max(
    lines.reduce((sum, { down }) => sum + down, 0),
    extent(code) - leading,
  );
/** The code begins as high as the first line's letters. */
const leading = 32;

/** What the caption adds to the lines. @param {Imprint} imprint @param {string} font family @param {string} colour @returns {Line} */
export const captionLine = ({ caption }, font, colour) => ({
  text: caption,
  font: `20px ${font}`,
  colour,
  down: 34,
});

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {{lines: Line[], code: Code | null, x: number, y: number, width: number}} place y: the foot of the first line
 */
export function imprint(pen, { lines, code, x, y, width }) {
  const side = extent(code);
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  let foot = y;
  for (const { text, font, colour, down } of lines) {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(text, x, foot, width - (side && side + gap));
    foot += down;
  }
  if (code) drawCode(pen, code, x + width - side, y - leading);
}

/** Dark on light in either theme: not every camera reads the reverse. @param {CanvasRenderingContext2D} pen @param {Code} code @param {number} x @param {number} y */
function drawCode(pen, code, x, y) {
  const side = extent(code);
  const module = moduleOf(code);
  pen.fillStyle = "white";
  pen.fillRect(x, y, side, side);
  pen.fillStyle = "black";
  code.data.forEach((row, r) =>
    row.forEach(
      (dark, c) => dark && pen.fillRect(x + module * (c + quiet), y + module * (r + quiet), module, module),
    ),
  );
}

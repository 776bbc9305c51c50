// Reads the palette's custom properties once a theme and makes the two scales of the page from them.
import { scale } from "./color.js";

const names = /** @type {const} */ ([
  "paper", "sheet", "well", "ink", "ink-soft", "line", "line-strong", "accent", "accent-soft", "holds", "fails",
  "picture-under", "picture-paper", "picture-ink", "picture-over",
  "signed-minus", "signed-zero", "signed-plus", "broken",
]);

/** @typedef {Record<typeof names[number], string>} Colours */

/** @param {Element} element */
export function readPalette(element) {
  const style = getComputedStyle(element);
  const colours = /** @type {Colours} */ (
    Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]))
  );
  return { colours, ...scales(colours) };
}

/** @param {Colours} colours */
export const scales = (colours) => ({
  picture: scale(
    [[-2.5, colours["picture-under"]], [-1, colours["picture-paper"]], [1, colours["picture-ink"]], [2.5, colours["picture-over"]]],
    colours.broken, 1,
  ),
  signed: scale(
    [[-3, colours["signed-minus"]], [0, colours["signed-zero"]], [3, colours["signed-plus"]]],
    colours.broken, 3,
  ),
});

/** @typedef {ReturnType<typeof readPalette>} Palette */

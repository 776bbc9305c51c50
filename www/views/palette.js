// Reads the palette's custom properties once a theme and makes the scales of the page from them.
import { scale } from "./color.js";

const names = /** @type {const} */ ([
  "paper",
  "sheet",
  "well",
  "ink",
  "ink-soft",
  "line",
  "line-strong",
  "accent",
  "accent-soft",
  "holds",
  "fails",
  "picture-under",
  "picture-paper",
  "picture-ink",
  "picture-over",
  "signed-minus",
  "signed-zero",
  "signed-plus",
  "broken",
  "shade-middle",
  "shade-full",
  "lane-1",
  "lane-2",
  "lane-3",
  "lane-4",
  "lane-5",
  "lane-6",
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
    [
      [-2.5, colours["picture-under"]],
      [-1, colours["picture-paper"]],
      [1, colours["picture-ink"]],
      [2.5, colours["picture-over"]],
    ],
    colours.broken,
    1,
  ),
  signed: scale(
    [
      [-3, colours["signed-minus"]],
      [0, colours["signed-zero"]],
      [3, colours["signed-plus"]],
    ],
    colours.broken,
    3,
  ),
  /** Something that may only be more or less, 0..1: bare sheet to full ink. */
  shade: scale(
    [
      [0, colours.sheet],
      [0.5, colours["shade-middle"]],
      [1, colours["shade-full"]],
    ],
    colours.broken,
  ),
  /** An error, 0..1: bare sheet to alarm. */
  alarm: scale(
    [
      [0, colours.sheet],
      [0.5, colours["signed-plus"]],
      [1, colours.fails],
    ],
    colours.broken,
  ),
});

/** @typedef {ReturnType<typeof readPalette>} Palette */

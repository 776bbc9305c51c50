// A chart drawn by uPlot that is made anew only when its looks change, keeps to its place's width, and can be taken away.
import { grown } from "./lettering.js";

/**
 * uPlot listens to the window for as long as a chart of its lives: whoever puts one up must take it away.
 * @param {HTMLElement} place @param {any} uPlot the library, handed in because it is fetched late
 */
export function plot(place, uPlot) {
  /** @type {any} */
  let made = null;
  let looks = "";
  /** What one holds of a chart after its end, the library among them, must not hold the page it was on. @type {HTMLElement | null} */
  let home = place;
  return {
    /**
     * @param {object} args
     * @param {string} args.key of the looks: another one is another chart
     * @param {number} args.height
     * @param {unknown[]} args.data columns, the horizontal one first
     * @param {(width: number) => object} args.options
     */
    show({ key, height, data, options }) {
      const width = home?.clientWidth;
      if (!width) return;
      if (!made || looks !== key) {
        made?.destroy();
        looks = key;
        made = new uPlot(options(width), data, home);
        return;
      }
      if (made.width !== width || made.height !== height) made.setSize({ width, height });
      made.setData(data);
    },
    destroy() {
      made?.destroy();
      made = home = null;
    },
  };
}

/** An axis in the page's hand. @param {import("./palette.js").Colours} colours @param {string} font @param {number} [tick] its length */
export const axis = (colours, font, tick = 5) => ({
  stroke: colours["ink-soft"],
  font,
  grid: { stroke: colours.line, width: 1 },
  ticks: { stroke: colours.line, width: 1, size: tick },
});

/** What no chart of ours has: a cursor and a legend of uPlot's own. */
export const bare = { cursor: { show: false }, legend: { show: false } };

/**
 * What all charts over the training step have in common: at least twenty steps wide, room for the numbers beside them.
 * @param {object} of
 * @param {number} of.width
 * @param {number} of.height
 * @param {import("./palette.js").Colours} of.colours
 * @param {string} of.font
 * @param {(least: number | null, most: number | null) => [number, number]} of.range of the upright axis, by what is drawn
 * @param {object[]} of.series
 */
export function overSteps({ width, height, colours, font, range, series }) {
  const plain = axis(colours, font, 4);
  const large = grown(font);
  return {
    width,
    height,
    ...bare,
    padding: [6, 10, 0, 0],
    scales: {
      x: {
        time: false,
        range: (/** @type {any} */ _, /** @type {number} */ min, /** @type {number} */ max) => [
          min ?? 0,
          Math.max(max ?? 0, 20),
        ],
      },
      y: {
        range: (/** @type {any} */ _, /** @type {number | null} */ min, /** @type {number | null} */ max) =>
          range(min, max),
      },
    },
    axes: [
      { ...plain, size: 28 * large, space: 60 * large },
      { ...plain, size: 42 * large, space: 28 * large },
    ],
    series: [{}, ...series.map((line) => ({ points: { show: false }, ...line }))],
  };
}

// Several lines over the training step, and a level to reach; drawn by uPlot.
import { axis, bare, plot } from "./plot.js";
/** @import { Colours } from "./palette.js" */

/** @typedef {{values: (number | null)[], colour: string, width?: number, dash?: number[]}} Line */

/** @param {HTMLElement} place @param {any} uPlot the library, handed in because it is fetched late */
export function series(place, uPlot) {
  const chart = plot(place, uPlot);

  /**
   * @param {object} args
   * @param {number[]} args.steps rising
   * @param {Line[]} args.lines
   * @param {number | null} [args.level] a dashed line across
   * @param {number | null} [args.top] where the upper axis ends at least; null: where the lines do
   * @param {Colours} args.colours
   * @param {string} args.font
   * @param {number} args.height
   */
  function draw({ steps, lines, level = null, top = null, colours, font, height }) {
    const flat =
      level === null
        ? []
        : [{ values: steps.map(() => level), colour: colours.accent, width: 1, dash: [6, 4] }];
    const all = [...flat, ...lines];
    const looks = all.map(({ colour, width: thick, dash }) => [colour, thick, dash]);
    chart.show({
      key: JSON.stringify([looks, colours.ink, font, top]),
      height,
      data: [steps, ...all.map(({ values }) => values)],
      options: (width) => options({ width, height, all, top, colours, font }),
    });
  }
  return Object.assign(draw, { destroy: chart.destroy });
}

/** @param {{width: number, height: number, all: Line[], top: number | null, colours: Colours, font: string}} what */
function options({ width, height, all, top, colours, font }) {
  const plain = axis(colours, font, 4);
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
        range: (/** @type {any} */ _, /** @type {number | null} */ __, /** @type {number | null} */ max) => [
          0,
          Math.max(top ?? 0, 1.05 * (max ?? 1)),
        ],
      },
    },
    axes: [
      { ...plain, size: 26, space: 60 },
      { ...plain, size: 38, space: 28 },
    ],
    series: [
      {},
      ...all.map(({ colour, width: thick = 1.5, dash }) => ({
        stroke: colour,
        width: thick,
        dash,
        points: { show: false },
      })),
    ],
  };
}

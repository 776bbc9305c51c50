// Several lines over the training step, and a level to reach; drawn by uPlot.
import { overSteps, plot } from "./plot.js";
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
      options: (width) =>
        overSteps({
          width,
          height,
          colours,
          font,
          range: (_, max) => [0, Math.max(top ?? 0, 1.05 * (max ?? 1))],
          series: all.map(({ colour, width: thick = 1.5, dash }) => ({ stroke: colour, width: thick, dash })),
        }),
    });
  }
  return Object.assign(draw, { destroy: chart.destroy });
}

// Quality against network calls, both logarithmic, a line a lane, and the floor that nobody gets under; drawn by uPlot.
import { grown } from "./lettering.js";
import { axis as lines, bare, plot } from "./plot.js";

/** Besides its colour each lane has its own dashes, so that a line is known without colours. */
const dashes = [[], [9, 4], [2, 4], [10, 3, 2, 3], [5, 5], [14, 4]];

/** @typedef {{label: string, colour: string, qualities: (number | null)[]}} Lane one quality a budget, null where not yet raced */

/** Neat ends for a logarithmic axis around what is shown. @param {number} low @param {number} high @returns {[number, number]} */
export const decade = (low, high) => [low / 1.35, high * 1.35];

/** @param {HTMLElement} place @param {any} uPlot the library, handed in because it is fetched late */
export function qualities(place, uPlot) {
  const chart = plot(place, uPlot);

  /**
   * @param {object} args
   * @param {number[]} args.budgets network calls, rising
   * @param {Lane[]} args.lanes
   * @param {number | null} args.floor
   * @param {string} args.axis what the lower axis counts
   * @param {import("./palette.js").Colours} args.colours
   * @param {string} args.font
   * @param {number} args.height
   */
  function draw({ budgets, lanes, floor, axis, colours, font, height }) {
    const positive = (/** @type {number | null} */ value) =>
      value !== null && value > 0 && value < Infinity ? value : null;
    chart.show({
      key: JSON.stringify([
        colours.ink,
        font,
        height,
        axis,
        budgets[0],
        budgets.at(-1),
        lanes.map(({ label, colour }) => [label, colour]),
      ]),
      height,
      data: [
        budgets,
        ...lanes.map(({ qualities }) => qualities.map(positive)),
        budgets.map(() => (floor ? positive(floor) : null)),
      ],
      options: (width) => options({ budgets, lanes, axis, colours, font, width, height }),
    });
  }
  return Object.assign(draw, { destroy: chart.destroy });
}

/** @param {{budgets: number[], lanes: Lane[], axis: string, colours: import("./palette.js").Colours, font: string, width: number, height: number}} args */
function options({ budgets, lanes, axis, colours, font, width, height }) {
  const large = grown(font);
  const style = { ...lines(colours, font), labelFont: font, labelSize: 20 * large };
  const plain = (/** @type {any} */ _, /** @type {(number | null)[]} */ values) =>
    values.map((value) => (value === null ? "" : String(Number(value.toPrecision(2)))));
  return {
    width,
    height,
    ...bare,
    padding: [8, 14, 0, 0],
    scales: {
      x: { time: false, distr: 3, log: 10, range: () => decade(budgets[0], budgets.at(-1) ?? 10) },
      y: {
        distr: 3,
        log: 10,
        range: (/** @type {any} */ _, /** @type {number | null} */ min, /** @type {number | null} */ max) =>
          decade(min ?? 0.01, max ?? 1),
      },
    },
    axes: [
      {
        ...style,
        size: 31 * large,
        label: axis,
        splits: () => budgets,
        values: plain,
        filter: (/** @type {any} */ _, /** @type {number[]} */ splits) => splits,
      },
      { ...style, size: 52 * large, values: plain },
    ],
    series: [
      {},
      ...lanes.map(({ label, colour }, i) => ({
        label,
        stroke: colour,
        width: 2,
        dash: dashes[i % dashes.length],
        points: { show: true, size: 6, fill: colour, stroke: colour },
      })),
      { stroke: colours["ink-soft"], width: 1, dash: [2, 3], points: { show: false } },
    ],
  };
}

// A measured number against the setting that was swept: each run a dot, their mean a line, a standard deviation either way as a band; drawn by uPlot.
import { grown } from "./lettering.js";
import { axis, bare, plot } from "./plot.js";

const height = 260;

/** @param {HTMLElement} place @param {any} uPlot the library, handed in because it is fetched late */
export function spread(place, uPlot) {
  const chart = plot(place, uPlot);

  /** @param {{spreads: import("../ui/sweep.js").Spread[], name: string, colours: import("./palette.js").Colours, font: string}} args */
  function draw({ spreads, name, colours, font }) {
    const of = (/** @type {(one: typeof spreads[number]) => number} */ pick) => spreads.map(pick);
    chart.show({
      key: JSON.stringify([colours.ink, font, name]),
      height,
      data: [
        of(({ value }) => value),
        of(({ mean, deviation }) => mean + deviation),
        of(({ mean, deviation }) => mean - deviation),
        of(({ mean }) => mean),
        of(({ least }) => least),
        of(({ most }) => most),
      ],
      options: (width) => {
        const plain = { ...axis(colours, font), labelFont: font, labelSize: 20 * grown(font) };
        const dots = { width: 0, points: { show: true, size: 5, stroke: colours["ink-soft"] } };
        return {
          width,
          height,
          ...bare,
          padding: [8, 14, 0, 0],
          scales: { x: { time: false } },
          axes: [
            { ...plain, label: name, size: 30 * grown(font) },
            { ...plain, size: 56 * grown(font) },
          ],
          bands: [{ series: [1, 2], fill: colours.line }],
          series: [
            {},
            { stroke: colours["line-strong"], width: 1, points: { show: false } },
            { stroke: colours["line-strong"], width: 1, points: { show: false } },
            { stroke: colours.accent, width: 2, points: { show: true, size: 6, stroke: colours.accent } },
            dots,
            dots,
          ],
        };
      },
    });
  }
  return Object.assign(draw, { destroy: chart.destroy });
}

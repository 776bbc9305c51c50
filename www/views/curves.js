// Amplitudes and signal-to-noise against t, with the present moment marked; drawn by uPlot.
import { grown } from "./lettering.js";
import { axis, bare, plot } from "./plot.js";

const height = 230;

/**
 * @param {HTMLElement} place
 * @param {any} uPlot the library, handed in because it is fetched late
 * @param {{building: string, rubble: string, snr: string}} labels
 */
export function curves(place, uPlot, labels) {
  const chart = plot(place, uPlot);
  let now = 0;

  /**
   * @param {object} args
   * @param {Float32Array} args.schedule rows t, abar, bbar, snr
   * @param {number} args.columns
   * @param {number} args.t
   * @param {import("./palette.js").Colours} args.colours
   * @param {string} args.font
   */
  function draw({ schedule, columns, t, colours, font }) {
    now = t;
    const rows = [0, 1, 2, 3].map((row) => schedule.subarray(row * columns, (row + 1) * columns));
    // A log axis cannot show the infinite ratio of an untouched picture, nor a zero; hundreds of decades it cannot count.
    const snr = Array.from(rows[3], (value) => (value > 1e-15 && value < 1e15 ? value : null));
    chart.show({
      key: `${colours.ink}${font}`,
      height,
      data: [rows[0], rows[1], rows[2], snr],
      options: (width) => options(width, colours, font),
    });
  }

  /** @param {number} width @param {import("./palette.js").Colours} colours @param {string} font */
  function options(width, colours, font) {
    const plain = axis(colours, font);
    const large = grown(font);
    const power = (/** @type {number} */ value) => {
      const exponent = Math.round(Math.log10(value));
      return `10${exponent < 0 ? "⁻" : ""}${[...String(Math.abs(exponent))].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
    };
    return {
      width,
      height,
      ...bare,
      scales: { x: { time: false }, y: { range: [0, 1.02] }, snr: { distr: 3, log: 10 } },
      axes: [
        { ...plain, size: 35 * large },
        { ...plain, size: 44 * large },
        {
          ...plain,
          scale: "snr",
          side: 1,
          size: 52 * large,
          grid: { show: false },
          ticks: { show: false },
          values: (/** @type {any} */ _, /** @type {number[]} */ values) =>
            values.map((value) =>
              value && Math.round(Math.log10(value)) % 2 === 0 && Math.abs(Math.log10(value) % 1) < 1e-9
                ? power(value)
                : "",
            ),
        },
      ],
      series: [
        {},
        { label: labels.building, stroke: colours.ink, width: 2 },
        { label: labels.rubble, stroke: colours["signed-plus"], width: 2, dash: [1.5, 4] },
        { label: labels.snr, stroke: colours["signed-minus"], width: 1.5, scale: "snr", dash: [8, 4] },
      ],
      hooks: { draw: [(/** @type {any} */ u) => mark(u, colours)] },
    };
  }

  /** @param {any} u @param {import("./palette.js").Colours} colours */
  function mark(u, colours) {
    const x = Math.round(u.valToPos(now, "x", true));
    u.ctx.save();
    u.ctx.strokeStyle = colours.accent;
    u.ctx.lineWidth = 2 * devicePixelRatio;
    u.ctx.setLineDash([]);
    u.ctx.beginPath();
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
    u.ctx.restore();
  }
  return Object.assign(draw, { destroy: chart.destroy });
}

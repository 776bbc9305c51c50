// The loss against the training step: what each step said, faint, and what they say together; drawn by uPlot.

/** A running mean whose memory grows with the run, so that the line is calm late and quick early. @param {ArrayLike<number>} losses */
export function calmed(losses) {
  let mean = losses[0];
  return Array.from(losses, (loss, i) => (mean += (loss - mean) / Math.min(i + 1, 6 + i / 20)));
}

const height = 160;

/** @param {HTMLElement} place @param {any} uPlot the library, handed in because it is fetched late */
export function losses(place, uPlot) {
  /** @type {any} */
  let plot = null;
  let made = "";

  /** @param {{loss: Float32Array, colours: import("./palette.js").Colours, font: string}} args loss: step, loss, step, loss, … */
  return function draw({ loss, colours, font }) {
    const width = place.clientWidth;
    if (!width) return;
    const count = loss.length / 2;
    const steps = Array.from({ length: count }, (_, i) => loss[2 * i]);
    const each = Array.from({ length: count }, (_, i) => (loss[2 * i + 1] > 0 ? loss[2 * i + 1] : null));
    const data = [steps, each, count ? calmed(each.map((value) => value ?? 1)) : []];
    const key = `${colours.ink}${font}`;
    if (!plot || made !== key) {
      plot?.destroy();
      made = key;
      plot = new uPlot(options(width, colours, font), data, place);
      return;
    }
    if (plot.width !== width) plot.setSize({ width, height });
    plot.setData(data);
  };
}

/** @param {number} width @param {import("./palette.js").Colours} colours @param {string} font */
function options(width, colours, font) {
  const axis = {
    stroke: colours["ink-soft"],
    font,
    grid: { stroke: colours.line, width: 1 },
    ticks: { stroke: colours.line, width: 1, size: 4 },
  };
  return {
    width,
    height,
    cursor: { show: false },
    legend: { show: false },
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
        range: (/** @type {any} */ _, /** @type {number} */ min, /** @type {number} */ max) => [
          Math.min(0.2, min ?? 0.2) * 0.95,
          Math.max(1, max ?? 1) * 1.05,
        ],
      },
    },
    axes: [
      { ...axis, size: 26, space: 60 },
      { ...axis, size: 38, space: 28 },
    ],
    series: [
      {},
      { stroke: colours["line-strong"], width: 1, points: { show: false } },
      { stroke: colours.accent, width: 2, points: { show: false } },
    ],
  };
}

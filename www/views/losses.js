// The loss against the training step: what each step said, faint, and what they say together; drawn by uPlot.
import { overSteps, plot } from "./plot.js";

/** A running mean whose memory grows with the run, so that the line is smooth late and quick early. @param {ArrayLike<number>} losses */
export function smoothed(losses) {
  let mean = losses[0];
  return Array.from(losses, (loss, i) => (mean += (loss - mean) / Math.min(i + 1, 6 + i / 20)));
}

const height = 160;

/** @param {HTMLElement} place @param {any} uPlot the library, handed in because it is fetched late */
export function losses(place, uPlot) {
  const chart = plot(place, uPlot);

  /** @param {{loss: Float32Array, colours: import("./palette.js").Colours, font: string}} args loss: step, loss, step, loss, … */
  function draw({ loss, colours, font }) {
    const count = loss.length / 2;
    const steps = Array.from({ length: count }, (_, i) => loss[2 * i]);
    const each = Array.from({ length: count }, (_, i) => (loss[2 * i + 1] > 0 ? loss[2 * i + 1] : null));
    chart.show({
      key: `${colours.ink}${font}`,
      height,
      data: [steps, each, count ? smoothed(each.map((value) => value ?? 1)) : []],
      options: (width) =>
        overSteps({
          width,
          height,
          colours,
          font,
          range: (min, max) => [Math.min(0.2, min ?? 0.2) * 0.95, Math.max(1, max ?? 1) * 1.05],
          series: [
            { stroke: colours["line-strong"], width: 1 },
            { stroke: colours.accent, width: 2 },
          ],
        }),
    });
  }
  return Object.assign(draw, { destroy: chart.destroy });
}

// A colour bar with its numbers: no scale is drawn without one.
import { css } from "./color.js";
import { crisp } from "./canvas.js";

/** @param {HTMLCanvasElement} canvas */
export function legend(canvas) {
  /** @param {{scale: import("./color.js").Scale, ticks: number[], colours: import("./palette.js").Colours, font: string}} args */
  return function draw({ scale, ticks, colours, font }) {
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const bar = 8;
    const margin = 8;
    const inner = width - 2 * margin;
    for (let x = 0; x < inner; x++) {
      context.fillStyle = css(scale(scale.low + ((scale.high - scale.low) * x) / (inner - 1)));
      context.fillRect(margin + x, 0, 1.5, bar);
    }
    context.strokeStyle = colours["line-strong"];
    context.strokeRect(margin - 0.5, 0.5, inner + 1, bar);
    context.fillStyle = colours["ink-soft"];
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of ticks) {
      const x = margin + (inner * (tick - scale.low)) / (scale.high - scale.low);
      context.fillRect(Math.round(x), bar, 1, 4);
      context.fillText(String(tick).replace("-", "−"), x, bar + 5);
    }
  };
}

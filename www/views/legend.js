// A colour bar with its numbers: no scale is drawn without one.
import { css } from "./color.js";
import { crisp } from "./canvas.js";
import { tint } from "./stamp.js";
/** @import { Rgb, Scale } from "./color.js" */

/** @param {HTMLCanvasElement} canvas */
export function legend(canvas) {
  /** What stands there. @type {unknown[]} */
  let drawn = [];
  /** @param {{scale: Scale, channels: number, ticks: number[], colours: import("./palette.js").Colours, font: string}} args */
  return function draw({ scale, channels, ticks, colours, font }) {
    const { context, width, height, ratio } = crisp(canvas);
    const now = [scale, channels, colours, font, width, height, ratio];
    if (now.every((value, i) => value === drawn[i])) return;
    drawn = now;
    context.clearRect(0, 0, width, height);
    const [bar, margin] = [8, 8];
    const inner = width - 2 * margin;
    // Of three channels each has its own third of the bar, dark to full, and nothing lies beyond the ends.
    const [low, high] = channels === 1 ? [scale.low, scale.high] : [-scale.full, scale.full];
    const rows = Array.from({ length: channels }, (_, channel) => ramp(scale, channels, channel));
    for (let x = 0; x < inner; x++) {
      rows.forEach((colour, row) => {
        context.fillStyle = css(colour(low + ((high - low) * x) / (inner - 1)));
        context.fillRect(margin + x, (row * bar) / channels, 1.5, bar / channels);
      });
    }
    context.strokeStyle = colours["line-strong"];
    context.strokeRect(margin - 0.5, 0.5, inner + 1, bar);
    context.fillStyle = colours["ink-soft"];
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of ticks.filter((tick) => tick >= low && tick <= high)) {
      const x = margin + (inner * (tick - low)) / (high - low);
      context.fillRect(Math.round(x), bar, 1, 4);
      context.fillText(String(tick).replace("-", "−"), x, bar + 5);
    }
  };
}

/** A value's colour in one channel, the other two left dark. @param {Scale} scale @param {number} channels @param {number} channel @returns {(value: number) => Rgb} */
function ramp(scale, channels, channel) {
  if (channels === 1) return scale;
  return (value) =>
    tint({
      values: [0, 1, 2].map((other) => (other === channel ? value : -scale.full)),
      shape: [3, 1, 1],
      scale,
    })(0);
}

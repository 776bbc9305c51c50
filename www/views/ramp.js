// The colour bar of a map: toned as the map is, with the weights written where their colours lie.
import { css } from "./color.js";
import { crisp } from "./canvas.js";
import { toned } from "./tile.js";

/** @param {HTMLCanvasElement} canvas */
export function ramp(canvas) {
  /** @param {{scale: import("./color.js").Scale, ticks: {at: number, text: string}[], signed: boolean, colours: import("./palette.js").Colours, font: string}} args ticks at weights */
  return function draw({ scale, ticks, signed, colours, font }) {
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const [bar, edge] = [8, 18];
    const inner = width - 2 * edge;
    const low = signed ? -1 : 0;
    for (let x = 0; x < inner; x++) {
      context.fillStyle = css(scale(scale.high * (low + ((1 - low) * x) / (inner - 1))));
      context.fillRect(edge + x, 0, 1.5, bar);
    }
    context.strokeStyle = colours["line-strong"];
    context.lineWidth = 1;
    context.strokeRect(edge - 0.5, 0.5, inner + 1, bar);
    context.fillStyle = colours["ink-soft"];
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const { at, text } of ticks) {
      const x = edge + (inner * (toned(at) - low)) / (1 - low);
      context.fillRect(Math.round(x), bar, 1, 4);
      context.fillText(text, x, bar + 6);
    }
  };
}

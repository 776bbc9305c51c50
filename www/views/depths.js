// Bars in a row of columns, as wide as what stands above them: how far the rebuilt picture is from the real one.
import { crisp } from "./canvas.js";

/** @param {HTMLCanvasElement} canvas */
export function depths(canvas) {
  /** @param {{distances: ArrayLike<number>, colours: import("./palette.js").Colours, font: string}} args distances: negative where unknown */
  return function draw({ distances, colours, font }) {
    const { context, width, height } = crisp(canvas);
    context.clearRect(0, 0, width, height);
    const n = distances.length;
    const top = Math.max(0.1, ...Array.from(distances, (d) => (Number.isFinite(d) ? d : 0)));
    const [ceiling, base] = [parseFloat(font) + 7, height - 4.5];
    const x = (/** @type {number} */ i) => (width * (i + 0.5)) / n;
    const y = (/** @type {number} */ d) => base - ((base - ceiling) * d) / top;
    context.strokeStyle = colours["line-strong"];
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, base);
    context.lineTo(width, base);
    context.stroke();
    const known = Array.from(distances).flatMap((d, i) => (d >= 0 ? [i] : []));
    context.strokeStyle = colours.accent;
    context.lineWidth = 2;
    context.beginPath();
    for (const i of known) context.lineTo(x(i), y(distances[i]));
    context.stroke();
    context.font = font;
    context.textAlign = "center";
    for (const i of known) {
      context.fillStyle = colours.accent;
      context.beginPath();
      context.arc(x(i), y(distances[i]), 4, 0, 7);
      context.fill();
      context.fillStyle = colours.ink;
      context.fillText(distances[i].toFixed(2), x(i), y(distances[i]) - 8);
    }
  };
}

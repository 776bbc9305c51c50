// The picture that is saved: a small drawing sheet with the stage on it and its title block below.
import { css } from "./color.js";

/**
 * @param {object} args
 * @param {{values: ArrayLike<number>, scale: import("./color.js").Scale, caption: string}[]} args.panels first one large
 * @param {string} args.title
 * @param {string[]} args.lines
 * @param {import("./palette.js").Colours} args.colours
 * @param {string} args.font family
 */
export function plate({ panels, title, lines, colours, font }) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 1280, height: 1100 });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, 1280, 1100);
  context.strokeStyle = colours.ink;
  context.lineWidth = 2;
  context.strokeRect(28, 28, 1224, 1044);
  const places = [[70, 100, 720], [846, 100, 340], [846, 480, 340]];
  panels.forEach(({ values, scale, caption }, i) => {
    const [x, y, size] = places[i];
    const cell = size / 8;
    for (let k = 0; k < 64; k++) {
      context.fillStyle = css(scale(values[k]));
      context.fillRect(Math.round(x + (k % 8) * cell), Math.round(y + Math.floor(k / 8) * cell), Math.ceil(cell), Math.ceil(cell));
    }
    context.lineWidth = 1.5;
    context.strokeRect(x, y, size, size);
    context.fillStyle = colours["ink-soft"];
    context.font = `24px ${font}`;
    context.fillText(caption, x, y - 14, i ? 340 : 720);
  });
  context.beginPath();
  context.moveTo(28, 868);
  context.lineTo(1252, 868);
  context.stroke();
  context.fillStyle = colours.ink;
  context.font = `600 40px ${font}`;
  context.fillText(title, 70, 932, 1140);
  context.fillStyle = colours["ink-soft"];
  context.font = `24px ${font}`;
  // The whole link is in the file's metadata; here it may end early rather than be squeezed.
  const cut = (/** @type {string} */ line) => (line.length > 96 ? `${line.slice(0, 95)}…` : line);
  lines.forEach((line, i) => context.fillText(cut(line), 70, 980 + 36 * i, 1140));
  return canvas;
}

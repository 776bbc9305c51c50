// What a canvas of the page shows, printed on a drawing sheet with its title block below.
import { wrap } from "./plate.js";

const [width, edge] = [1280, 70];
const wide = width - 2 * edge;

/**
 * @param {object} args
 * @param {HTMLCanvasElement | null} args.drawing
 * @param {string} args.title
 * @param {string} args.line
 * @param {string} args.link
 * @param {import("./palette.js").Colours} args.colours
 * @param {string} args.font family
 */
export function print({ drawing, title, line, link, colours, font }) {
  const canvas = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const small = `22px ${font}`;
  pen.font = small;
  const lines = wrap(link, (text) => pen.measureText(text).width <= wide);
  const high = drawing?.width ? Math.min(wide, Math.round((wide * drawing.height) / drawing.width)) : 0;
  Object.assign(canvas, { width, height: edge + high + 190 + 34 * lines.length });
  pen.fillStyle = colours.sheet;
  pen.fillRect(0, 0, width, canvas.height);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 2;
  pen.strokeRect(28, 28, width - 56, canvas.height - 56);
  if (drawing && high) {
    const across = (high * drawing.width) / drawing.height;
    pen.drawImage(drawing, edge + (wide - across) / 2, edge, across, high);
  }
  let y = edge + high + 64;
  /** @param {string} text @param {string} style @param {string} colour @param {number} down */
  const say = (text, style, colour, down) => {
    pen.font = style;
    pen.fillStyle = colour;
    pen.fillText(text, edge, y, wide);
    y += down;
  };
  say(title, `600 40px ${font}`, colours.ink, 46);
  if (line) say(line, `24px ${font}`, colours["ink-soft"], 40);
  lines.forEach((text) => say(text, small, colours["ink-soft"], 34));
  return canvas;
}

// What a canvas of the page shows, printed on a drawing sheet with its title block below.
import { captionLine, depth, imprint } from "./imprint.js";

const [width, edge] = [1280, 70];
const wide = width - 2 * edge;

/**
 * @param {object} args
 * @param {HTMLCanvasElement | null} args.drawing
 * @param {string} args.title
 * @param {string} args.line
 * @param {import("./imprint.js").Imprint} args.imprint
 * @param {import("./palette.js").Colours} args.colours
 * @param {string} args.font family
 */
export function print({ drawing, title, line, imprint: back, colours, font }) {
  const canvas = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const soft = colours["ink-soft"];
  const lines = [
    { text: title, font: `600 40px ${font}`, colour: colours.ink, down: 46 },
    ...(line ? [{ text: line, font: `24px ${font}`, colour: soft, down: 40 }] : []),
    captionLine(back, font, soft),
  ];
  const high = drawing?.width ? Math.min(wide, Math.round((wide * drawing.height) / drawing.width)) : 0;
  Object.assign(canvas, { width, height: edge + high + 64 + depth(lines, back.code) + 50 });
  pen.fillStyle = colours.sheet;
  pen.fillRect(0, 0, width, canvas.height);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 2;
  pen.strokeRect(28, 28, width - 56, canvas.height - 56);
  if (drawing && high) {
    const across = (high * drawing.width) / drawing.height;
    pen.drawImage(drawing, edge + (wide - across) / 2, edge, across, high);
  }
  imprint(pen, { lines, code: back.code, x: edge, y: edge + high + 64, width: wide });
  return canvas;
}

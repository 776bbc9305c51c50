// A run on a sheet of A4 for print, 300 dots an inch: the drawing, moments of its way, what was measured, and the code that leads back.
import { captionLine, imprint } from "./imprint.js";

/** Dots an inch. */
export const dpi = 300;
/** Pixels of a sheet of 210 by 297 mm. */
export const [width, height] = [2480, 3508];
const edge = 150;
const wide = width - 2 * edge;

/**
 * @param {object} args
 * @param {CanvasImageSource & {width: number, height: number} | null} args.drawing
 * @param {HTMLCanvasElement[]} args.moments
 * @param {string} args.title @param {string} args.line
 * @param {string[]} args.claims
 * @param {import("./imprint.js").Imprint} args.imprint
 * @param {import("./palette.js").Colours} args.colours
 * @param {string} args.font family
 */
export function sheet({ drawing, moments, title, line, claims, imprint: back, colours, font }) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = colours.sheet;
  pen.fillRect(0, 0, width, height);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 5;
  pen.strokeRect(edge / 2, edge / 2, width - edge, height - edge);
  let y = edge;
  if (drawing?.width) {
    const high = Math.min(1750, (wide * drawing.height) / drawing.width);
    const across = (high * drawing.width) / drawing.height;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(drawing, edge + (wide - across) / 2, y, across, high);
    y += high + 60;
  }
  if (moments.length) {
    const gap = 24;
    const side = (wide - gap * (moments.length - 1)) / moments.length;
    const tall = Math.max(...moments.map((one) => (side * one.height) / one.width));
    moments.forEach((one, i) => {
      const high = (side * one.height) / one.width;
      pen.drawImage(one, edge + i * (side + gap), y + (tall - high) / 2, side, high);
    });
    y += tall + 60;
  }
  const foot = height - edge - 330;
  pen.textBaseline = "alphabetic";
  pen.fillStyle = colours["ink-soft"];
  pen.font = `36px ${font}`;
  for (const claim of claims) {
    if (y + 50 > foot - 60) break;
    pen.fillText(claim, edge, (y += 50), wide);
  }
  const lines = [
    { text: title, font: `600 84px ${font}`, colour: colours.ink, down: 96 },
    ...(line ? [{ text: line, font: `44px ${font}`, colour: colours["ink-soft"], down: 70 }] : []),
    { ...captionLine(back, font, colours["ink-soft"]), font: `36px ${font}` },
  ];
  imprint(pen, { lines, code: back.code, x: edge, y: foot + 60, width: wide });
  return canvas;
}

/** Side by side, all as high as the highest. @param {HTMLCanvasElement[]} canvases @param {number} across pixels of one */
export function row(canvases, across) {
  const gap = Math.round(across * 0.04);
  const highs = canvases.map((one) => Math.round((across * one.height) / one.width));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: canvases.length * (across + gap) - gap,
    height: Math.max(1, ...highs),
  });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.imageSmoothingQuality = "high";
  canvases.forEach((one, i) =>
    pen.drawImage(one, i * (across + gap), Math.round((canvas.height - highs[i]) / 2), across, highs[i]),
  );
  return canvas;
}

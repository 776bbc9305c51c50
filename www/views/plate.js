// The picture that is saved: a small drawing sheet with the stage on it and its title block below.
import { captionLine, depth, imprint } from "./imprint.js";
import { createStamp } from "./stamp.js";

const [width, margin, foot] = [1280, 70, 944];
const most = 14; // lines of a text

/**
 * @param {object} args
 * @param {{picture: import("./stamp.js").Picture, caption: string}[]} args.panels first one large
 * @param {string} args.title
 * @param {string} args.line
 * @param {import("./imprint.js").Imprint} args.imprint
 * @param {import("./palette.js").Colours} args.colours
 * @param {string} args.font family
 */
export function plate({ panels, title, line, imprint: back, colours, font }) {
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const soft = colours["ink-soft"];
  const lines = [
    { text: title, font: `600 40px ${font}`, colour: colours.ink, down: 46 },
    { text: line, font: `24px ${font}`, colour: soft, down: 40 },
    captionLine(back, font, soft),
  ];
  const height = foot + depth(lines, back.code) + 50;
  Object.assign(canvas, { width, height });
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = colours.ink;
  context.lineWidth = 2;
  context.strokeRect(28, 28, width - 56, height - 56);
  context.imageSmoothingEnabled = false;
  const stamp = createStamp();
  // Multiples of 32: every pixel of either kind of picture is a whole number of these.
  const places = [
    [margin, 100, 736],
    [866, 100, 320],
    [866, 516, 320],
  ];
  panels.forEach(({ picture, caption }, i) => {
    const [x, y, size] = places[i];
    context.drawImage(stamp(picture), x, y, size, size);
    context.lineWidth = 1.5;
    context.strokeRect(x, y, size, size);
    context.fillStyle = colours["ink-soft"];
    context.font = `24px ${font}`;
    context.fillText(caption, x, y - 14, size);
  });
  context.beginPath();
  context.moveTo(28, 880);
  context.lineTo(width - 28, 880);
  context.stroke();
  imprint(context, { lines, code: back.code, x: margin, y: foot, width: width - 2 * margin });
  return canvas;
}

/** A long word in lines that fit. @param {string} text @param {(text: string) => boolean} fits @returns {string[]} */
export function wrap(text, fits) {
  const lines = [];
  while (text && lines.length < most) {
    let length = text.length;
    while (length > 1 && !fits(text.slice(0, length)))
      length = Math.min(length - 1, Math.ceil(length * 0.95));
    lines.push(text.slice(0, length));
    text = text.slice(length);
  }
  return text ? lines.with(-1, `${lines[most - 1].slice(0, -1)}…`) : lines;
}

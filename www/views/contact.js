// A contact sheet: many small pictures on one canvas, hairlines between them.
import { crisp } from "./canvas.js";
import { createStamp } from "./stamp.js";

/** @param {HTMLCanvasElement} canvas */
export function contact(canvas) {
  const stamp = createStamp();
  /** @param {{pictures: import("./stamp.js").Picture[], colours: import("./palette.js").Colours}} args square pictures */
  return function draw({ pictures, colours }) {
    const { context, width, height, ratio } = crisp(canvas);
    const across = Math.ceil(Math.sqrt(pictures.length));
    const edge = (/** @type {number} */ k) => Math.round((k * width * ratio) / across) / ratio;
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    pictures.forEach((picture, i) => {
      const [row, column] = [Math.floor(i / across), i % across];
      context.drawImage(
        stamp(picture),
        edge(column),
        edge(row),
        edge(column + 1) - edge(column),
        edge(row + 1) - edge(row),
      );
    });
    context.fillStyle = colours.sheet;
    for (let k = 1; k < across; k++) {
      context.fillRect(edge(k) - 1, 0, 2, width);
      context.fillRect(0, edge(k) - 1, width, 2);
    }
  };
}

// A lane of the race of pictures: its samples as a contact sheet.
import { contact } from "../../views/contact.js";
import { picturesOf } from "./pictures.js";
/** @import { Frame } from "../../types.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @param {HTMLCanvasElement} canvas */
export function lane(canvas) {
  const draw = contact(canvas);
  /** @param {Frame} samples @param {string} _ its colour @param {Palette} palette */
  return function drawLane(samples, _, { picture, colours }) {
    const pictures = picturesOf(samples, picture);
    const across = Math.ceil(Math.sqrt(pictures.length));
    canvas.style.aspectRatio = `${across} / ${Math.ceil(pictures.length / across)}`;
    draw({ pictures, colours });
  };
}

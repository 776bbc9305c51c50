// Pictures out of frames: sizes and channels are the frame's to say.
/** @import { Frame } from "../../types.js" */
/** @import { Picture } from "../../views/stamp.js" */
/** @import { Scale } from "../../views/color.js" */

/** [C, H, W] of the pictures in a frame [..., C, H, W]. @param {{shape: number[]}} frame */
export const sizeOf = ({ shape }) => shape.slice(-3);

/** Numbers a picture. @param {number[]} size */
export const count = (size) => size.reduce((product, n) => product * n, 1);

/** Picture i of a frame [..., C, H, W], counted through. @param {Pick<Frame, "data" | "shape">} frame @param {number} i @param {Scale} scale @returns {Picture} */
export function pictureOf({ data, shape }, i, scale) {
  const size = sizeOf({ shape });
  const n = count(size);
  return { values: data.subarray(i * n, (i + 1) * n), shape: size, scale };
}

/** All pictures of a frame. @param {Pick<Frame, "data" | "shape">} frame @param {Scale} scale */
export const picturesOf = (frame, scale) =>
  Array.from({ length: frame.data.length / count(sizeOf(frame)) }, (_, i) => pictureOf(frame, i, scale));

/** The numbers that a pixel has, one a channel. @param {Picture} picture @param {number} place */
export const numbersAt = ({ values, shape: [channels, rows, columns] }, place) =>
  Array.from({ length: channels }, (_, channel) => values[place + channel * rows * columns]);

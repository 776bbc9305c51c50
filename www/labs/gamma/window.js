// The window through which the plane is seen: where a number lies on the screen, and what zooming and pushing make of it.
import { number } from "../../ui/format.js";

/** @typedef {{cx: number, cy: number, span: number}} View the middle, and how much lies between left and right */

const narrowest = 1e-12;
const widest = 1e6;

/** @param {View} view @param {number} width @param {number} height in CSS pixels */
export function placing({ cx, cy, span }, width, height) {
  const unit = width / span;
  return {
    unit,
    x: (/** @type {number} */ re) => width / 2 + (re - cx) * unit,
    y: (/** @type {number} */ im) => height / 2 - (im - cy) * unit,
    /** @param {number} px @param {number} py @returns {[number, number]} */
    back: (px, py) => [cx + (px - width / 2) / unit, cy - (py - height / 2) / unit],
    left: cx - span / 2,
    right: cx + span / 2,
    top: cy + height / 2 / unit,
    bottom: cy - height / 2 / unit,
  };
}

/** Nearer by `factor`, so that what is under the place stays there. @param {View} view @param {number} factor @param {[number, number]} place */
export function zoomed({ cx, cy, span }, factor, [re, im]) {
  const next = Math.min(widest, Math.max(narrowest, span / factor));
  const share = next / span;
  return { cx: re + (cx - re) * share, cy: im + (cy - im) * share, span: next };
}

/** a + b i with its signs. @param {number} re @param {number} im @param {number} [digits] */
export const written = (re, im, digits = 6) =>
  im === 0
    ? number(re, digits)
    : `${number(re, digits)} ${im < 0 ? "−" : "+"} ${number(Math.abs(im), digits)} i`;

/** A number under a hand, as round as the window lets it be. @param {number} value @param {View} view @param {number} width */
export function rounded(value, { span }, width) {
  const digits = Math.max(0, Math.min(15, Math.ceil(-Math.log10(span / width))));
  return Number(value.toFixed(digits));
}

// The picture at the start, small, beside what becomes of it: how far the one is from the other.
import { pixels } from "../../views/pixels.js";
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { pictureOf } from "./pictures.js";
/** @import { State } from "../../ui/player.js" */

/** Root mean square of the differences. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export const apart = (a, b) =>
  Math.sqrt(
    Array.from(a, (value, i) => (value - b[i]) ** 2).reduce((sum, square) => sum + square, 0) / a.length,
  );

/** @param {import("./strings.js").Words["t"]} t */
export function original(t) {
  const canvas = h("canvas", { role: "img", "aria-label": t("original.caption") });
  const draw = pixels(canvas);
  const says = h("p", { class: "samples-caption" });
  const distance = h("p", { class: "samples-caption" });
  const element = h("figure", { class: "original" }, canvas, h("figcaption", {}, says, distance));

  /** @param {State} state @param {import("../../views/palette.js").Palette} palette */
  function update({ frames, experiment, selected, status }, { picture, colours }) {
    element.hidden = experiment?.values.journey === "rebuild" || !frames.picture;
    if (element.hidden || !experiment || !status) return;
    const start = pictureOf(frames.picture, 0, picture);
    const down = experiment.values.journey === "invert" && status.phase !== "rebuild";
    write(says, t(down ? "original.inverting" : experiment.pixels ? "original.painted" : "original.caption"));
    const now = pictureOf(frames.x, selected, picture);
    write(distance, t("original.back", { distance: number(apart(now.values, start.values), 2) }));
    draw({ picture: start, colours });
  }
  return { element, update };
}

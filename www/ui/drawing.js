// A stage of one drawing: a canvas that is drawn from the frames it names and, where those are not there, is not seen.
import { h } from "./dom.js";
/** @import { State } from "./player.js" */
/** @import { Palette } from "../views/palette.js" */

/**
 * @param {import("./i18n.js").Words} words
 * @param {object} needs
 * @param {string} needs.title
 * @param {string[]} needs.frames that it is drawn from
 * @param {(canvas: HTMLCanvasElement, state: State, palette: Palette) => void} needs.draw
 * @param {(state: State) => string} [needs.say] what is to be seen, in a sentence
 */
export function drawing({ t }, { title, frames, draw, say = () => title }) {
  const canvas = h("canvas", { class: "only-drawing", role: "img" });
  const element = h(
    "section",
    { class: "stage", "aria-label": t("stage.title"), tabindex: "-1" },
    h("h2", {}, title),
    canvas,
  );
  /** @param {State} state @param {Palette} palette */
  function update(state, palette) {
    canvas.hidden = frames.some((name) => !state.frames[name]);
    if (canvas.hidden) return;
    canvas.setAttribute("aria-label", say(state));
    draw(canvas, state, palette);
  }
  return { element, update };
}

// A small stage beside the notes, so that a phrase's effect is seen where the phrase is read.
import { contact } from "../../views/contact.js";
import { pixels } from "../../views/pixels.js";
import { h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { picturesOf } from "./pictures.js";
import { share } from "../../ui/schedule.js";
/** @import { Player, State } from "../../ui/player.js" */

/** @param {Player} player @param {import("./strings.js").Words} words */
export function miniature(player, { t }) {
  const one = h("canvas", { "aria-hidden": "true" });
  const all = h("canvas", { "aria-hidden": "true" });
  const drawOne = pixels(one);
  const drawAll = contact(all);
  const toggle = h("button", {
    type: "button",
    class: "button",
    onclick: () => void (player.state.playing ? player.pause() : player.play()),
  });
  const step = h("span", {});
  const left = h("span", {});
  const element = h(
    "div",
    { class: "miniature", role: "group", "aria-label": t("stage.small") },
    one,
    all,
    h("div", { class: "said" }, step, left, toggle),
  );

  /** @param {State} state @param {import("../../views/palette.js").Palette} palette */
  function update(state, { picture, colours }) {
    const { status, frames, selected, playing } = state;
    if (!status || !frames.x || !element.clientWidth) return;
    const pictures = picturesOf(frames.x, picture);
    drawOne({ picture: pictures[selected] ?? pictures[0], colours });
    all.hidden = pictures.length < 2;
    if (!all.hidden) drawAll({ pictures, colours });
    write(step, t("time.at", { at: status.at, length: status.length }));
    write(left, t("share.building", { share: percent(share(state, status.at)) }));
    write(toggle, playing ? t("time.pause") : t("time.play"));
  }
  return { element, update, isVisible: () => element.clientWidth > 0 };
}

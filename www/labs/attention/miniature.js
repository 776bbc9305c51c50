// A small stage beside the notes: the text and the map, so that a phrase's effect is seen where the phrase is read.
import { heatmap } from "../../views/heatmap.js";
import { h, write } from "../../ui/dom.js";
import { workedCells } from "./gaze.js";
import { glyph } from "./glyphs.js";
import { seen } from "./maps.js";
import { sentence } from "./twin.js";
import { following } from "./span.js";
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Sight } from "./gaze.js" */

/** Letters of the text that fit. */
const most = 220;

/** @param {Player} player @param {import("./strings.js").Words} words */
export function miniature(player, { t }) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const draw = heatmap(canvas);
  const toggle = h("button", {
    type: "button",
    class: "button",
    onclick: () => void (player.state.playing ? player.pause() : player.play()),
  });
  const text = h("p", { class: "mini-text" });
  const step = h("span", {});
  const says = h("span", {});
  const element = h(
    "div",
    { class: "miniature mini-map", role: "group", "aria-label": t("stage.small") },
    canvas,
    h("div", { class: "said" }, says, h("div", { class: "row" }, toggle, step), text),
  );

  /** @param {State} state @param {Palette} palette @param {Sight} sight */
  function update({ frames, status, playing }, { colours, shade, signed }, sight) {
    const { layer, head, view, total, text: letters, list } = sight;
    const map = seen(frames, view, layer, head);
    if (!status || !map || !element.clientWidth) return;
    const token = Math.min(map.size, sight.token);
    draw({
      map,
      span: following(map.size, total, Math.floor((canvas.clientWidth - 30) / 7)),
      letters: letters.slice(0, map.size).map(glyph),
      token,
      cell: null,
      locked: false,
      ...workedCells(list, layer, head, map.size),
      hidden: new Set(),
      scale: view === "difference" ? signed : shade,
      colours,
      font: getComputedStyle(element).getPropertyValue("--mono"),
    });
    write(text, (letters.length > most ? "…" : "") + letters.slice(-most).join(""));
    write(says, sentence(t, { map, text: letters, view, layer, head, token, cell: null }));
    write(step, t("time.at", { at: status.at, length: status.length }));
    write(toggle, playing ? t("time.pause") : t("time.play"));
  }
  return { element, update, isVisible: () => element.clientWidth > 0 };
}

// The legend of the large map: its shades, and which share of the attention each stands for.
import { h, write } from "../../ui/dom.js";
import { lettering } from "../../views/lettering.js";
import { ramp } from "../../views/ramp.js";
/** @import { Palette } from "../../views/palette.js" */
/** @import { View } from "./maps.js" */

/** Where the ticks stand, with room for few and for more. */
const plain = { few: [0, 0.05, 0.25, 1], more: [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1] };
const signed = { few: [-1, 0, 1], more: [-1, -0.25, -0.05, 0, 0.05, 0.25, 1] };

/** @param {import("./strings.js").Words} words */
export function shares({ t }) {
  const bar = h("canvas", { class: "ramp", "aria-hidden": "true" });
  const draw = ramp(bar);
  const says = h("span", {});
  const element = h("figure", { class: "map-legend" }, bar, h("figcaption", {}, says));

  /** @param {View} view @param {Palette} palette */
  function update(view, { colours, shade, signed: difference }) {
    const differs = view === "difference";
    const ticks = (differs ? signed : plain)[bar.clientWidth < 240 ? "few" : "more"];
    draw({
      scale: differs ? difference : shade,
      signed: differs,
      ticks: ticks.map((at) => ({
        at,
        text: `${Math.round(100 * at)}${at === 1 ? " %" : ""}`.replace("-", "−"),
      })),
      colours,
      font: lettering(element),
    });
    write(says, t(differs ? "map.legend.difference" : "map.legend"));
  }
  return { element, update };
}

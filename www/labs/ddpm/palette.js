// The brush's box of colours: seven and one's own for a coloured picture, levels of ink for a grey one; an eraser for both.
import { css, rgb } from "../../views/color.js";
import { fill, h } from "../../ui/dom.js";
import { family } from "../../ui/i18n.js";
/** @import { Paint } from "./paint.js" */

/** Sky, grass, wood, brick, lamplight, snow, night: as red, green and blue from −1 to 1. */
const colours = [
  [-0.15, 0.4, 0.85],
  [-0.4, 0.3, -0.4],
  [-0.25, -0.5, -0.7],
  [0.6, -0.35, -0.5],
  [1, 0.75, 0],
  [1, 1, 1],
  [-0.9, -0.8, -0.55],
];
const inks = [-1, -0.5, 0.5, 1];
const names = /** @type {const} */ (["sky", "grass", "wood", "brick", "light", "snow", "night"]);
const colourName = family("brush", names);
const reaches = [1, 2, 4, 8];

const hex = (/** @type {number[]} */ channels) =>
  `#${channels.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;

/** @param {import("./strings.js").Words} words @param {Paint} paint */
export function paintbox({ t }, paint) {
  const box = h("div", { class: "colours", role: "radiogroup", "aria-label": t("brush.colour") });
  const sizes = h(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": t("brush.reach") },
    reaches.map((reach) =>
      h(
        "label",
        {},
        h("input", {
          type: "radio",
          name: "reach",
          value: reach,
          checked: reach === paint.reach(),
          "aria-label": `${reach}×${reach}`,
          onchange: () => paint.take({ reach }),
        }),
        h("span", {}, `${reach}×`),
      ),
    ),
  );
  const undo = h("button", { type: "button", class: "button", onclick: paint.undo }, t("brush.undo"));
  const clear = h("button", { type: "button", class: "button", onclick: paint.clear }, t("brush.clear"));
  let channels = 0;

  /** @param {number[]} colour @param {string} label @param {import("../../views/color.js").Rgb} shown @param {string} [kind] */
  function swatch(colour, label, shown, kind = "") {
    const radio = h("input", {
      type: "radio",
      name: "colour",
      "aria-label": label,
      onchange: () => paint.take({ colour }),
    });
    const patch = h("span", { class: kind, title: label });
    patch.style.backgroundColor = css(shown);
    return { radio, element: h("label", {}, radio, patch) };
  }
  const shade = (/** @type {number} */ value) => 127.5 * (1 + value);

  /** @param {(ink: number) => import("../../views/color.js").Rgb} scale */
  function build(scale) {
    const erase = swatch([0], t("brush.erase"), channels === 1 ? scale(0) : [127.5, 127.5, 127.5], "erase");
    const made =
      channels === 1
        ? inks.map((ink) => swatch([ink], t("brush.ink", { ink: String(ink).replace("-", "−") }), scale(ink)))
        : colours.map((colour, i) =>
            swatch(
              colour,
              t(colourName[names[i]]),
              /** @type {import("../../views/color.js").Rgb} */ (colour.map(shade)),
            ),
          );
    const own = h("input", {
      type: "color",
      class: "own-colour",
      value: hex(colours[0].map(shade)),
      "aria-label": t("brush.own"),
      title: t("brush.own"),
      oninput: () => {
        for (const { radio } of made) radio.checked = false;
        paint.take({ colour: rgb(own.value).map((c) => c / 127.5 - 1) });
      },
    });
    fill(box, ...made.map(({ element }) => element), erase.element, channels === 3 && own);
    const first = made[channels === 1 ? 3 : 4];
    first.radio.checked = true;
    paint.take({ colour: channels === 1 ? [inks[3]] : colours[4] });
  }

  return {
    element: h("div", { class: "paintbox" }, box, h("div", { class: "row" }, sizes, undo, clear)),
    /** @param {number[]} size [C, H, W] @param {(ink: number) => import("../../views/color.js").Rgb} scale of a grey picture */
    update([now], scale) {
      if (now !== channels) {
        channels = now;
        build(scale);
      }
      undo.disabled = !paint.canUndo();
      clear.disabled = paint.painted().size === 0;
    },
  };
}

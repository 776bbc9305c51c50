// The legend of the landscape: a ring of hues for the argument, dark to light for the size.
import { h } from "../../ui/dom.js";
import { hueColour } from "./paint.js";
/** @import { Words } from "./strings.js" */

/** @param {Words["t"]} t */
export function wheel(t) {
  const ring = h("i", { class: "ring", "aria-hidden": "true" });
  // A clock's hand starts at the top and turns right; an argument starts at the right and turns left.
  const stops = Array.from({ length: 25 }, (_, i) => `${hueColour(-i / 24)} ${(i / 24) * 360}deg`);
  ring.style.background = `conic-gradient(from 90deg, ${stops.join(", ")})`;
  return h(
    "span",
    { class: "hues" },
    ring,
    t("plane.hue"),
    h("i", { class: "dusk", "aria-hidden": "true" }),
    t("plane.size"),
  );
}

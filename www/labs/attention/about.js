// The "?" beside a heading: what is shown there and what can be done with it.
import { h } from "../../ui/dom.js";
/** @import { Link } from "../../types.js" */

const vaswani = { title: "Vaswani et al. 2017", href: "https://arxiv.org/abs/1706.03762" };

/** @param {import("../../ui/popover.js").Help} help @param {import("./strings.js").Words["t"]} t @param {string} title @param {string} text @param {Link} [link] */
export function about(help, t, title, text, link = vaswani) {
  const button = h(
    "button",
    {
      type: "button",
      class: "mini",
      "aria-label": t("control.about", { title }),
      onclick: () => help.show(button, { title, text, link }),
    },
    "?",
  );
  return button;
}

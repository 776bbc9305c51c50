// The article's table in numbers, for those who read rather than look.
import { h } from "../../ui/dom.js";
import { article, lengths } from "./published.js";
import { count } from "./scene.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** @param {Desk<Words>} desk @returns {Part & {element: Element}} */
export function printed({ words: { t } }) {
  const row = (/** @type {string} */ name, /** @type {readonly number[]} */ values) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      values.map((value) => h("td", {}, `${value.toFixed(2)} %`)),
      h("td", {}, `${((100 * values[3]) / values[0]).toFixed(1)} %`),
    );
  const element = h(
    "div",
    { class: "printed", role: "region", "aria-label": t("table.caption"), tabindex: "0", hidden: true },
    h(
      "table",
      {},
      h("caption", {}, t("table.caption")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("td", {}),
          lengths.map((n) => h("th", { scope: "col" }, count(n))),
          h("th", { scope: "col" }, t("table.retained")),
        ),
      ),
      h("tbody", {}, row(t("table.without"), article.without), row(t("table.with"), article.with)),
    ),
  );
  return {
    element,
    update({ experiment }) {
      element.hidden = experiment?.values.view !== "table";
    },
  };
}

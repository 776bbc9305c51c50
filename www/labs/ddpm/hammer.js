// T and c beside the stage: how long and how hard the demolition hammers, while one sees what it leaves.
import { h } from "../../ui/dom.js";
import { fromPlace, toPlace } from "../../ui/scale.js";
import { isShown } from "../../ui/controls.js";
/** @import { Experiment, Parameter } from "../../types.js" */

/**
 * @param {import("./strings.js").Words} words @param {Parameter[]} parameters of the lab
 * @param {(change: Experiment["values"]) => void} onchange
 */
export function hammer({ t, pick }, parameters, onchange) {
  const rows = parameters
    .filter(({ key }) => key === "T" || key === "c")
    .map((parameter) => {
      const range = h("input", {
        type: "range",
        min: 0,
        max: 1000,
        "aria-label": t("hammer.slider", { title: pick(parameter.title) }),
        oninput: () => onchange({ [parameter.key]: fromPlace(Number(range.value) / 1000, parameter) }),
      });
      const value = h("span", {});
      return {
        parameter,
        range,
        value,
        element: h("label", {}, h("i", { class: "symbol" }, parameter.symbol ?? parameter.key), range, value),
      };
    });
  return {
    element: h(
      "div",
      { class: "strokes" },
      rows.map(({ element }) => element),
    ),
    /** @param {Experiment["values"]} values */
    update(values) {
      for (const { parameter, range, value, element } of rows) {
        element.hidden = !isShown(parameter, values);
        range.value = String(Math.round(1000 * toPlace(Number(values[parameter.key]), parameter)));
        range.setAttribute("aria-valuetext", String(values[parameter.key]));
        value.textContent = String(values[parameter.key]);
      }
    },
  };
}

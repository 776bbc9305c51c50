// z written out: two fields that take any number a double holds.
import { h } from "../../ui/dom.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { Words } from "./strings.js" */

/** @param {Words} words @param {LabSchema} schema @param {(values: Record<string, number>) => unknown} set */
export function numbers({ t, pick }, { parameters }, set) {
  const fields = ["re", "im"].map((key) => {
    const parameter = /** @type {import("../../types.js").Parameter} */ (
      parameters.find((one) => one.key === key)
    );
    const input = h("input", {
      type: "text",
      inputmode: "text",
      class: "field",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": pick(parameter.title),
      title: t("number.range", { min: parameter.min ?? 0, max: parameter.max ?? 0 }),
      onchange() {
        const value = Number(input.value.trim().replace("−", "-").replace(",", "."));
        if (input.value.trim() === "" || !Number.isFinite(value)) return void (input.value = shown);
        set({ [key]: Math.min(parameter.max ?? value, Math.max(parameter.min ?? value, value)) });
      },
    });
    let shown = "";
    return {
      key,
      input,
      /** @param {number} value */
      put(value) {
        shown = String(value);
        if (document.activeElement !== input && input.value !== shown) input.value = shown;
      },
    };
  });
  const element = h(
    "div",
    { class: "z-fields" },
    h("span", { "aria-hidden": "true" }, "z ="),
    fields[0].input,
    h("span", { "aria-hidden": "true" }, "+"),
    fields[1].input,
    h("span", { "aria-hidden": "true" }, "i"),
  );
  return {
    element,
    update: (/** @type {Record<string, number>} */ values) =>
      fields.forEach(({ key, put }) => put(values[key])),
  };
}

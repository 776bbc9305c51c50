// A field for a formula: a letter, the text, and what is wrong with it, shown where it is wrong.
import { fill, h, write } from "./dom.js";
import { whenTyped } from "./typing.js";
/** @import { Misread, Text } from "../types.js" */

/** ms without a key after which what was typed becomes the link. */
export const rest = 500;

/**
 * @param {string} id
 * @param {Parameters<typeof whenTyped>[1]} on
 */
export function formulaField(id, on) {
  const input = h("input", {
    type: "text",
    class: "field formula",
    id,
    maxlength: 400,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-fault`,
  });
  whenTyped(input, on);
  const letter = h("span", {});
  const fault = h("p", { class: "fault", id: `${id}-fault`, role: "status" });
  const mark = h("code", { class: "mark", "aria-hidden": "true" });
  return {
    element: h("div", {}, h("label", { for: id }, letter, input), mark, fault),
    input,
    /** @param {string} name @param {string} label */
    name(name, label) {
      write(letter, name);
      input.setAttribute("aria-label", label);
    },
    /** Never over what a hand is writing. @param {string} text @param {boolean} own whether it may be written */
    show(text, own) {
      input.readOnly = !own;
      if (document.activeElement !== input && input.value !== text) input.value = text;
    },
    /** @param {Misread | undefined} bad @param {(text: Text) => string} pick */
    judge(bad, pick) {
      input.setAttribute("aria-invalid", String(Boolean(bad)));
      write(fault, bad ? pick(bad) : "");
      mark.hidden = !bad;
      if (!bad) return;
      const all = [...input.value];
      fill(
        mark,
        all.slice(Math.max(0, bad.at - 18), bad.at).join(""),
        h("b", {}, all[bad.at] ?? "␣"),
        all.slice(bad.at + 1, bad.at + 12).join(""),
      );
    },
  };
}

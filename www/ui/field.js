// A field for an exact value: what was typed is read, and whatever had to become another value is shown and said.
import { h, write } from "./dom.js";
import { isSame } from "./scale.js";
/** @import { Words } from "./i18n.js" */

/** What was made of a text: null if nothing could be. @typedef {(text: string) => string | number | null} Reader */

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {Record<string, any>} needs.attributes
 * @param {Reader} needs.read
 * @param {string} needs.rule which values there are
 * @param {(value: any) => void} needs.onchange
 */
export function exactField({ words: { t }, attributes, read, rule, onchange }) {
  /** @type {string | number} */
  let current = "";
  /** A hand is in it: what is typed is not overwritten. */
  let typing = false;
  /** The value that a sentence is about. @type {string | number | null} */
  let told = null;
  const said = h("p", { class: "corrected", role: "status" });
  const field = h("input", {
    type: "text",
    class: "field",
    autocomplete: "off",
    spellcheck: "false",
    ...attributes,
    oninput: () => (typing = true),
    oncompositionstart: () => (typing = true),
    onblur: settle,
    onchange: () => {
      const typed = field.value.trim();
      const value = read(typed);
      if (value === null) tell(current, t("control.unread", { typed, value: current, rule }));
      else if (isSame(typed, value)) tell(null, "");
      else tell(value, t("control.corrected", { typed, value, rule }));
      const before = current;
      current = value ?? current;
      settle();
      if (String(current) !== String(before)) onchange(current);
    },
  });

  /** @param {string | number | null} about @param {string} sentence */
  function tell(about, sentence) {
    told = about;
    write(said, sentence);
  }
  /** What is shown is what is used. */
  function settle() {
    typing = false;
    field.value = String(current);
  }
  return {
    field,
    said,
    /** @param {string | number} value */
    update(value) {
      current = value;
      if (!typing && field.value !== String(value)) field.value = String(value);
      if (told !== null && String(told) !== String(value)) tell(null, "");
    },
  };
}

// The letters of the text as elements, and a line of them with what stood there before surgery.
import { h } from "../../ui/dom.js";
import { glyph, spoken } from "./glyphs.js";
import { breadth } from "./rows.js";
/** @import { Words } from "./strings.js" */

/**
 * @param {Words["t"]} t
 * @param {{text: string[], was: string[], replaced: ArrayLike<number>, prompt: number, hidden: Set<number>}} what prompt: letters that were not written here
 */
export const letters = (t, { text, was, replaced, prompt, hidden }) =>
  text.map((letter, i) =>
    h(
      "span",
      {
        role: "option",
        id: `letter-${i + 1}`,
        "data-token": i + 1,
        "aria-label": letter.trim() === "" ? spoken(t, letter) : null,
        class: [
          "letter",
          breadth(letter) > 1 && "wide",
          i >= prompt && "fresh",
          letter.trim() === "" && "blank",
          letter !== (was[i] ?? letter) && "other",
          replaced[i] && "replaced",
          hidden.has(i + 1) && "hidden-one",
          i === text.length - 1 && "newest",
        ]
          .filter(Boolean)
          .join(" "),
        title: replaced[i] ? t("tokens.replaced") : null,
      },
      glyph(letter),
    ),
  );

/** A line, and below it the untouched one where they differ. @param {Words["t"]} t @param {{text: string[], was: string[], spans: HTMLElement[], from: number, to: number}} what @returns {HTMLElement[]} */
export function linePair(t, { text, was, spans, from, to }) {
  const line = h("div", { class: "text-line", role: "presentation" }, spans.slice(from, to));
  const before = was.slice(from, to);
  if (before.every((letter, i) => letter === text[from + i])) return [line];
  const old = before.map((letter, i) => {
    const kind = `letter${breadth(letter) > 1 ? " wide" : ""}${letter === text[from + i] ? "" : " other"}`;
    return h("span", { class: kind }, glyph(letter));
  });
  return [line, h("div", { class: "text-line was", "aria-hidden": "true", title: t("tokens.was") }, old)];
}

// The texts of lessons: text, **bold** and $formulas$; whatever else stands there is shown as it stands there.
import { typesetSymbols } from "./controls.js";
import { h } from "./dom.js";
import { katex } from "./vendor.js";
/** @import { Words } from "./i18n.js" */
/** @import { Said } from "./lesson-file.js" */

/** In the page's language, or in the one that there is. @param {Words} words @param {Said | undefined} text */
export const inWords = ({ language }, text) => text?.[language] ?? text?.en ?? text?.zh ?? "";

/** Paragraphs, and in them what is bold and what is a formula. @param {string} text @returns {HTMLElement[]} */
export const paragraphs = (text) =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => h("p", {}, pieces(paragraph)));

/** @param {string} text @returns {(Node | string)[]} */
export const pieces = (text) =>
  text.split(/(\*\*[^*]+\*\*|\$[^$\n]+\$)/).map((piece) => {
    if (/^\*\*[^*]+\*\*$/.test(piece)) return h("strong", {}, piece.slice(2, -2));
    if (/^\$[^$]+\$$/.test(piece)) return h("span", { "data-tex": piece.slice(1, -1) }, piece.slice(1, -1));
    return piece;
  });

/** Formulas are set when the library is there; until then, and without it, they are read as they were written. @param {Element} root */
export async function typeset(root) {
  if (!root.querySelector("[data-tex]")) return;
  const tex = await katex().catch(() => null);
  if (tex)
    typesetSymbols(root, (symbol) =>
      tex.renderToString(symbol, { throwOnError: false, trust: false, maxSize: 10 }),
    );
}

// What can be read before any script has come: of each lab its title and its sentence, and of the first one its picture and its notes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";

/** @import { Schema } from "../www/types.js" */

const languages = /** @type {const} */ (["en", "zh"]);
const escaped = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Formulas as the browser itself sets them: no style and no font need have come. @param {string} notes */
const withFormulas = (notes) =>
  notes
    .replace(/<!--[\s\S]*?-->\s*/g, "")
    .replace(
      /<(p|div|span)([^>]*) data-tex="([^"]*)"([^>]*)><\/\1>/g,
      (_, tag, before, tex, after) =>
        `<${tag}${before}${after}>${katex.renderToString(
          tex.replaceAll("&amp;", "&").replaceAll("&lt;", "<"),
          {
            output: "mathml",
            displayMode: tag !== "span",
            throwOnError: false,
          },
        )}</${tag}>`,
    )
    // They act when the page does.
    .replace(/<button /g, '<button type="button" disabled ');

/**
 * Seen where the link asks for the lab and the language, by styles alone: theme.js has written both down.
 * @param {string[]} labs the first is what an unknown link opens
 */
function styles([first, ...others]) {
  const only = (/** @type {string} */ root, /** @type {string} */ words) =>
    `${root} [data-words]:not([data-words="${words}"])`;
  const unknown = others.map((lab) => `:not([data-asked="${lab}"])`).join("");
  const hidden = languages.flatMap((language) => {
    const root = `:root[lang|="${language}"]`;
    return [
      ...others.map((lab) => only(`${root}[data-asked="${lab}"]`, `${lab} ${language}`)),
      only(root + unknown, `${first} ${language}`),
    ];
  });
  return `<style>${hidden.join(",")}{display:none}</style>`;
}

/** @returns {import("vite").Plugin} */
export const words = () => ({
  name: "words",
  transformIndexHtml: {
    order: "pre",
    handler(html) {
      const { root } = this.environment.config;
      const read = (/** @type {string} */ path) => readFileSync(join(root, path), "utf8");
      const ids = [...read("labs/index.js").matchAll(/id: "(\w+)"/g)].map(([, id]) => id);
      /** @type {Schema} */
      const { labs } = JSON.parse(read(`pkg/core/schema/${ids[0]}.json`));
      const poster = read("pkg/core/schema/poster.txt");
      const each = (/** @type {(lab: Schema["labs"][0], language: "en" | "zh") => string} */ make) =>
        labs.flatMap((lab) => languages.map((language) => make(lab, language))).join("");
      const head = `<div class="brand"><a class="name" href="./"><span lang="en">Chailou</span><span lang="zh" class="han">拆楼</span></a><div>${each(
        ({ id, title, line }, language) =>
          `<div data-words="${id} ${language}" lang="${language}"><h1>${escaped(title[language])}</h1><p class="line">${escaped(line[language])}</p></div>`,
      )}</div></div>`;
      const stage = each(
        ({ id, line, question }, language) =>
          `<section class="sheet poster" data-words="${id} ${language}" lang="${language}">${id === ids[0] ? `<img alt="" src="${poster}">` : ""}<div><h2>${escaped(question[language])}</h2><p>${escaped(line[language])}</p></div></section>`,
      );
      const notes = languages
        .map(
          (language) =>
            `<div class="study" data-words="${ids[0]} ${language}" data-notes lang="${language}"><section class="notes"><div class="prose">${withFormulas(read(`labs/${ids[0]}/notes.${language}.html`))}</div></section></div>`,
        )
        .join("");
      return html
        .replace(/(<header[^>]*>)(<\/header>)/, (_, open, close) => open + head + close)
        .replace("</main>", () => `${stage}${notes}</main>`)
        .replace("</head>", () => `${styles(ids)}</head>`);
    },
  },
});

// A page a lab, in both languages, for whoever comes from elsewhere; what a browser needs to install the page; and the map of the site.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @import { Schema } from "../www/types.js" */
/** @typedef {import("vite").Rolldown.OutputAsset} Asset */

const languages = /** @type {const} */ (["en", "zh"]);
const names = { en: "Chailou", zh: "拆楼" };
const tags = { en: "en", zh: "zh-Hans" };
const escaped = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Where the page of a lab lies. @param {string} id @param {"en" | "zh"} language */
const folder = (id, language) => (language === "en" ? `${id}/` : `${id}/${language}/`);

/** The address that the site will have, if the build is told: what others read of it needs whole addresses. */
const site = process.env.SITE ? `${process.env.SITE.replace(/\/*$/, "")}/` : "";

/** @param {string} html @param {RegExp | string} from @param {string} to */
function swap(html, from, to) {
  const made = html.replace(from, () => to);
  if (made === html) throw new Error(`index.html lacks ${from}`);
  return made;
}

/** @param {string} html of the first page @param {Schema["labs"][0]} lab @param {"en" | "zh"} language @param {string} picture */
function pageOf(html, lab, language, picture) {
  const up = "../".repeat(folder(lab.id, language).split("/").length - 1);
  const whole = (/** @type {string} */ path) => (site ? site + path : up + path);
  const title = `${names[language]} · ${lab.title[language]}`;
  const line = lab.line[language];
  const others = [
    ...languages.map((other) => [tags[other], folder(lab.id, other)]),
    ["x-default", folder(lab.id, "en")],
  ].map(([tag, path]) => `<link rel="alternate" hreflang="${tag}" href="${whole(path)}">`);
  const meta = Object.entries({
    title,
    description: line,
    type: "website",
    image: whole(picture),
    "image:width": "1200",
    "image:height": "630",
    locale: { en: "en_GB", zh: "zh_CN" }[language],
    ...(site && { url: whole(folder(lab.id, language)) }),
  }).map(([key, value]) => `<meta property="og:${key}" content="${escaped(value)}">`);
  const head = [
    ...(site ? [`<link rel="canonical" href="${whole(folder(lab.id, language))}">`] : []),
    ...others,
    ...meta,
    '<meta name="twitter:card" content="summary_large_image">',
  ].join("\n  ");
  let made = html.replace(/(href|src)="\.\//g, `$1="${up}`);
  made = swap(
    made,
    /<html lang="en">/,
    `<html lang="${tags[language]}" data-lab="${lab.id}" data-lang="${language}" data-root="${up}">`,
  );
  made = swap(made, /<title>[^<]*<\/title>/, `<title>${escaped(title)}</title>`);
  made = swap(
    made,
    /<meta name="description" content="[^"]*">/,
    `<meta name="description" content="${escaped(line)}">\n  ${head}`,
  );
  return made;
}

const webmanifest = {
  name: "Chailou 拆楼",
  short_name: "Chailou",
  description:
    "A real, tiny diffusion model, a transformer and the mathematics around them, live in this tab.",
  start_url: "./",
  scope: "./",
  display: "standalone",
  background_color: "#0d2545",
  theme_color: "#0d2545",
  icons: [192, 512].map((size) => ({
    src: `icons/${size}.png`,
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose: "any maskable",
  })),
};

/** @returns {import("vite").Plugin} */
export const pages = () => ({
  name: "pages",
  enforce: "post",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const { root } = this.environment.config;
      const emit = (/** @type {string} */ fileName, /** @type {string | Uint8Array} */ source) =>
        this.emitFile({ type: "asset", fileName, source });
      const read = (/** @type {string} */ path) => readFileSync(join(root, path));
      const first = /** @type {Asset} */ (bundle["index.html"]);
      first.source = swap(
        String(first.source),
        "</title>",
        '</title>\n  <link rel="manifest" href="./manifest.webmanifest">',
      );
      const [, id] = /** @type {RegExpExecArray} */ (/id: "(\w+)"/.exec(String(read("labs/index.js"))));
      /** @type {Schema} */
      const { labs } = JSON.parse(String(read(`pkg/core/schema/${id}.json`)));
      emit("manifest.webmanifest", JSON.stringify(webmanifest));
      for (const { src } of webmanifest.icons) emit(src, read(src));
      for (const lab of labs) {
        const picture = `previews/${lab.id}.png`;
        emit(picture, read(picture));
        for (const language of languages)
          emit(`${folder(lab.id, language)}index.html`, pageOf(String(first.source), lab, language, picture));
      }
      if (!site) return;
      const paths = ["", ...labs.flatMap((lab) => languages.map((language) => folder(lab.id, language)))];
      emit(
        "sitemap.xml",
        `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${paths.map((path) => `<url><loc>${escaped(site + path)}</loc></url>`).join("\n")}\n</urlset>\n`,
      );
      emit("robots.txt", `User-agent: *\nAllow: /\nSitemap: ${site}sitemap.xml\n`);
    },
  },
});

// The scripts of index.html that stay apart from main.js: the start of the engine, and the head's last word, theme and guard in one file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minifySync } from "vite";

const PLAIN = ["theme.js", "guard.js"];
const tagOf = (/** @type {string} */ file) => `<script src="${file}"></script>`;
const START = '<script type="module" async src="start.js"></script>';

/** @returns {import("vite").Plugin[]} */
export function shell() {
  let plain = "";
  /** @param {string} html @param {string} tag @param {string} [by] */
  const swap = (html, tag, by = "") => {
    if (!html.includes(tag)) throw new Error(`index.html lacks ${tag}`);
    return html.replace(tag, by);
  };
  return [
    {
      name: "shell: out of the bundler's sight",
      buildStart() {
        const { root } = this.environment.config;
        const source = PLAIN.map(
          (file) => minifySync(file, readFileSync(join(root, file), "utf8")).code,
        ).join("");
        plain = this.emitFile({ type: "asset", name: "first.js", source });
      },
      transformIndexHtml: {
        order: "pre",
        handler: (html) =>
          PLAIN.reduce((rest, file) => swap(rest, tagOf(file)), swap(html, START, "<!-- start -->")),
      },
    },
    {
      name: "shell: back with their new names",
      enforce: "post",
      generateBundle: {
        order: "post",
        handler(_, bundle) {
          const html = /** @type {import("vite").Rolldown.OutputAsset} */ (bundle["index.html"]);
          const start = Object.values(bundle).find((file) => file.type === "chunk" && file.name === "start");
          html.source = swap(
            swap(
              String(html.source),
              "</head>",
              `  <script src="./${this.getFileName(plain)}"></script>\n</head>`,
            ),
            "<!-- start -->",
            `<script type="module" crossorigin async src="./${start?.fileName}"></script>`,
          ).replace(/\n\s*(<!--.*?-->\s*(?=\n))+/g, "");
          // It is fetched already; Firefox calls fetching it once more an error.
          html.source = swap(
            html.source,
            `\n  <link rel="modulepreload" crossorigin href="./${start?.fileName}">`,
          );
        },
      },
    },
  ];
}

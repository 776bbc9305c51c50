// The two scripts of index.html that stay apart from main.js: the start of the engine, and the theme as the head's last word.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minifySync } from "vite";

const THEME = '<script src="theme.js"></script>';
const START = '<script type="module" async src="engine/start.js"></script>';

/** @returns {import("vite").Plugin[]} */
export function shell() {
  let theme = "";
  /** @param {string} html @param {string} tag @param {string} [by] */
  const swap = (html, tag, by = "") => {
    if (!html.includes(tag)) throw new Error(`index.html lacks ${tag}`);
    return html.replace(tag, by);
  };
  return [
    {
      name: "shell: out of the bundler's sight",
      buildStart() {
        const source = minifySync(
          "theme.js",
          readFileSync(join(this.environment.config.root, "theme.js"), "utf8"),
        );
        theme = this.emitFile({ type: "asset", name: "theme.js", source: source.code });
      },
      transformIndexHtml: {
        order: "pre",
        handler: (html) => swap(swap(html, THEME), START, "<!-- start -->"),
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
              `  <script src="./${this.getFileName(theme)}"></script>\n</head>`,
            ),
            "<!-- start -->",
            `<script type="module" crossorigin async src="./${start?.fileName}"></script>`,
          ).replace(/\n\s*(<!--.*?-->\s*(?=\n))+/g, "");
        },
      },
    },
  ];
}

// Build time only: puts the few library files the page loads into www/vendor, as plain ES modules.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const from = join(here, "..", "node_modules");
const to = join(here, "vendor");
/** @param {string} file */
const read = (file) => readFileSync(join(from, file), "utf8");
/** @param {string} file @param {string} text */
const write = (file, text) => {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  writeFileSync(join(to, file), text);
};

// The minified builds are a third of the module builds, but only exist as scripts: wrap them.
/** @param {string} script */
const commonjs = (script) =>
  `const module = { exports: {} }; const exports = module.exports;\n${script}\nexport default module.exports;\n`;

rmSync(to, { recursive: true, force: true });
write("katex/katex.js", commonjs(read("katex/dist/katex.min.js")));
write(
  "katex/katex.css",
  read("katex/dist/katex.min.css").replace(/,url\([^)]*\.(woff|ttf)\) format\("[^"]*"\)/g, ""),
);
for (const font of readdirSync(join(from, "katex/dist/fonts")).filter((name) => name.endsWith(".woff2"))) {
  cpSync(join(from, "katex/dist/fonts", font), join(to, "katex/fonts", font));
}
write("uplot/uplot.js", `${read("uplot/dist/uPlot.iife.min.js")}\nexport default uPlot;\n`);
write("uplot/uplot.css", read("uplot/dist/uPlot.min.css"));
write("meta-png/meta-png.js", commonjs(read("meta-png/dist/meta-png.umd.js")));
for (const name of ["katex", "uplot"]) cpSync(join(from, name, "LICENSE"), join(to, name, "LICENSE"));

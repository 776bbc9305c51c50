// Makes dist/ of www/: bundled and split by lab, named by content, relative, with nothing that a strict policy forbids.
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { element } from "./element.js";
import { glue } from "./glue.js";
import { licences } from "./licences.js";
import { offline } from "./offline.js";
import { lessons } from "./lessons.js";
import { pack } from "./pack.js";
import { shell } from "./shell.js";
import { pages } from "./site.js";
import { styles, woff2Only } from "./styles.js";
import { words } from "./words.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const www = join(root, "www");

/** Bytes of what is worth a progress bar. */
function sizes() {
  const files = ["pkg/core", "pkg/maths", "pkg/cpu", "pkg/webgpu", "models"].flatMap((folder) =>
    readdirSync(join(www, folder), { recursive: true }).map((name) => `${folder}/${name}`),
  );
  return Object.fromEntries(
    files
      .filter((file) => /\.(wasm|safetensors)$/.test(file))
      .map((file) => [file, statSync(join(www, file)).size]),
  );
}

/** Files keep their folder, so that a name still says what it belongs to. None begins with a word that blockers take: see tests/page/graph.test.js. @param {string | null | undefined} source @param {string} name */
function place(source, name) {
  const folder = source ? dirname(relative(www, resolve(www, source))) : "..";
  return folder.startsWith("..") ? `common/${name}` : join(folder, name);
}

/** What a lab and its card share has no face of its own, and is the lab's all the same. @param {string[]} modules */
const labOf = (modules) => {
  const folders = new Set(modules.map((id) => dirname(relative(www, id))));
  return folders.size === 1 && [...folders][0].startsWith("labs/") ? modules[0] : null;
};

const ELEMENT = "embed/chailou-lab";

/** @type {import("vite").Rolldown.OutputOptions} */
const names = {
  // A page of somebody else's names this one: it keeps its name.
  entryFileNames: ({ name }) => (name === ELEMENT ? `${ELEMENT}.js` : "[name]-[hash].js"),
  chunkFileNames: ({ facadeModuleId, moduleIds, name }) =>
    place(facadeModuleId ?? labOf(moduleIds), `${name.split("~")[0]}-[hash].js`),
  assetFileNames: ({ originalFileNames: [source] }) => place(source, "[name]-[hash][extname]"),
};

export default defineConfig({
  root: www,
  base: "./",
  publicDir: false,
  logLevel: "warn",
  define: { SIZES: JSON.stringify(sizes()) },
  plugins: [
    words(),
    styles(),
    woff2Only(),
    shell(),
    glue(),
    licences(),
    lessons(),
    element(),
    pages(),
    offline(),
    pack(),
  ],
  worker: { format: "es", rolldownOptions: { output: names } },
  build: {
    outDir: join(root, "dist"),
    // What is already packed stays; pack() removes the rest.
    emptyOutDir: false,
    target: "es2023",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    license: { fileName: "licences/libraries.md" },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: {
        index: join(www, "index.html"),
        start: join(www, "start.js"),
        [ELEMENT]: join(www, `${ELEMENT}.js`),
      },
      preserveEntrySignatures: "allow-extension",
      output: {
        ...names,
        // What several labs share goes to a few files, not to one for each set of labs.
        codeSplitting: {
          groups: [
            {
              name: "common",
              test: (id) => /^(ui|views)\//.test(relative(www, id)) || /\.css\?/.test(id),
              minShareCount: 2,
              entriesAware: true,
              includeDependenciesRecursively: false,
              entriesAwareMergeThreshold: 20_000,
            },
          ],
        },
      },
    },
  },
});

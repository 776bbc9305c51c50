// Makes the npm package of dist/: the page as it is, and beside it the engine for programs. npm.mjs FOLDER
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = process.argv[2] ?? join(root, "release", "npm");
const read = (/** @type {string} */ file) => readFile(join(root, file), "utf8");

/** @type {string[]} */
const files = Object.keys(JSON.parse(await read("dist/manifest.json")).files);
/** Its name before the build put a hash into it. @param {string} file */
const plain = (file) => file.replace(/-[\w-]{8}(\.\w+)$/, "$1");
/** @param {string} name */
function built(name) {
  const file = files.find((file) => plain(file) === name);
  if (!file) throw new Error(`dist/ has no ${name}`);
  return `./page/${file}`;
}

const [, version] = /** @type {RegExpExecArray} */ (/^version = "(.*)"/m.exec(await read("Cargo.toml")));
const schema = JSON.parse(
  await readFile(
    join(
      root,
      "dist",
      /** @type {string} */ (files.find((file) => file.startsWith("pkg/core/schema/"))),
    ),
    "utf8",
  ),
);
const maths = schema.labs.filter((/** @type {any} */ lab) => lab.engine === "maths");
const models = files.filter((file) => file.endsWith(".safetensors"));

const index = (await read("npm/index.js"))
  .replace(/"\.\/page\/([^"]+)"/g, (_, name) => `"${built(name)}"`)
  .replace(
    "/* models */",
    models
      .map((file) => {
        const name = plain(file).replace(/^models\/|\.safetensors$/g, "");
        return `"${name}": new URL("./page/${file}", import.meta.url),`;
      })
      .join("\n  "),
  )
  .replace("/* maths */", maths.map((/** @type {any} */ { id }) => `"${id}",`).join(" "));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const file of files) {
  await mkdir(dirname(join(out, "page", file)), { recursive: true });
  await cp(join(root, "dist", file), join(out, "page", file));
}
for (const file of ["LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY.md", "npm/README.md"])
  await cp(join(root, file), join(out, file.replace("npm/", "")));
await writeFile(join(out, "index.js"), index);
await writeFile(
  join(out, "index.d.ts"),
  (await read("npm/index.d.ts")).replace("../www/embed/answers.js", "./page/embed/answers.js"),
);
await writeFile(
  join(out, "package.json"),
  `${JSON.stringify(
    {
      name: "chailou",
      version,
      description: "Small diffusion models and transformers to take apart: open a link, step, read frames and readouts.",
      license: "MIT OR Apache-2.0",
      type: "module",
      engines: { node: "^20.19.0 || >=22.12.0" },
      exports: {
        ".": { types: "./index.d.ts", default: "./index.js" },
        "./element": { types: "./page/embed/chailou-lab.d.ts", default: "./page/embed/chailou-lab.js" },
        "./package.json": "./package.json",
      },
      sideEffects: ["./page/embed/chailou-lab.js"],
    },
    null,
    2,
  )}\n`,
);

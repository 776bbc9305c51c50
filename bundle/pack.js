// Packs what was built with brotli and gzip, throws away what an older build left, and lists all in manifest.json.
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

/** @typedef {{bytes: number, br?: number, gz?: number, modules?: string[]}} Listed sizes; for a script also what it is made of */

const PACKED = /\.(js|css|html|json|md|svg|webmanifest|xml|txt|wasm|safetensors)$/;
const HASHED = /-[\w-]{8}\.\w+$/;
const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
/** @type {Record<"br" | "gz", (content: Buffer) => Promise<Buffer>>} */
const packers = {
  br: (content) =>
    promisify(zlib.brotliCompress)(content, {
      params: { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  gz: (content) => promisify(zlib.gzip)(content, { level: 9 }),
};

/** What the build before this one listed. @param {string} folder @returns {Promise<Record<string, Listed>>} */
const listed = (folder) =>
  readFile(join(folder, "manifest.json"), "utf8").then(
    (text) => JSON.parse(text).files,
    () => ({}),
  );

/** A name with a hash in it stands for one content: what was packed of it then is right now. @param {string} path @param {Listed} [before] @returns {Promise<Listed>} */
async function packFile(path, before) {
  const { size: bytes } = await stat(path);
  if (before?.bytes === bytes && HASHED.test(path)) return before;
  if (!PACKED.test(path)) return { bytes };
  const content = await readFile(path);
  const packed = Object.entries(packers).map(async ([ending, packer]) => {
    const result = await packer(content);
    await writeFile(`${path}.${ending}`, result);
    return [ending, result.length];
  });
  return { bytes, ...Object.fromEntries(await Promise.all(packed)) };
}

/** @param {string} folder @param {Record<string, Listed>} files */
async function removeOthers(folder, files) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll("\\", "/");
    if (entry.isFile() && !files[name.replace(/\.(br|gz)$/, "")]) await rm(path);
  }
}

/** @returns {import("vite").Plugin} */
export const pack = () => ({
  name: "pack",
  writeBundle: {
    order: "post",
    async handler({ dir = "" }, bundle) {
      const { root } = this.environment.config;
      const before = await listed(dir);
      /** @type {Record<string, Listed>} */
      const files = {};
      for (const name of Object.keys(bundle).sort()) {
        const file = bundle[name];
        files[name] = await packFile(join(dir, name), before[name]);
        if (file.type === "chunk")
          files[name].modules = file.moduleIds
            .filter((id) => id.startsWith(`${root}/`))
            .map((id) => id.slice(root.length + 1));
      }
      await removeOthers(dir, files);
      await writeFile(join(dir, "manifest.json"), `${JSON.stringify({ files }, null, 1)}\n`);
    },
  },
});

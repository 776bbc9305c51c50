// Build time only: compresses what the page fetches and lists the sizes, for progress in bytes and for the README.
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";

const brotli = promisify(zlib.brotliCompress);
const root = dirname(fileURLToPath(import.meta.url));
const COMPRESSED = /\.(js|css|html|json|wasm|safetensors)$/;

/** @param {string} folder @returns {Promise<string[]>} */
async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
  return (await Promise.all(lists)).flat();
}

/** Writes `path`.br unless it is there and newer; answers both sizes. @param {string} path */
async function compress(path) {
  const [plain, packed] = await Promise.all([stat(path), stat(`${path}.br`).catch(() => null)]);
  if (packed && packed.mtimeMs >= plain.mtimeMs) return { bytes: plain.size, brotli: packed.size };
  const content = await readFile(path);
  const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const result = await brotli(content, {
    params: { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  await writeFile(`${path}.br`, result);
  return { bytes: plain.size, brotli: result.length };
}

/** @type {Record<string, {bytes: number, brotli: number}>} */
const files = {};
const manifest = join(root, "pkg", "manifest.json");
for (const path of (await filesUnder(root))
  .filter((path) => COMPRESSED.test(path) && path !== manifest)
  .sort()) {
  files[relative(root, path).replaceAll("\\", "/")] = await compress(path);
}
await writeFile(manifest, `${JSON.stringify({ files }, null, 1)}\n`);

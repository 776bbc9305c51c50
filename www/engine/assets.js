// Where engines and weights lie: literal addresses, so that the build finds the files and names them by their content.

/** @typedef {{name: string, url: URL, bytes: number | null}} Asset its name for people, its address, its size unpacked if known */
/** @typedef {keyof typeof engines} Device */

/** No header says how long a packed answer will be; the build writes the list here. @type {Record<string, number>} */
const sizes = typeof SIZES === "undefined" ? {} : SIZES;

/** @param {string} name @param {URL} url @returns {Asset} */
const asset = (name, url) => ({ name, url, bytes: sizes[name] ?? null });

/** @param {string} name @param {URL} glue @param {URL} wasm */
const engine = (name, glue, wasm) => ({
  glue: asset(`pkg/${name}/chailou.js`, glue),
  wasm: asset(`pkg/${name}/chailou_bg.wasm`, wasm),
});

/** The ladder: links, schema and labs without networks; labs of mathematics; networks on the CPU; networks on WebGPU. */
export const engines = {
  core: engine(
    "core",
    new URL("../pkg/core/chailou.js", import.meta.url),
    new URL("../pkg/core/chailou_bg.wasm", import.meta.url),
  ),
  maths: engine(
    "maths",
    new URL("../pkg/maths/chailou.js", import.meta.url),
    new URL("../pkg/maths/chailou_bg.wasm", import.meta.url),
  ),
  cpu: engine(
    "cpu",
    new URL("../pkg/cpu/chailou.js", import.meta.url),
    new URL("../pkg/cpu/chailou_bg.wasm", import.meta.url),
  ),
  webgpu: engine(
    "webgpu",
    new URL("../pkg/webgpu/chailou.js", import.meta.url),
    new URL("../pkg/webgpu/chailou_bg.wasm", import.meta.url),
  ),
};

/** The weights of a model, which may lie in a folder: the build finds every file that fits. @param {string} name */
export function weightsOf(name) {
  const [folder, file] = name.split("/");
  return asset(
    `models/${name}.safetensors`,
    file === undefined
      ? new URL(`../models/${folder}.safetensors`, import.meta.url)
      : new URL(`../models/${folder}/${file}.safetensors`, import.meta.url),
  );
}

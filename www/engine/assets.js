// Where engines and weights lie: literal addresses, so that the build finds the files and names them by their content.

/** @typedef {{name: string, url: URL, bytes: number | null}} Asset its name for people, its address, its size unpacked if known */
/** @typedef {keyof typeof engines} Device */

/** No header says how long a compressed answer will be; the build writes the list here. @type {Record<string, number>} */
const sizes = typeof SIZES === "undefined" ? {} : SIZES;

/** @param {string} name @param {URL} url @returns {Asset} */
const asset = (name, url) => ({ name, url, bytes: sizes[name] ?? null });

/** The ladder: parsing, formatting and labs without networks; networks on the CPU; networks on WebGPU. */
export const engines = {
  core: {
    glue: new URL("../pkg/core/chailou.js", import.meta.url),
    wasm: asset("pkg/core/chailou_bg.wasm", new URL("../pkg/core/chailou_bg.wasm", import.meta.url)),
  },
  cpu: {
    glue: new URL("../pkg/cpu/chailou.js", import.meta.url),
    wasm: asset("pkg/cpu/chailou_bg.wasm", new URL("../pkg/cpu/chailou_bg.wasm", import.meta.url)),
  },
  webgpu: {
    glue: new URL("../pkg/webgpu/chailou.js", import.meta.url),
    wasm: asset("pkg/webgpu/chailou_bg.wasm", new URL("../pkg/webgpu/chailou_bg.wasm", import.meta.url)),
  },
};

/** The weights of a model. @param {string} name */
export const weights = (name) =>
  asset(`models/${name}.safetensors`, new URL(`../models/${name}.safetensors`, import.meta.url));

// One engine from its two files: the glue is imported, the wasm compiled while it arrives.
import { engines } from "./assets.js";
import { fetchCounted, unreachable } from "./fetch.js";
/** @import { Device } from "./assets.js" */
/** @import { Report } from "./fetch.js" */

/**
 * A browser may remember that an import failed, so another attempt asks for another address.
 * @param {Device} device @param {Report} report @param {{attempt?: number, cache?: RequestCache}} [again] @returns {Promise<any>}
 */
export async function loadEngine(device, report, { attempt = 0, cache } = {}) {
  const { glue, wasm } = engines[device];
  const [module, bytes] = await Promise.all([
    import(/* @vite-ignore */ `${glue}${attempt ? `?attempt=${attempt}` : ""}`).catch((error) => {
      throw unreachable(`${wasm.name.replace("_bg.wasm", ".js")}: ${error.message}`);
    }),
    fetchCounted(wasm, report, cache),
  ]);
  await module.default({ module_or_path: bytes });
  return module;
}

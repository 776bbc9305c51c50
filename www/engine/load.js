// One engine from its two files: the glue is imported, the wasm compiled while it arrives.
import { engines } from "./assets.js";
import { fetchCounted, unreachable } from "./fetch.js";
import { compileAhead } from "./gpu.js";
/** @import { Device } from "./assets.js" */
/** @import { Report } from "./fetch.js" */

/** An engine, not started. A module crosses to a worker. @param {Device} device @param {Report} report */
export const compile = async (device, report) =>
  WebAssembly.compileStreaming(await fetchCounted(engines[device].wasm, report));

/**
 * A browser may remember that an import failed, so another attempt asks for another address.
 * @param {Device} device @param {Report} report @param {{attempt?: number, cache?: RequestCache}} [again]
 * @param {Promise<WebAssembly.Module | null>} [compiled] where it was asked for already
 * @returns {Promise<{module: any, memory: WebAssembly.Memory}>} the exports of the engine, started, and what it works in
 */
export async function loadEngine(device, report, { attempt = 0, cache } = {}, compiled) {
  const { glue, wasm } = engines[device];
  const [module, source] = await Promise.all([
    import(/* @vite-ignore */ `${glue.url}${attempt ? `?attempt=${attempt}` : ""}`).catch((error) => {
      // What does not arrive is a TypeError; anything else is an error in the file.
      throw error instanceof TypeError ? unreachable(glue.name) : error;
    }),
    Promise.resolve(compiled).then((done) => done ?? fetchCounted(wasm, report, cache)),
  ]);
  const { memory } = await module.default({ module_or_path: source });
  if (device === "webgpu") compileAhead(module);
  return { module, memory };
}

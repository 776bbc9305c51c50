// One engine from its two files: the glue is imported, the wasm compiled while it arrives.
import { engines } from "./assets.js";
import { fetchCounted, unreachable } from "./fetch.js";
import { lendWebgpu } from "./gpu.js";
/** @import { Device } from "./assets.js" */
/** @import { Report } from "./fetch.js" */

/** An engine, not started. A module crosses to a worker. @param {Device} device @param {Report} report */
export const compile = async (device, report) =>
  WebAssembly.compileStreaming(await fetchCounted(engines[device].wasm, report));

/**
 * The exports of an engine, started, and what it works in. A browser may remember that an import failed, so another attempt asks
 * for another address; so does a second instance beside the first.
 * @param {Device} device @param {Report} report @param {{attempt?: number, cache?: RequestCache, beside?: boolean}} how
 * @param {Promise<WebAssembly.Module | null>} [compiled] where it was asked for already
 * @returns {Promise<{module: any, memory: WebAssembly.Memory}>}
 */
async function start(device, report, { attempt = 0, cache, beside = false }, compiled) {
  const { glue, wasm } = engines[device];
  const address = new URL(glue.url);
  if (attempt) address.searchParams.set("attempt", `${attempt}`);
  if (beside) address.searchParams.set("beside", "1");
  const [module, source] = await Promise.all([
    import(/* @vite-ignore */ address.href).catch((error) => {
      // What does not arrive is a TypeError; anything else is an error in the file.
      throw error instanceof TypeError ? unreachable(glue.name) : error;
    }),
    Promise.resolve(compiled).then((done) => done ?? fetchCounted(wasm, report, cache)),
  ]);
  const { memory } = await module.default({ module_or_path: source });
  return { module, memory };
}

/**
 * An engine, ready to open labs. Networks on WebGPU are asked by the CPU engine, once more, on the device that the WebGPU engine is.
 * @param {Device} device @param {Report} report @param {{attempt?: number, cache?: RequestCache}} [again]
 * @param {Promise<WebAssembly.Module | null>} [compiled] where it was asked for already
 */
export async function loadEngine(device, report, again = {}, compiled) {
  if (device !== "webgpu") return start(device, report, again, compiled);
  const [engine, webgpu] = await Promise.all([
    start("cpu", report, { ...again, beside: true }),
    start("webgpu", report, again),
  ]);
  lendWebgpu(engine.module, webgpu.module);
  return engine;
}

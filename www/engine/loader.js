// Fetches and starts the engines, and the weights of models: each once, again after a failure.
import { weightsOf } from "./assets.js";
import { fetchCounted } from "./fetch.js";
import { loadEngine } from "./load.js";
/** @import { Progress } from "../types.js" */

/** @typedef {import("./assets.js").Device} Device which of the engines: one without networks, one of mathematics, one on the CPU, one on WebGPU */
/** @typedef {any} Module the exports of an engine's wasm, as far as the page uses them */

/**
 * A promise of which nobody need hear that it failed: whoever awaits it still does.
 * @template T @param {Promise<T>} promise
 */
export const ignoreRejection = (promise) => {
  promise.catch(() => {});
  return promise;
};

/** @param {Uint8Array[]} parts */
function together(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {(progress: Progress) => void} report @param {{device: Device, module: Promise<WebAssembly.Module | null>}} [compiled] elsewhere; null if that failed */
export function createLoader(report, compiled) {
  /** How often each was started anew. @type {Record<Device, number>} */
  const attempts = { core: 0, maths: 0, cpu: 0, webgpu: 0 };
  /** @type {RequestCache} */
  let cache = "default";
  /** @type {Record<string, Promise<Module>>} */
  const engines = {};
  /** What each engine works in. @type {Partial<Record<Device, WebAssembly.Memory>>} */
  const memories = {};
  /** @type {Map<string, Promise<Uint8Array>>} */
  const shelf = new Map();

  /** Those of `models/<name>.safetensors`. @param {string} name @returns {Promise<Uint8Array>} */
  function weights(name) {
    const known = shelf.get(name);
    if (known) return known;
    const fetched = fetchCounted(weightsOf(name), report, cache).then(
      async (answer) => new Uint8Array(await answer.arrayBuffer()),
    );
    shelf.set(name, fetched);
    fetched.catch(() => shelf.delete(name));
    return ignoreRejection(fetched);
  }

  return {
    /** One instance a device and attempt: a second start of the same module would pull the floor from under its objects. @param {Device} device @returns {Promise<Module>} */
    engine(device) {
      const key = `${device}${attempts[device]}`;
      engines[key] ??= loadEngine(
        device,
        report,
        { attempt: attempts[device], cache },
        device === compiled?.device && !attempts[device] ? compiled.module : undefined,
      ).then(({ module, memory }) => ((memories[device] = memory), module));
      engines[key].catch(() => delete engines[key]);
      return ignoreRejection(engines[key]);
    },
    /** Those of all of `names`, which have spaces between, one after another. @param {string} names @returns {Promise<Uint8Array>} */
    async weights(names) {
      const all = await Promise.all(names.split(" ").map(weights));
      return all.length === 1 ? all[0] : together(all);
    },
    /** An engine that died is started anew when it is next asked for. @param {Device} device */
    renew(device) {
      attempts[device]++;
    },
    /** Bytes that the engines hold. */
    held: () => Object.values(memories).reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    /** Everything is fetched again, past the browser's cache. */
    reload() {
      for (const device of /** @type {Device[]} */ (Object.keys(attempts))) attempts[device]++;
      cache = "reload";
      shelf.clear();
    },
  };
}

/** @typedef {ReturnType<typeof createLoader>} Loader */

// A worker that does a share of another one's pulls: it opens the same experiment and answers what that one asks.
import { loadEngine } from "./load.js";
/** @import { Experiment } from "../types.js" */
/** @import { Device } from "./loader.js" */

/** @typedef {{device: Device, experiment: Experiment, weights: Uint8Array | null, file: Uint8Array | null}} Opening which engine, and what a session on it is opened with; file: the network in place of its own */

/** @type {Partial<Record<Device, Promise<any>>>} */
const engines = {};
/** @type {any} */
let playground = null;

function close() {
  playground?.free();
  playground = null;
}

/** @type {Record<string, (arg: any) => Promise<unknown>>} */
const verbs = {
  /** @param {Opening} opening */
  async open({ device, experiment, weights, file }) {
    close();
    const { module } = await (engines[device] ??= loadEngine(device, () => {}));
    playground = await module.open(experiment, weights ?? undefined);
    if (file) await playground.bring(file);
    return true;
  },
  /** @param {Uint8Array} job */
  assist: async (job) => (await playground?.assist(job)) ?? null,
  close: async () => close(),
};

let queue = Promise.resolve();
self.onmessage = (
  /** @type {{data: {id: number, verb: string, arg: any}}} */ { data: { id, verb, arg } },
) => {
  queue = queue.then(async () => {
    try {
      const value = await verbs[verb](arg);
      postMessage({ id, value }, { transfer: value instanceof Uint8Array ? [value.buffer] : [] });
    } catch (error) {
      postMessage({ id, failed: String(error) });
    }
  });
};

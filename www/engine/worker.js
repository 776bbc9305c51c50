// Owns the wasm: one request at a time, in the order asked. The CPU engine starts at once, WebGPU behind it.
import { weightsOf } from "./assets.js";
import { fetchCounted } from "./fetch.js";
import { gpuKind, watchDevices } from "./gpu.js";
import { loadEngine } from "./load.js";
import { createSessions } from "./sessions.js";

/** @type {{postMessage(message: any, transfer?: Transferable[]): void, onmessage: any}} */
const port = /** @type {any} */ (self);
/** @param {string} key @param {"quiet" | "info" | "warning"} level @param {string} [detail] */
const notify = (key, level, detail) => port.postMessage({ notice: { key, level, detail } });
/** @param {import("../types.js").Progress} progress */
const report = (progress) => port.postMessage({ progress });

let attempt = 0;
/** @type {Record<string, Promise<any>>} */
const loads = {};
/** One instance a device and attempt: a second start of the same module would pull the floor from under its objects.
 * @param {"cpu" | "webgpu"} device @param {RequestCache} [cache] */
function load(device, cache) {
  const key = `${device}${attempt}`;
  loads[key] ??= loadEngine(device, report, { attempt, cache });
  loads[key].catch(() => delete loads[key]);
  return loads[key];
}
/** The weights of each model, fetched once; a failure is forgotten, so that asking again tries again. @type {Map<string, Promise<Uint8Array>>} */
const shelf = new Map();
/** @param {string} name @param {RequestCache} [cache] */
function weights(name, cache) {
  const known = shelf.get(name);
  if (known) return known;
  const fetched = fetchCounted(weightsOf(name), report, cache).then(
    async (answer) => new Uint8Array(await answer.arrayBuffer()),
  );
  shelf.set(name, fetched);
  fetched.catch(() => shelf.delete(name));
  return fetched;
}
/** Whoever awaits it hears the failure; nobody awaiting it yet is no error. @template T @param {Promise<T>} promise */
const calm = (promise) => (promise.catch(() => {}), promise);

let cpu = calm(load("cpu"));
const sessions = createSessions(weights);
const devices = watchDevices();

/** @type {{module: any, device: "cpu" | "webgpu", gone: Promise<never> | null}} */
let active = { module: null, device: "cpu", gone: null };
let choice = "";
let gpuBroken = false;

/** @param {string} wanted */
async function consider(wanted) {
  if (wanted === choice) return;
  choice = wanted;
  if (wanted === "cpu") return enqueue(() => toCpu("why.chosen", "quiet"));
  const kind = await gpuKind();
  if (kind === "none") return notify("why.none", wanted === "webgpu" ? "warning" : "quiet");
  if (wanted === "auto" && kind === "software") return enqueue(() => toCpu("why.software", "quiet"));
  if (wanted === "auto" && gpuBroken) return notify("why.broken", "quiet");
  if (active.device === "webgpu") return;
  notify("why.loading", "quiet");
  const gone = calm(devices.lost());
  try {
    const module = await load("webgpu");
    await Promise.race([sessions.rehearse(module), gone]);
    await enqueue(async () => {
      if (choice !== wanted) return;
      await Promise.race([sessions.move(module), gone]);
      active = { module, device: "webgpu", gone };
      gone.catch((error) => enqueue(() => recover(error)));
      notify("why.webgpu", "info");
    });
  } catch (error) {
    attempt++;
    gpuBroken = true;
    notify("why.failed", "warning", String(/** @type {Error} */ (error).message ?? error));
  }
}

/** @param {string} key @param {"quiet" | "warning"} level @param {string} [detail] */
async function toCpu(key, level, detail) {
  const module = await cpu;
  if (active.device === "webgpu") await sessions.move(module, { dead: key === "why.lost" });
  active = { module, device: "cpu", gone: null };
  notify(key, level, detail);
}
/** @param {Error} error */
async function recover(error) {
  // Even a device that is not in use now must not be taken up again once it is lost.
  attempt++;
  if (active.device !== "webgpu") return;
  gpuBroken = true;
  await toCpu("why.lost", "warning", error.message);
}

/** @type {Record<string, (...args: any[]) => any>} */
const verbs = {
  schema: async () => (await cpu).schema(),
  parse: async (fragment) => (await cpu).parse(fragment),
  format: async (experiment) => (await cpu).format(experiment),
  gallery: async (name) => ({ frame: (await cpu).gallery(name), labels: (await cpu).gallery_labels(name) }),
  open: async (experiment) => {
    wanted = String(experiment.values.device ?? "auto");
    return sessions.open((active.module ??= await cpu), experiment);
  },
  act: (id, edit) => sessions.act(id, edit),
  close: (id) => sessions.close(id),
  // Asked by hand, a failure of before is no reason not to try.
  use: (device) => {
    choice = "";
    gpuBroken = false;
    void consider((wanted = device));
  },
  retry: () => {
    attempt++;
    choice = "";
    gpuBroken = false;
    sessions.clear();
    cpu = calm(load("cpu", "reload"));
    shelf.clear();
    active = { module: null, device: "cpu", gone: null };
  },
  loseDevice: () => devices.destroy(),
};
for (const verb of /** @type {const} */ (["step", "seek", "work"])) {
  verbs[verb] = (id, ...args) => sessions.pull(verb, id, ...args);
}
for (const verb of ["frames", "readouts", "fingerprint", "compare"]) {
  verbs[verb] = (id, ...args) => sessions.find(id)[verb](...args);
}
let wanted = "auto";

/** A failed readback may come before the news that the device is gone. @returns {Promise<null>} */
const soon = () => new Promise((resolve) => setTimeout(resolve, 200, null));

/** @param {string} verb @param {any[]} args */
async function answer(verb, args) {
  const { gone } = active;
  try {
    return await (gone ? Promise.race([verbs[verb](...args), gone]) : verbs[verb](...args));
  } catch (error) {
    const lost = gone ? await Promise.race([gone.catch((reason) => reason), soon()]) : null;
    if (!lost) throw error;
    await recover(lost);
    return verbs[verb](...args);
  }
}

let queue = Promise.resolve();
/** @param {() => any} task @returns {Promise<any>} */
function enqueue(task) {
  const done = queue.then(task);
  queue = done.catch(() => {});
  return done;
}

port.onmessage = (
  /** @type {{data: {id: number, verb: string, args: any[]}}} */ { data: { id, verb, args } },
) =>
  // What only saves time must not wait in the queue, nor fail it.
  verb === "prefetch"
    ? calm(weights(args[0]))
    : enqueue(async () => {
        try {
          const value = await answer(verb, args);
          const frames = verb === "frames" ? value : [];
          port.postMessage(
            { id, value },
            frames.map((/** @type {any} */ frame) => frame.data.buffer),
          );
          // The second engine's download must not race the first picture's.
          if (verb === "frames") consider(wanted);
        } catch (error) {
          const { name, message } = /** @type {Error} */ (
            error instanceof Error ? error : new Error(String(error))
          );
          port.postMessage({ id, error: { name, message } });
        }
      });

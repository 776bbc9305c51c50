// The promise client: each method is one message to the worker and one answer back.
import { compile } from "./load.js";
/** @import { Answer, Comparison, Experiment, Frame, Notice, Parsed, Progress, Schema, Selection, Status, Want } from "../types.js" */

/**
 * What the client needs of a Worker; tests pass six lines.
 * @typedef {{postMessage(message: any): void, onmessage: any, onerror?: any}} Port
 */

/** @type {Want} */
export const nothing = { frames: [], readouts: false };

/** @param {Port} worker */
export function createEngine(worker) {
  let last = 0;
  /** Whether the worker has ever been heard of. */
  let alive = false;
  /** Why nothing can be asked: it never started. @type {Error | null} */
  let dead = null;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  const waiting = new Map();
  /** @type {Set<(progress: Progress) => void>} */
  const onprogress = new Set();
  /** @type {Set<(notice: Notice) => void>} */
  const onnotice = new Set();
  /** @type {Set<(error: Error) => void>} */
  const onfailure = new Set();
  const report = (/** @type {Progress} */ progress) => onprogress.forEach((listener) => listener(progress));
  const errorOf = (/** @type {{name: string, message: string}} */ { name, message }) =>
    Object.assign(new Error(message), { name });

  worker.onmessage = (/** @type {{data: any}} */ { data }) => {
    alive = true;
    if (data.progress) return report(data.progress);
    if (data.notice) return onnotice.forEach((listener) => listener(data.notice));
    if (data.failure) return onfailure.forEach((listener) => listener(errorOf(data.failure)));
    const call = waiting.get(data.id);
    if (!call) return;
    waiting.delete(data.id);
    if (data.error) call.reject(errorOf(data.error));
    else call.resolve(data.value);
  };
  // A worker that cannot even start answers nothing: whoever waits must hear it, and whoever asks later, too.
  worker.onerror = (/** @type {any} */ event) => {
    event.preventDefault?.();
    const { message } = event;
    const error = alive
      ? errorOf({ name: "WorkerError", message: message || "The engine stopped." })
      : (dead = errorOf({ name: "NotStarted", message: message || "engine/worker.js" }));
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  };

  /** @param {string} verb @param {any[]} args @returns {Promise<any>} */
  const ask = (verb, ...args) =>
    new Promise((resolve, reject) => {
      if (dead) return reject(dead);
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ id: last, verb, args });
    });

  /** Whatever moves a session answers with its status and, of that very state, the frames and readouts that were
   * wanted: asked for in a second message they would be those of a state that a third one had led to meanwhile.
   * @param {number} id @param {Status} status @param {Answer} [first] @param {number} [recalled] */
  const session = (id, status, first, recalled = 0) => ({
    status,
    /** Training steps that this browser remembered. */
    recalled,
    /** The first state, if it was asked for with the opening. */
    first,
    /** @param {number} n @param {Want} [want] @returns {Promise<Answer>} */
    step: (n, want = nothing) => ask("step", id, n, want),
    /** @param {number} k @param {Want} [want] @returns {Promise<Answer>} */
    seek: (k, want = nothing) => ask("seek", id, k, want),
    /** @param {string} task @param {number} n units of the task @param {Want} [want] @returns {Promise<Answer>} */
    work: (task, n, want = nothing) => ask("work", id, task, n, want),
    /** @param {Selection} selection @param {Want} [want] @returns {Promise<Answer>} */
    act: (selection, want = nothing) => ask("select", id, selection, want),
    /** What stands there, without moving it. @param {Want} [want] @returns {Promise<Answer>} */
    look: (want = nothing) => ask("look", id, want),
    /** @returns {Promise<string>} */
    fingerprint: () => ask("fingerprint", id),
    /** @param {string} check @returns {Promise<Comparison>} */
    compare: (check) => ask("compare", id, check),
    /** Keeps what was learned in the browser's own storage. @returns {Promise<number>} the training steps of it */
    keep: () => ask("keep", id),
    /** What was kept of this network is thrown away. */
    forget: () => ask("forget", id),
    /** The networks that are asked or trained there, as files that PyTorch reads. @returns {Promise<{name: string, bytes: Uint8Array}[]>} */
    networks: () => ask("networks", id),
    close: () => ask("close", id),
  });

  return {
    /** All labs by their heads, and one whole. @param {string | null} lab its id; the default, if there is none @returns {Promise<Schema>} */
    schema: (lab) => ask("schema", lab),
    /** @param {string} fragment @returns {Promise<Parsed>} */
    parse: (fragment) => ask("parse", fragment),
    /** @param {Experiment} experiment @returns {Promise<string>} */
    format: (experiment) => ask("format", experiment),
    /** @param {Experiment} experiment @param {Want | null} [want] what of the first state is to come along */
    open: async (experiment, want = null) => {
      const { id, status, first, recalled } = await ask("open", experiment, want);
      return session(id, status, first, recalled);
    },
    /** Real pictures that no model was trained on. @param {string} name of the data @returns {Promise<{frame: Frame, labels: Uint8Array}>} */
    gallery: (name) => ask("gallery", name),
    /** From now on sessions of this lab have the network of `file` in place of their own; tried first with `experiment`. Without a file all is as it was. @param {Experiment} experiment @param {Uint8Array | null} file @returns {Promise<void>} */
    bring: (experiment, file) => ask("bring", experiment, file),
    /** The file of a model that ships. @param {string} name @returns {Promise<Uint8Array>} */
    weights: (name) => ask("weights", name),
    /** SHA-256 of the weights that a model computes with now; null where the browser does not say. @param {string} model @returns {Promise<string | null>} */
    seal: (model) => ask("seal", model),
    /** Turns the sign of one of the model's tensors, or turns it back, for what is opened from now on. @param {string} model @returns {Promise<import("./poke.js").Poke | null>} what is done now */
    poke: (model) => ask("poke", model),
    /** Chooses the engine by hand; sessions keep their step. @param {string} choice auto, cpu or webgpu */
    use: (choice) => ask("use", choice),
    /** The first picture stands on the screen: what comes behind may come. */
    drawn: () => ask("drawn"),
    /** Fetches again whatever failed to arrive. */
    retry: () => ask("retry"),
    /** For tests: destroys the GPU device as a driver reset would. */
    loseDevice: () => ask("loseDevice"),
    /** For tests: what the worker holds. @returns {Promise<{sessions: number, devices: number, engineBytes: number}>} */
    census: () => ask("census"),
    /** What the worker has fetched, for sw.js to keep. @returns {Promise<string[]>} */
    fetched: () => ask("fetched"),
    /** A download of the page's own for the engine. */
    report,
    /** @param {(progress: Progress) => void} listener */
    onprogress: (listener) => (onprogress.add(listener), () => onprogress.delete(listener)),
    /** @param {(notice: Notice) => void} listener */
    onnotice: (listener) => (onnotice.add(listener), () => onnotice.delete(listener)),
    /** What was to come behind the first picture cannot come. @param {(error: Error) => void} listener */
    onfailure: (listener) => (onfailure.add(listener), () => onfailure.delete(listener)),
  };
}

/** @typedef {ReturnType<typeof createEngine>} Engine */
/** @typedef {Awaited<ReturnType<Engine["open"]>>} Session */

/**
 * The wasm that everything begins with is fetched and compiled while the worker is still starting.
 * @param {"core" | "maths"} [first] the engine that the address asks for
 * @param {boolean} [shared] whether the frames of a page have one engine together, where the browser lets them
 */
export function startEngine(first = "core", shared = false) {
  const { worker, refused, apart } = startWorker(first, shared);
  const engine = createEngine(worker);
  if (refused) {
    worker.onerror(refused);
    return engine;
  }
  // Compiled wasm does not cross to a worker that others share.
  if (apart) worker.postMessage({ compiled: null });
  // Whatever goes wrong here, the worker meets itself when it tries, and says so.
  else
    compile(first, engine.report).then(
      (compiled) => worker.postMessage({ compiled }),
      () => worker.postMessage({ compiled: null }),
    );
  return engine;
}

/**
 * An engine of its own, beside the one that is seen: what it works on holds nobody up, and it ends whenever it is told to.
 * @param {"core" | "maths"} first
 */
export function startBeside(first) {
  const { worker, refused } = startWorker(`${first} alone`, false);
  const engine = createEngine(worker);
  if (refused) worker.onerror(refused);
  else worker.postMessage({ compiled: null });
  return { engine, end: () => "terminate" in worker && /** @type {Worker} */ (worker).terminate() };
}

/** One place for the address of the worker: the build looks for these very words. @param {any} Worker which kind @param {string} name @returns {any} */
const begin = (Worker, name) => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name });

/** For a frame without an origin of its own, to which every address is foreign: a script of its own imports the worker's, and keeps
 * what was asked meanwhile. (Chromium starts no module worker there.) @param {URL} url @param {WorkerOptions} options */
function Imported(url, { name }) {
  const source = `const early = []; onmessage = (event) => early.push(event);
import(${JSON.stringify(String(url))}).then(
  () => early.forEach((event) => onmessage(event)),
  (error) => setTimeout(() => { throw error; }),
);`;
  return new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { name });
}

/** A browser that refuses a worker does so at once: told like any other that does not start.
 * @param {string} first @param {boolean} shared @returns {{worker: Port, refused?: unknown, apart?: boolean}} */
function startWorker(first, shared) {
  try {
    if (globalThis.origin === "null") return { worker: begin(Imported, first) };
    return (shared && startShared(first)) || { worker: begin(Worker, first) };
  } catch (refused) {
    return { worker: { postMessage() {}, onmessage: null }, refused };
  }
}

/** @param {string} first @returns {{worker: Port, apart: true} | null} null where there is none */
function startShared(first) {
  if (typeof SharedWorker === "undefined") return null;
  try {
    const worker = begin(SharedWorker, first);
    const port = /** @type {Port} */ (worker.port);
    worker.onerror = (/** @type {unknown} */ event) => port.onerror(event);
    // Its sessions go with the frame.
    globalThis.addEventListener("pagehide", () => port.postMessage({ leave: true }));
    return { worker: port, apart: true };
  } catch {
    return null;
  }
}

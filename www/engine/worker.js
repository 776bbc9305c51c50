// Owns the wasm: one request at a time, in the order asked.
import { engines } from "./assets.js";
import { gpuKind, watchDevices } from "./gpu.js";
import { createKeepsakes } from "./keepsakes.js";
import { createLadder } from "./ladder.js";
import { createLoader, ignoreRejection } from "./loader.js";
import { createPool, helpersOn, startHelper } from "./pool.js";
import { createSessions } from "./sessions.js";

/** @typedef {{postMessage(message: any, transfer?: Transferable[]): void, onmessage: any}} Port */
/** Who is listened to, and the sessions of each: the page that started this worker, or all frames that share it. @type {Map<Port, Set<number>>} */
const ports = new Map();
const tell = (/** @type {any} */ message) => ports.forEach((_, port) => port.postMessage(message));
/** @type {(module: WebAssembly.Module | null) => void} */
let receive = () => {};
/** What the page's first link begins with, which the page compiles meanwhile. */
const first = self.name.startsWith("maths") ? "maths" : "core";
const loader = createLoader((progress) => tell({ progress }), {
  device: first,
  module: new Promise((resolve) => (receive = resolve)),
});
/** Workers that others share start none in every browser, and one of several beside each other needs none. */
const alone = self.name.endsWith(" alone") || typeof Worker === "undefined";
const pool = createPool({ start: startHelper, most: alone ? 0 : helpersOn(navigator) });
const sessions = createSessions(
  loader.weights,
  () => performance.now(),
  createKeepsakes(engines.cpu.wasm.url.pathname),
  pool,
);
const devices = watchDevices();

/** What of an error crosses to the page. @param {unknown} error */
function plain(error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
}
/** Whether a picture stands on the screen: what comes behind must not race the first one, neither for the line nor for a core. */
let drawn = false;

let queue = Promise.resolve();
/** @param {() => any} task @returns {Promise<any>} */
function enqueue(task) {
  const done = queue.then(task);
  queue = done.catch(() => {});
  return done;
}

/** What was said last: a page that hears a notice looks again, and would hear it again. */
let said = "";
/** @param {string} key @param {string} level @param {unknown} [detail] */
function notify(key, level, detail) {
  const now = JSON.stringify([key, level, detail]);
  if (level === "quiet" && now === said) return;
  said = now;
  tell({ notice: { key, level, detail } });
}

const ladder = createLadder({
  first,
  loader,
  sessions,
  gpuKind,
  lost: devices.lost,
  notify,
  fail: (error) => tell({ failure: plain(error) }),
  enqueue,
});
// Before anybody asks: its download is what the first picture waits for.
ignoreRejection(ladder.links());

const core = async () => (await ladder.core()).module;
/** @type {Record<string, (...args: any[]) => any>} */
const verbs = {
  schema: ladder.schema,
  async parse(fragment) {
    const parsed = (await ladder.links()).parse(fragment);
    ignoreRejection(ladder.expect(parsed.experiment));
    return parsed;
  },
  format: async (experiment) => (await ladder.links()).format(experiment),
  gallery: async (name) => ({
    frame: (await core()).gallery(name),
    labels: (await core()).gallery_labels(name),
  }),
  async open(experiment, want) {
    const opened = await ladder.open(experiment);
    return want ? { ...opened, first: await sessions.look(opened.id, want) } : opened;
  },
  select: (id, selection, want) => sessions.select(id, selection, want),
  look: (id, want) => sessions.look(id, want),
  fingerprint: (id) => sessions.playground(id).fingerprint(),
  compare: (id, check) => sessions.playground(id).compare(check),
  keep: (id) => sessions.keep(id),
  forget: (id) => sessions.forget(id),
  close: (id) => sessions.close(id),
  networks: (id) => sessions.playground(id).networks(),
  bring: (experiment, file) => ladder.bring(experiment, file),
  weights: (name) => loader.weights(name),
  seal: (model) => sessions.seal(model),
  poke: (model) => sessions.poke(model),
  use: (device) => void ignoreRejection(ladder.use(device)),
  drawn: () => {
    drawn = true;
    ignoreRejection(ladder.idle());
  },
  retry: () => ladder.reset(),
  fetched: () => performance.getEntriesByType("resource").map(({ name }) => name),
  loseDevice: () => devices.destroy(),
  census: () => ({ sessions: sessions.count(), devices: devices.count(), engineBytes: loader.held() }),
};
for (const verb of /** @type {const} */ (["step", "seek", "work"]))
  verbs[verb] = (id, ...args) => sessions.pull(verb, id, ...args);

/** A failed readback may come before the news that the device is gone. @returns {Promise<null>} */
const soon = () => new Promise((resolve) => setTimeout(resolve, 200, null));

/** @param {string} verb @param {any[]} args */
async function answer(verb, args) {
  const gone = ladder.gone();
  try {
    return await (gone ? Promise.race([verbs[verb](...args), gone]) : verbs[verb](...args));
  } catch (error) {
    const lost = gone ? await Promise.race([gone.catch((reason) => reason), soon()]) : null;
    if (!lost) throw error;
    await ladder.recover(lost);
    return verbs[verb](...args);
  }
}

/** What concerns no session need not wait for any: a link is read and written while a pull is under way. */
const apart = new Set(["schema", "parse", "format", "gallery", "fetched"]);

/** @param {Port} port @param {{id: number, verb: string, args: any[]}} message */
async function serve(port, { id, verb, args }) {
  try {
    const value = await answer(verb, args);
    if (verb === "open") own(port, value.id);
    const frames = (value?.first ?? value)?.frames ?? [];
    port.postMessage(
      { id, value },
      frames.map((/** @type {any} */ frame) => frame.data.buffer),
    );
    if (drawn && frames.length) ignoreRejection(ladder.idle());
  } catch (error) {
    port.postMessage({ id, error: plain(error) });
  }
}

/** Who has left needs nothing any more. @param {Port} port @param {number} id */
function own(port, id) {
  const mine = ports.get(port);
  if (mine) mine.add(id);
  else sessions.close(id);
}

/** @param {Port} port */
function leave(port) {
  const mine = ports.get(port) ?? [];
  ports.delete(port);
  enqueue(() => mine.forEach(sessions.close));
}

/** @param {Port} port */
function listen(port) {
  ports.set(port, new Set());
  port.onmessage = (/** @type {{data: any}} */ { data }) =>
    "compiled" in data
      ? receive(data.compiled)
      : data.leave
        ? leave(port)
        : apart.has(data.verb)
          ? serve(port, data)
          : enqueue(() => serve(port, data));
}

if ("onconnect" in self) self.onconnect = (/** @type {any} */ event) => listen(event.ports[0]);
else listen(/** @type {any} */ (self));

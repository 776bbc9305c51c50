// Workers that do a share of the pulls of the session that is worked on, once that has taken long: the same numbers, sooner.
/** @import { Opening } from "./helper.js" */

/** What is needed of a Worker; tests pass a few lines. @typedef {{postMessage(message: any, transfer?: Transferable[]): void, onmessage: any, onerror: any, terminate(): void}} Port */

/** ms that work which can be cut must have taken before workers are asked for it: about what it takes to start one. */
const worthwhile = 1000;
/** ms that something must take to be worth cutting: a job is there and back within one. */
const grain = 4;
/** ms after which nobody waits for a worker any more: its share is done where it belongs. */
const patience = 5000;
/** ms without a job after which workers give their memory back. */
const rest = 60_000;
/** Workers at most, each of which holds the network once more, by the gigabytes of memory that a browser tells; not every one does. @param {number | undefined} memory */
const mostHelpers = (memory) => (memory === undefined ? 3 : memory < 4 ? 0 : 7);

/** One for each other core, as far as there is memory. @param {{hardwareConcurrency?: number, deviceMemory?: number}} machine */
export const helpersOn = ({ hardwareConcurrency = 1, deviceMemory }) =>
  Math.min(mostHelpers(deviceMemory), Math.max(0, hardwareConcurrency - 1));

/** @returns {Port} */
export const startHelper = () =>
  new Worker(new URL("./helper.js", import.meta.url), { type: "module", name: "helper" });

/** A worker that answers each question once; null where it fails, after which it is never asked again. @param {Port} port @param {() => void} onend */
function createHelper(port, onend) {
  let last = 0;
  let ended = false;
  /** @type {Map<number, (value: any) => void>} */
  const waiting = new Map();
  function end() {
    if (ended) return;
    ended = true;
    port.terminate();
    waiting.forEach((resolve) => resolve(null));
    waiting.clear();
    onend();
  }
  port.onmessage = (/** @type {{data: any}} */ { data: { id, value, failed } }) => {
    if (failed) return end();
    waiting.get(id)?.(value);
    waiting.delete(id);
  };
  port.onerror = (/** @type {any} */ event) => {
    event.preventDefault?.();
    end();
  };
  /** @param {string} verb @param {any} [arg] @param {Transferable[]} [transfer] @returns {Promise<any>} */
  const ask = (verb, arg, transfer = []) =>
    new Promise((resolve) => {
      if (ended) return resolve(null);
      waiting.set(++last, resolve);
      port.postMessage({ id: last, verb, arg }, transfer);
    });
  return {
    ask,
    end,
    /** An answer that must come soon. A clock that ran out while this thread was busy itself says nothing yet, so it runs twice. @param {Uint8Array} job */
    async assist(job) {
      let clock = setTimeout(() => (clock = setTimeout(end, patience)), patience);
      try {
        return await ask("assist", job, [job.buffer]);
      } finally {
        clearTimeout(clock);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createHelper>} Helper */
/** Who is helped, by whom, and how many of them it was lent. @typedef {{playground: any, ready: Helper[], lent: number}} Helped */

/**
 * @param {object} needs
 * @param {() => Port} needs.start
 * @param {number} needs.most workers at once
 */
export function createPool({ start, most }) {
  /** @type {Helper[]} */
  let helpers = [];
  /** Workers that failed; no others are started for them. */
  let failed = 0;
  let helped = /** @type {Helped | null} */ (null);
  /** ms that could have been cut, and how often that was. @type {WeakMap<object, {ms: number, times: number}>} */
  const spent = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  function end() {
    clearTimeout(resting);
    helped = null;
    for (const helper of helpers.splice(0)) helper.end();
  }
  function awake() {
    clearTimeout(resting);
    resting = setTimeout(end, rest);
    // In Node a clock would keep the process.
    /** @type {any} */ (resting).unref?.();
  }

  function add() {
    try {
      /** @type {Helper} */
      const helper = createHelper(start(), () => {
        if (helpers.includes(helper)) failed++;
        helpers = helpers.filter((one) => one !== helper);
        if (helped) helped.ready = helped.ready.filter((one) => one !== helper);
      });
      helpers.push(helper);
    } catch {
      // A browser that refuses one refuses all.
      failed = most;
    }
  }

  /** @param {any} playground @param {number} pieces @param {() => Promise<Opening>} opening */
  async function engage(playground, pieces, opening) {
    /** @type {Helped} */
    const mine = { playground, ready: [], lent: 0 };
    helped = mine;
    awake();
    while (helpers.length < Math.min(most - failed, pieces - 1)) add();
    if (!helpers.length) return;
    const what = await opening();
    for (const helper of helpers)
      helper.ask("open", what).then((opened) => {
        if (opened && mine === helped) mine.ready.push(helper);
      });
  }

  return {
    /** Before a pull: whoever is ready is lent. @param {any} playground */
    lend(playground) {
      if (!helped || helped.playground !== playground || helped.lent === helped.ready.length) return;
      const ready = [...helped.ready];
      helped.lent = ready.length;
      playground.lend(ready.length, (/** @type {number} */ worker, /** @type {Uint8Array} */ job) => {
        if (helped?.playground !== playground) return null;
        awake();
        return ready[worker].assist(job);
      });
    },
    /** After a pull of `ms`: whether it is time to ask for help. @param {any} playground @param {number} ms @param {() => Promise<Opening>} opening */
    spend(playground, ms, opening) {
      const [times, most] = playground.cuts?.() ?? [0, 0];
      const before = spent.get(playground) ?? { ms: 0, times: 0 };
      const cuts = times - before.times;
      const more = cuts && ms / cuts >= grain ? ms : 0;
      spent.set(playground, { ms: before.ms + more, times });
      if (!more || before.ms + more < worthwhile || helped?.playground === playground) return;
      // What cannot be read again fails where it belongs.
      engage(playground, most, opening).catch(() => {});
    },
    /** Cores that a pull is cut among. @param {any} playground */
    cores: (playground) =>
      helped && helped.playground === playground ? 1 + Math.min(helped.lent, helped.ready.length) : 1,
    /** Nobody asks for it any more. @param {any} playground */
    leave(playground) {
      if (helped?.playground !== playground) return;
      helped = null;
      for (const helper of helpers) helper.ask("close");
    },
    end,
  };
}

/** @typedef {ReturnType<typeof createPool>} Pool */

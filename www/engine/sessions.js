// Open playgrounds by number, each on the engine that holds it now; an engine change carries them over.
/** @import { Experiment, Status } from "../types.js" */

/**
 * The wasm module's exports, as far as the page uses them.
 * @typedef {any} Module
 * @typedef {object} Open
 * @property {Experiment} experiment
 * @property {any} playground
 * @property {number | null} selected
 * @property {number} calls that `times` has accounted for
 * @property {number[]} times ms a network call, the latest few
 */

/** @param {() => Promise<Uint8Array>} weights @param {() => number} [now] */
export function createSessions(weights, now = () => performance.now()) {
  /** @type {Map<number, Open>} */
  const sessions = new Map();
  let last = 0;

  /** @param {number} id */
  const find = (id) => {
    const open = sessions.get(id);
    if (!open) throw new Error(`There is no session ${id}.`);
    return open;
  };

  /** @param {Open} open @param {Status} status @returns {Status} */
  const withTime = ({ times }, status) => ({ ...status, network_ms: times.toSorted((a, b) => a - b)[times.length >> 1] ?? null });

  /** The trajectory moves as bytes where it can; where it cannot, the new engine walks to the same step.
   * @param {Module} module @param {Open} open */
  async function carry(module, open) {
    const { at } = await open.playground.status();
    const next = await module.open(open.experiment, await weights());
    try {
      await next.adopt(await open.playground.snapshot());
    } catch {
      // a dead device may not give its trajectory away; seeking computes it again
    }
    await next.seek(at);
    if (open.selected !== null) await next.act({ select: open.selected });
    return next;
  }

  return {
    find: (/** @type {number} */ id) => find(id).playground,
    /** @param {Module} module @param {Experiment} experiment */
    async open(module, experiment) {
      const playground = await module.open(experiment, await weights());
      const open = { experiment, playground, selected: null, calls: 0, times: [] };
      sessions.set(++last, open);
      return { id: last, status: withTime(open, await playground.status()) };
    },
    /** Runs a verb that answers with a status, and times the network by it. @param {"step" | "seek" | "measure"} verb @param {number} id @param {number} n */
    async pull(verb, id, n) {
      const open = find(id);
      const began = now();
      /** @type {Status} */
      const status = await open.playground[verb](n);
      if (status.calls > open.calls) open.times = [...open.times.slice(-15), (now() - began) / (status.calls - open.calls)];
      open.calls = status.calls;
      return withTime(open, status);
    },
    /** @param {number} id @param {{select?: number}} edit */
    async act(id, edit) {
      const open = find(id);
      if (edit.select !== undefined) open.selected = edit.select;
      return withTime(open, await open.playground.act(edit));
    },
    /** All or none: a half-moved house would answer from two engines. @param {Module} module */
    async move(module) {
      const moved = [];
      for (const open of sessions.values()) moved.push({ open, next: await carry(module, open) });
      for (const { open, next } of moved) {
        release(open.playground);
        Object.assign(open, { playground: next, times: [] });
      }
    },
    /** @param {number} id */
    close(id) {
      const open = sessions.get(id);
      sessions.delete(id);
      if (open) release(open.playground);
    },
    clear: () => sessions.clear(),
  };
}

/** An engine that has died may refuse even to forget. @param {any} playground */
function release(playground) {
  try {
    playground.free();
  } catch {}
}

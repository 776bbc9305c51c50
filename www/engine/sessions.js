// Open playgrounds by number, each on the engine that holds it now; an engine change carries them over.
/** @import { Experiment, Status } from "../types.js" */

/**
 * The wasm module's exports, as far as the page uses them.
 * @typedef {any} Module
 * @typedef {object} Open
 * @property {Experiment} experiment
 * @property {any} playground
 * @property {number} at the step it was last seen at: a dead engine cannot be asked any more
 * @property {string | null} model name of its weights
 * @property {number} trained steps that its own network was trained
 * @property {object[]} edits what was done to it since it opened
 * @property {number} computed states that `times` has accounted for
 * @property {number[]} times ms a step, the latest few
 */

/** ms that a dead engine is given to hand its trajectory over. */
const patience = 300;
/** @param {number} ms */
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms, null));

/** @param {(name: string) => Promise<Uint8Array>} weights of a model @param {() => number} [now] */
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

  /** @param {Module} module @param {Experiment} experiment */
  async function start(module, experiment) {
    const model = module.model(experiment) ?? null;
    return {
      model,
      playground: await module.open(experiment, model === null ? undefined : await weights(model)),
    };
  }

  /** @param {Open} open @param {Status} status @returns {Status} */
  const withTime = ({ times, model }, status) => ({
    ...status,
    model,
    step_ms: times.toSorted((a, b) => a - b)[times.length >> 1] ?? null,
  });

  /** The trajectory moves as bytes where it can; where it cannot, the new engine walks to the same step.
   * @param {Module} module @param {Open} open @param {boolean} dead whether its engine may never answer again */
  async function carry(module, open, dead) {
    const { playground: next } = await start(module, open.experiment);
    const asked = open.playground.snapshot().catch(() => null);
    const bytes = await (dead ? Promise.race([asked, after(patience)]) : asked);
    const adopted = bytes
      ? await next.adopt(bytes).then(
          () => true,
          () => false,
        )
      : false;
    // Without a trajectory to adopt, seeking computes it again; a network must first be trained again.
    if (!adopted && open.trained > 0) await next.work("train", open.trained);
    await next.seek(open.at);
    for (const edit of open.edits) await next.act(edit);
    return next;
  }

  return {
    find: (/** @type {number} */ id) => find(id).playground,
    /** @param {Module} module @param {Experiment} experiment */
    async open(module, experiment) {
      const { model, playground } = await start(module, experiment);
      const before = [...sessions.values()].at(-1);
      if (before && before.experiment.lab === experiment.lab) {
        const estate = await before.playground.estate();
        if (estate) await playground.inherit(estate);
      }
      const open = { experiment, playground, model, at: 0, edits: [], computed: 0, trained: 0, times: [] };
      sessions.set(++last, open);
      return { id: last, status: withTime(open, await playground.status()) };
    },
    /** Runs a verb that answers with a status, and times the network by it. @param {"step" | "seek" | "work"} verb @param {number} id @param {any[]} args */
    async pull(verb, id, ...args) {
      const open = find(id);
      const began = now();
      /** @type {Status} */
      const status = await open.playground[verb](...args);
      const made = status.computed - open.computed;
      // Demolishing asks the network for the last state of a pull only; every other step is an honest one.
      if (verb !== "work" && made > 0 && status.phase !== "demolish")
        open.times = [...open.times.slice(-15), (now() - began) / made];
      Object.assign(open, {
        at: status.at,
        computed: status.computed,
        trained: status.tasks?.train?.done ?? 0,
      });
      return withTime(open, status);
    },
    /** @param {number} id @param {object} edit */
    async act(id, edit) {
      const open = find(id);
      if (Object.keys(edit).length) open.edits = [...open.edits.slice(-31), edit];
      return withTime(open, await open.playground.act(edit));
    },
    /** All or none: a half-moved house would answer from two engines. @param {Module} module @param {{dead: boolean}} [from] */
    async move(module, { dead } = { dead: false }) {
      const moved = [];
      for (const open of sessions.values()) moved.push({ open, next: await carry(module, open, dead) });
      for (const { open, next } of moved) {
        // Freeing what a dead engine still holds in the middle of a step would be an error of its own.
        if (!dead) release(open.playground);
        Object.assign(open, { playground: next, times: [] });
      }
    },
    /** One step of the newest experiment on an engine that is to take over: its kernels are compiled and proved
     * before anybody waits for them. @param {Module} module */
    async rehearse(module) {
      const newest = [...sessions.values()].at(-1);
      if (!newest) return;
      const { values } = newest.experiment;
      // A journey that falls first would ask the network nothing.
      const building = "journey" in values ? { ...values, journey: "rebuild" } : values;
      const { playground: trial } = await start(module, { ...newest.experiment, values: building });
      await trial.step(1);
      release(trial);
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

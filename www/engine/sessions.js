// Open playgrounds by number, each on the engine that holds it now; a change of engine carries them over.
import { sealOf, telling, tensorsOf, turned } from "./poke.js";
/** @import { Answer, Experiment, Status, Want } from "../types.js" */
/** @import { Poke } from "./poke.js" */
/** @import { Device, Module } from "./loader.js" */

/**
 * @typedef {object} Engine a started wasm
 * @property {Device} device
 * @property {Module} module
 *
 * @typedef {object} Open
 * @property {Experiment} experiment
 * @property {Engine} engine
 * @property {boolean} stays whether its lab needs no other engine
 * @property {Brought | null} brought the file whose network it has in place of its own
 * @property {any} playground
 * @property {object[]} selections what was chosen to look at since it opened
 * @property {Status} status as the last pull left it
 * @property {number[]} times ms a unit of what it does: a step with the network, or a unit of the task worked on last
 * @property {{verb: "step"} | {verb: "work", task: string, n: number}} doing
 * @property {Poke | null} poked what had been done to the weights when it was opened
 */

/** A file that a visitor brought, for the sessions of a lab. @typedef {{lab: string, file: Uint8Array}} Brought */

/** Times kept of the latest pulls. */
const remembered = 16;

/** @param {number[]} numbers */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? null;

/**
 * @param {(model: string) => Promise<Uint8Array>} weights
 * @param {() => number} [now]
 * @param {import("./keepsakes.js").Keepsakes | null} [keepsakes] where networks trained here are kept
 * @param {import("./pool.js").Pool | null} [pool] who does a share of pulls
 */
export function createSessions(weights, now = () => performance.now(), keepsakes = null, pool = null) {
  /** @type {Map<number, Open>} */
  const sessions = new Map();
  let last = 0;
  /** What is done to weights before they are used. @type {Poke | null} */
  let poked = null;

  /** Those that a model computes with. @param {string} model @param {Poke | null} [poke] what is done to them; what is done now, if not said */
  async function inUse(model, poke = poked) {
    const bytes = await weights(model);
    return poke?.model === model ? turned(bytes, poke.tensor) : bytes;
  }

  /** @param {number} id */
  const find = (id) => {
    const open = sessions.get(id);
    if (!open) throw new Error(`There is no session ${id}.`);
    return open;
  };

  /** @type {Brought | null} */
  let brought = null;

  /** What a playground is opened with: weights, and a file that takes the place of its network afterwards.
   * @param {Engine} engine @param {Experiment} experiment @param {Brought | null} own @param {Poke | null} [poke] */
  async function given({ device, module }, experiment, own, poke) {
    const model = device === "core" ? null : (module.model(experiment) ?? null);
    if (own && model !== null) return { weights: own.file, file: null };
    return {
      weights: model === null ? null : await inUse(model, poke),
      // An engine without networks has nothing that a file could replace; the next one has.
      file: own && device !== "core" ? own.file : null,
    };
  }

  /** @param {Engine} engine @param {Experiment} experiment @param {Brought | null} own */
  async function start(engine, experiment, own) {
    const { weights, file } = await given(engine, experiment, own);
    const playground = await engine.module.open(experiment, weights ?? undefined);
    try {
      if (file) await playground.bring(file);
    } catch (error) {
      release(playground);
      throw error;
    }
    return playground;
  }

  /** @param {Open} open @param {Status} status @returns {Status} */
  const withTime = ({ times, doing, engine, experiment, playground }, status) => ({
    ...status,
    tasks: status.tasks ?? {},
    model: engine.module.model(experiment) ?? null,
    step_ms: doing.verb === "step" ? median(times) : null,
    cores: pool?.cores(playground) ?? 1,
  });

  /** How many units of network work lie between two statuses: states that only ask no network are no measure. @param {Status} before @param {Status} after */
  function steps(before, after) {
    const made = after.computed - before.computed;
    const calls = after.calls === undefined ? made : after.calls - (before.calls ?? 0);
    return calls >= made ? made : 0;
  }

  /** Goes on with `open` on `engine`, in a playground of its own. @param {Engine} engine @param {Open} open */
  async function carry(engine, open) {
    const playground = await start(engine, open.experiment, open.brought);
    try {
      const whole = await playground.adopt(open.playground.snapshot()).then(
        () => true,
        () => false,
      );
      // What the state shown needs beside the state itself, a map of the plane for one, is made where it is shown.
      if (whole) await playground.seek(open.status.at);
      for (const selection of open.selections) await playground.select(selection);
      return { open, playground, status: await playground.status(), whole };
    } catch (error) {
      release(playground);
      throw error;
    }
  }

  /** A browser that lends no storage, in a private window or a frame, remembers nothing; all else goes on. @template T @param {Promise<T> | undefined} asked @returns {Promise<T | null>} */
  const ifLent = (asked) => asked?.catch(() => null) ?? Promise.resolve(null);

  /** What this browser learned before for these very settings. Answers with the status after it; null if nothing came back. @param {any} playground @param {Status} status @returns {Promise<Status | null>} */
  async function recall(playground, { tasks }) {
    const train = tasks?.train;
    if (!keepsakes || !train || train.done >= train.total) return null;
    const key = await playground.learned();
    const found = (key && (await ifLent(keepsakes.find(key)))) || [];
    const best = /** @type {import("./keepsakes.js").Keepsake[]} */ (found).filter(
      ({ done }) => done <= train.total && done > train.done,
    );
    if (!best.length) return null;
    await playground.recall(best.sort((a, b) => b.done - a.done)[0].bytes);
    const after = await playground.status();
    return after.tasks.train.done > train.done ? after : null;
  }

  /** A network that learnt in another lab and is only looked at here, as far as the link says, if this browser remembers it. Answers with the status after it. @param {any} playground @param {Status} status @returns {Promise<Status>} */
  async function borrow(playground, status) {
    const { lent } = status;
    if (!keepsakes || !lent || lent.done >= lent.total) return status;
    const found = (await ifLent(keepsakes.find(lent.key))) ?? [];
    const best = found.filter(({ done }) => done <= lent.total && done > lent.done);
    if (!best.length) return status;
    await playground.recall(best.sort((a, b) => b.done - a.done)[0].bytes);
    return playground.status();
  }

  return {
    /** @param {number} id */
    playground: (id) => find(id).playground,
    /** The session opened last, if one is open. */
    newest: () => [...sessions.values()].at(-1) ?? null,
    /** The one opened last of those that need another engine than the one without networks. */
    waiting: () =>
      [...sessions.values()].findLast(({ stays, engine }) => !stays && engine.device === "core") ?? null,
    /** @param {Engine} engine @param {Experiment} experiment @param {boolean} stays */
    async open(engine, experiment, stays) {
      const own = brought?.lab === experiment.lab ? brought : null;
      const playground = await start(engine, experiment, own);
      // Each has what it has made under the keys of what that depends on: of all that are kept the furthest is gone on with.
      for (const before of sessions.values())
        if (
          before.experiment.lab === experiment.lab &&
          before.engine.module === engine.module &&
          before.brought === own &&
          before.poked === poked
        )
          await playground.reuse(before.playground);
      const begun = await playground.status();
      // What this browser learned is of the network that the link names.
      const recalled = own ? null : await recall(playground, begun);
      const status = await borrow(playground, recalled ?? begun);
      /** @type {Open} */
      const open = {
        experiment,
        engine,
        stays,
        brought: own,
        playground,
        selections: [],
        status,
        times: [],
        doing: { verb: "step" },
        poked,
      };
      sessions.set(++last, open);
      return { id: last, status: withTime(open, status), recalled: recalled?.tasks.train.done ?? 0 };
    },
    /** One pull, which answers with what is wanted of one state. @param {"step" | "seek" | "work"} verb @param {number} id @param {any[]} args the last one is the want @returns {Promise<Answer>} */
    async pull(verb, id, ...args) {
      const open = find(id);
      const { doing, status: before, playground } = open;
      if (open.engine.device !== "webgpu") pool?.lend(playground);
      const began = now();
      /** @type {Answer} */
      const answer = await playground[verb](...args);
      open.status = answer.status;
      const units = verb === "work" ? Number(args[1]) : steps(before, answer.status);
      if (units > 0) {
        const same =
          verb === "work" ? doing.verb === "work" && doing.task === args[0] : doing.verb === "step";
        open.doing = verb === "work" ? { verb, task: args[0], n: units } : { verb: "step" };
        open.times = [...(same ? open.times.slice(1 - remembered) : []), (now() - began) / units];
      }
      if (open.engine.device !== "webgpu")
        pool?.spend(playground, now() - began, async () => ({
          device: open.engine.device,
          experiment: open.experiment,
          ...(await given(open.engine, open.experiment, open.brought, open.poked)),
        }));
      return { ...answer, status: withTime(open, answer.status) };
    },
    /** @param {number} id @param {object} selection @param {Want} [want] @returns {Promise<Answer>} */
    async select(id, selection, want) {
      const open = find(id);
      if (Object.keys(selection).length)
        open.selections = [...open.selections.slice(1 - remembered * 2), selection];
      const answer = await open.playground.select(selection, want);
      return { ...answer, status: withTime(open, answer.status) };
    },
    /** What stands there, told like any other answer. @param {number} id @param {Want} [want] @returns {Promise<Answer>} */
    async look(id, want) {
      const open = find(id);
      const answer = await open.playground.look(want);
      return { ...answer, status: withTime(open, answer.status) };
    },
    /** Every session that needs `engine`, all or none; nothing has moved until `commit`. @param {Engine} engine */
    async prepare(engine) {
      /** @type {Awaited<ReturnType<typeof carry>>[]} */
      const carried = [];
      const discard = () => carried.splice(0).forEach(({ playground }) => release(playground));
      try {
        for (const open of sessions.values())
          if (!open.stays && open.engine.module !== engine.module) carried.push(await carry(engine, open));
      } catch (error) {
        discard();
        throw error;
      }
      return {
        discard,
        /** Whether all of them stand where they stood. */
        commit() {
          const whole = carried.every((one) => one.whole);
          for (const { open, playground, status } of carried.splice(0)) {
            // Closed meanwhile: then nobody asks for it any more.
            if (![...sessions.values()].includes(open)) release(playground);
            else {
              pool?.leave(open.playground);
              release(open.playground);
              Object.assign(open, { engine, playground, status, times: [] });
            }
          }
          return whole;
        },
      };
    },
    /** A trial of what `open` does on an engine that may take over, beside it. @param {Engine} engine @param {Open} open */
    async rehearsal(engine, open) {
      const trial = await start(engine, open.experiment, open.brought);
      await trial.adopt(open.playground.snapshot());
      let { computed, length } = await trial.status();
      return {
        /** ms that one unit took; null if there is nothing left to do. The first one compiles the kernels. */
        async unit() {
          const began = now();
          const { doing } = open;
          if (doing.verb === "work") await trial.work(doing.task, doing.n);
          else if (computed < length) await trial.seek(++computed);
          else return null;
          return (now() - began) / (doing.verb === "work" ? doing.n : 1);
        },
        end: () => release(trial),
      };
    },
    /** Keeps what was learned for a later visit, where the browser lends storage. Answers with the steps that it has been trained. @param {number} id */
    async keep(id) {
      const { playground, brought: foreign } = find(id);
      const done = (await playground.status()).tasks?.train?.done ?? 0;
      // What a brought network learned is not what its link would learn.
      const key = done && !foreign ? await playground.learned() : null;
      const bytes = key ? await playground.keepsake() : null;
      if (key && bytes) await ifLent(keepsakes?.put(key, done, bytes));
      return done;
    },
    /** From now on sessions of its lab have the network of the file. @param {Brought | null} file */
    bring: (file) => void (brought = file),
    /** Whether `experiment` opens with `file`; rejects with what is wrong with it. @param {Engine} engine @param {Experiment} experiment @param {Uint8Array} file */
    async test(engine, experiment, file) {
      release(await start(engine, experiment, { lab: experiment.lab, file }));
    },
    /** What the model computes with now, by its SHA-256; null where the browser does not say. @param {string} model */
    seal: async (model) => sealOf(await inUse(model)),
    /** Turns the sign of one of the model's tensors, or turns it back; sessions opened from now on have it so. @param {string} model @returns {Promise<Poke | null>} what is done now */
    async poke(model) {
      if (poked) return (poked = null);
      return (poked = { model, tensor: telling(tensorsOf(await weights(model))).name });
    },
    /** @param {number} id */
    async forget(id) {
      const key = await find(id).playground.learned();
      if (key) await ifLent(keepsakes?.forget(key));
    },
    /** @param {number} id */
    close(id) {
      const open = sessions.get(id);
      sessions.delete(id);
      if (!open) return;
      pool?.leave(open.playground);
      release(open.playground);
    },
    clear() {
      sessions.clear();
      pool?.end();
    },
    /** For tests: how many are open. */
    count: () => sessions.size,
  };
}

/** @typedef {ReturnType<typeof createSessions>} Sessions */

/** An engine that has died, or is in the middle of a pull, may refuse to forget. @param {any} playground */
function release(playground) {
  try {
    playground.free();
  } catch {}
}

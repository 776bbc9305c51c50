// Open playgrounds by number, each on the engine that holds it now; an engine change carries them over.
/** @import { Experiment, Status } from "../types.js" */

/**
 * The wasm module's exports, as far as the page uses them.
 * @typedef {any} Module
 * @typedef {{experiment: Experiment, playground: any, selected: number | null}} Open
 */

/** @param {(module: Module) => Promise<Uint8Array | undefined>} weights */
export function createSessions(weights) {
  /** @type {Map<number, Open>} */
  const sessions = new Map();
  let last = 0;

  /** @param {number} id */
  const find = (id) => {
    const open = sessions.get(id);
    if (!open) throw new Error(`There is no session ${id}.`);
    return open;
  };

  /** The trajectory moves as bytes where it can; where it cannot, the new engine walks to the same step.
   * @param {Module} module @param {Open} open */
  async function carry(module, open) {
    const { at } = open.playground.status();
    const next = await module.open(open.experiment, await weights(module));
    try {
      await next.adopt(open.playground.snapshot());
    } catch {
      await next.seek(at);
    }
    if (next.status().at !== at) await next.seek(at);
    if (open.selected !== null) await next.act({ select: open.selected });
    return next;
  }

  return {
    find: (/** @type {number} */ id) => find(id).playground,
    /** @param {Module} module @param {Experiment} experiment */
    async open(module, experiment) {
      const playground = await module.open(experiment, await weights(module));
      sessions.set(++last, { experiment, playground, selected: null });
      return { id: last, status: /** @type {Status} */ (playground.status()) };
    },
    /** @param {number} id @param {{select?: number}} edit */
    act(id, edit) {
      const open = find(id);
      if (edit.select !== undefined) open.selected = edit.select;
      return open.playground.act(edit);
    },
    /** All or none: a half-moved house would answer from two engines. @param {Module} module */
    async move(module) {
      const moved = [];
      for (const open of sessions.values()) moved.push({ open, next: await carry(module, open) });
      for (const { open, next } of moved) {
        try {
          open.playground.free();
        } catch {} // a lost device may refuse even that
        open.playground = next;
      }
    },
    /** @param {number} id */
    close(id) {
      const open = sessions.get(id);
      sessions.delete(id);
      open?.playground.free();
    },
  };
}

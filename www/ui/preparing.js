// What a link promises is computed before its first picture: in bites, told of, and given up when nobody wants it any more.
import { nothing } from "../engine/engine.js";
/** @import { Session } from "../engine/engine.js" */
/** @import { Busy } from "../types.js" */

/** ms that a pull may take. */
const bite = 200;

/**
 * The tasks that come before the first state. Answers with the status, null if it is not wanted any more.
 * @param {Session} fresh
 * @param {{tasks: string[], wanted: () => boolean, now: () => number, tell: (busy: Busy) => void}} how
 */
export async function prepare(fresh, { tasks, wanted, now, tell }) {
  let { status } = fresh;
  for (const task of tasks) {
    let n = 1;
    while (status.tasks[task] && status.tasks[task].done < status.tasks[task].total) {
      if (!wanted()) return null;
      const before = now();
      const { done, total } = status.tasks[task];
      ({ status } = await fresh.work(task, Math.min(n, total - done), nothing));
      n = Math.max(1, Math.min(1000, Math.round((n * bite) / Math.max(1, now() - before))));
      tell({ ...status.tasks[task], task });
    }
  }
  return status;
}

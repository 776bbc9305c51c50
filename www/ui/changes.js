// Undo and redo: the experiments that were, in order.
/** @import { Experiment } from "../types.js" */

const most = 100;
/** ms in which changes of the same kind count as one: a slider that is dragged is one change. */
const together = 700;

/** @param {() => number} now */
export function createChanges(now) {
  /** @type {Experiment[]} */
  let past = [];
  /** @type {Experiment[]} */
  let future = [];
  let kind = "";
  let last = -Infinity;

  return {
    /** What was there before a change; `what` names the kind of change. @param {Experiment} before @param {string} what */
    add(before, what) {
      const same = what === kind && now() - last < together;
      [kind, last] = [what, now()];
      future = [];
      if (!same) past = [...past.slice(1 - most), before];
    },
    /** @param {Experiment} current @returns {Experiment | null} */
    undo(current) {
      const before = past.pop();
      if (!before) return null;
      future.push(current);
      kind = "";
      return before;
    },
    /** @param {Experiment} current @returns {Experiment | null} */
    redo(current) {
      const after = future.pop();
      if (!after) return null;
      past.push(current);
      kind = "";
      return after;
    },
    clear() {
      [past, future, kind] = [[], [], ""];
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}

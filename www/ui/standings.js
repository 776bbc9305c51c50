// What the race's frames say: who is in it, what each budget brought, who won.
/** @import { Frame } from "../types.js" */

const keys = ["lane1", "lane2", "lane3", "lane4", "lane5", "lane6"];

/** The samplers of the lanes that are in the race. @param {Record<string, string | number>} values */
export const lanesOf = (values) => keys.map((key) => String(values[key] ?? "none")).filter((id) => id !== "none");

/** Settings of all lanes after one of them changed; an empty one closes the gap. @param {string[]} lanes @param {number} index @param {string} id "none" takes it out */
export function withLane(lanes, index, id) {
  const next = lanes.slice();
  next[index] = id;
  const left = next.filter((lane) => lane !== "none");
  return Object.fromEntries(keys.map((key, i) => [key, left[i] ?? "none"]));
}

/**
 * Budget by budget: the quality of each lane (null while it runs) and, once all are there, the best of them.
 * @param {Frame} race [lanes, budgets, 2]: calls used, quality (negative: not yet)
 */
export function standings({ shape: [lanes, budgets], data }) {
  return Array.from({ length: budgets }, (_, k) => {
    const cell = (/** @type {number} */ i, /** @type {number} */ what) => data[2 * (i * budgets + k) + what];
    const qualities = Array.from({ length: lanes }, (_, i) => (cell(i, 1) >= 0 ? cell(i, 1) : null));
    const complete = qualities.every((quality) => quality !== null);
    // A lane that pays two calls a step may stay one below the budget.
    const budget = Math.max(...Array.from({ length: lanes }, (_, i) => cell(i, 0)));
    return { budget, qualities, best: complete ? qualities.indexOf(Math.min(.../** @type {number[]} */ (qualities))) : null };
  });
}

/** The budgets that all lanes have run. @param {ReturnType<typeof standings>} board */
export const finished = (board) => board.filter(({ best }) => best !== null);

/** Who won, with neighbouring budgets of one winner told together. @param {ReturnType<typeof standings>} board @returns {{from: number, to: number, best: number}[]} */
export function reigns(board) {
  /** @type {{from: number, to: number, best: number}[]} */
  const told = [];
  for (const { budget, best } of finished(board)) {
    const last = told.at(-1);
    if (last?.best === best) last.to = budget;
    else told.push({ from: budget, to: budget, best: /** @type {number} */ (best) });
  }
  return told;
}

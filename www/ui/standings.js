// What the race's frames say: who is in it, what each budget brought, who won.
/** @import { Frame } from "../types.js" */

const keys = ["lane1", "lane2", "lane3", "lane4", "lane5", "lane6"];

/** The samplers of the lanes that are in the race. @param {Record<string, string | number>} values */
export const lanesOf = (values) =>
  keys.map((key) => String(values[key] ?? "none")).filter((id) => id !== "none");

/** Settings of all lanes after one of them changed; an empty one closes the gap. @param {string[]} lanes @param {number} index @param {string} id "none" takes it out */
export function withLane(lanes, index, id) {
  const next = lanes.slice();
  next[index] = id;
  const left = next.filter((lane) => lane !== "none");
  return Object.fromEntries(keys.map((key, i) => [key, left[i] ?? "none"]));
}

/** Network calls that are raced at, as the engine has them. */
const steps = [4, 6, 8, 10, 15, 20, 30, 50, 75, 100, 150, 200];
/** The budgets up to the largest, which is always the last. @param {number} largest */
export const budgetsTo = (largest) => [...steps.filter((calls) => calls < largest), largest];

/**
 * Budget by budget: the quality of each lane (null while it runs) and, once all are there, the best of them and who is level with it.
 * @param {Frame} race [lanes, budgets, 2]: calls made, quality; -1 while open, infinite for samples that are no numbers
 * @param {number[]} budgets
 * @param {Frame} [level] [lanes, budgets]: 1 for the best and for whoever it does not lead by more than the error of the lead
 */
export function standings({ shape: [lanes, count], data }, budgets, level) {
  return budgets.map((budget, k) => {
    const qualities = Array.from({ length: lanes }, (_, i) => data[2 * (i * count + k) + 1]).map((quality) =>
      quality >= 0 ? quality : null,
    );
    const least = Math.min(...qualities.map((quality) => quality ?? NaN));
    // One lane that still runs makes it NaN, lanes that all ran away infinite: then nobody has won.
    const best = Number.isFinite(least) ? qualities.indexOf(least) : null;
    const leaders =
      best === null
        ? []
        : qualities.flatMap((_, i) => (i === best || level?.data[i * count + k] === 1 ? i : []));
    return { budget, qualities, best, leaders };
  });
}

/** The budgets that all lanes have run. @param {ReturnType<typeof standings>} board */
export const finished = (board) => board.filter(({ best }) => best !== null);

/** Who won, with neighbouring budgets of the same leaders told together. @param {ReturnType<typeof standings>} board @returns {{from: number, to: number, leaders: number[]}[]} */
export function reigns(board) {
  /** @type {{from: number, to: number, leaders: number[]}[]} */
  const told = [];
  for (const { budget, leaders } of finished(board)) {
    const last = told.at(-1);
    if (last?.leaders.join() === leaders.join()) last.to = budget;
    else told.push({ from: budget, to: budget, leaders });
  }
  return told;
}

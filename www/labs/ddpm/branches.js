// Forks as the experiment holds them: adding, pruning, moving them along when the timeline changes.
/** @import { Fork } from "../../types.js" */

/** As many as a link keeps. */
export const most = 7;

/** Painted numbers travel in whole parts of this one. @param {number} value */
export const quantised = (value) => Math.round(Math.min(4, Math.max(-4, value)) * 32) / 32;

/** Track j and every track that grew from it, j counted from 1. @param {Fork[]} branches @param {number} j */
export function family(branches, j) {
  const all = new Set([j]);
  branches.forEach(({ parent }, i) => all.has(parent) && all.add(i + 1));
  return all;
}

/** Without track j and its children; the rest keep their parents under new numbers. @param {Fork[]} branches @param {number} j @returns {Fork[]} */
export function without(branches, j) {
  const gone = family(branches, j);
  /** @type {number[]} */
  const numbers = [0];
  let next = 0;
  branches.forEach((_, i) => (numbers[i + 1] = gone.has(i + 1) ? -1 : ++next));
  return branches
    .filter((_, i) => !gone.has(i + 1))
    .map((branch) => ({ ...branch, parent: numbers[branch.parent] }));
}

/** The forks at the same moments of another timeline. A fork cannot leave before its parent did, nor at the end. @param {Fork[]} branches @param {(at: number) => number} place @param {number} length */
export const moved = (branches, place, length) =>
  branches.map((branch) => ({
    ...branch,
    at: Math.max(0, Math.min(length - 1, Math.round(place(branch.at)))),
  }));

/** The settings of a track: the experiment's, then what each fork on the way to it changed. @param {Record<string, string | number>} values @param {Fork[]} branches @param {number} track @returns {Record<string, string | number>} */
export function valuesOf(values, branches, track) {
  const branch = branches[track - 1];
  return branch ? { ...valuesOf(values, branches, branch.parent), ...branch.set } : values;
}

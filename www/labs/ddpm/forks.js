// Forks as the experiment holds them: adding, pruning, moving them along when the timeline changes.
/** @import { Fork } from "../../types.js" */

/** As many as a link keeps. */
export const most = 7;

/** Painted numbers travel in whole parts of this one. @param {number} value */
export const quantised = (value) => Math.round(Math.min(4, Math.max(-4, value)) * 32) / 32;

/** Track j and every track that grew from it, j counted from 1. @param {Fork[]} forks @param {number} j */
export function family(forks, j) {
  const all = new Set([j]);
  forks.forEach(({ parent }, i) => all.has(parent) && all.add(i + 1));
  return all;
}

/** Without track j and its children; the rest keep their parents under new numbers. @param {Fork[]} forks @param {number} j @returns {Fork[]} */
export function without(forks, j) {
  const gone = family(forks, j);
  /** @type {number[]} */
  const numbers = [0];
  let next = 0;
  forks.forEach((_, i) => (numbers[i + 1] = gone.has(i + 1) ? -1 : ++next));
  return forks.filter((_, i) => !gone.has(i + 1)).map((fork) => ({ ...fork, parent: numbers[fork.parent] }));
}

/** The forks at the same moments of another timeline. A fork cannot leave before its parent did, nor at the end. @param {Fork[]} forks @param {(at: number) => number} place @param {number} length */
export const moved = (forks, place, length) =>
  forks.map((fork) => ({
    ...fork,
    at: Math.max(0, Math.min(length - 1, Math.round(place(fork.at)))),
  }));

/** The settings of a track: the experiment's, then what each fork on the way to it changed. @param {Record<string, string | number>} values @param {Fork[]} forks @param {number} track @returns {Record<string, string | number>} */
export function valuesOf(values, forks, track) {
  const fork = forks[track - 1];
  return fork ? { ...valuesOf(values, forks, fork.parent), ...fork.set } : values;
}

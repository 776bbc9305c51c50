// How sure the model was of each letter it wrote, for the timeline: the longest account of this session is kept while one steps back.
/** @import { State } from "../../ui/player.js" */

export function createProfile() {
  let opened = -1;
  /** @type {number[]} */
  let shares = [];
  return {
    /** @param {State} state */
    see({ frames: { surprisal }, status, opened: now }) {
      if (now !== opened) [opened, shares] = [now, []];
      if (!surprisal || !status) return;
      const length = surprisal.shape[1];
      const prompt = status.prompt ?? length - status.at;
      // Always anew: the first frame seen of a session may still be the one before's.
      for (let k = 1; prompt + k <= length; k++)
        shares[k] = Math.exp(-surprisal.data[length + prompt + k - 1]);
    },
    /** Probability of the letter written at a step; 0 where it is not known. @param {number} step */
    at: (step) => shares[Math.max(1, step)] ?? 0,
  };
}

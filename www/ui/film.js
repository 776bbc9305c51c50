// The film of the sample on the stage: every state that the page has seen. Only what is new travels.
/** @import { Frame } from "../types.js" */

/** @param {{film: Map<number, Float32Array>, selected: number}} state whose `film` this keeps */
export function createFilm(state) {
  /** The first state that has not come yet. */
  let next = 0;
  return {
    /** Another sample, fork or session: nothing of the film before belongs to it. */
    begin() {
      state.film = new Map();
      next = 0;
    },
    /** Names of the frames that bring what is missing. @param {boolean} [whole] a film that has not begun */
    missing: (whole = false) => [`film:${whole ? 0 : next}`, `film_states:${whole ? 0 : next}`],
    /** @param {Frame[]} frames that came with state `at` @param {number} at */
    add(frames, at) {
      const find = (/** @type {string} */ name) => frames.find((frame) => frame.name.startsWith(name));
      const [film, states, x] = [
        find("film:"),
        find("film_states:"),
        frames.find(({ name }) => name === "x"),
      ];
      if (film && states) {
        const size = film.data.length / film.shape[0];
        // Of a long film every few states are kept.
        states.data.forEach((k, i) => state.film.set(k, film.data.subarray(i * size, (i + 1) * size)));
        next = Math.max(next, (states.data.at(-1) ?? -1) + 1);
      }
      if (!x) return;
      const size = x.data.length / x.shape[0];
      state.film.set(at, x.data.slice(state.selected * size, (state.selected + 1) * size));
      if (at === next) next++;
    },
  };
}

// The film of the sample on the stage: every state that the page has seen, row by row. Only what is new travels.
/** @import { Frame } from "../types.js" */

/** Its rows: what stood, and what the model believed then, where it was asked. */
const rows = /** @type {const} */ (["film", "film_x0"]);

/** @param {{film: Map<number, Float32Array>, beliefs: Map<number, Float32Array>, selected: number}} state whose `film` and `beliefs` this keeps */
export function createFilm(state) {
  /** The first state of a row that has not come yet. */
  let next = { film: 0, film_x0: 0 };
  const mapOf = (/** @type {typeof rows[number]} */ row) => (row === "film" ? state.film : state.beliefs);
  return {
    /** Another sample, fork or session: nothing of the film before belongs to it. */
    begin() {
      [state.film, state.beliefs] = [new Map(), new Map()];
      next = { film: 0, film_x0: 0 };
    },
    /** Names of the frames that bring what is missing. @param {string[]} watched @param {boolean} [whole] a film that has not begun */
    missing: (watched, whole = false) => [
      ...new Set(
        rows
          .filter((row) => watched.includes(row))
          .flatMap((row) => [row, "film_states"].map((name) => `${name}:${whole ? 0 : next[row]}`)),
      ),
    ],
    /** @param {Frame[]} frames that came with state `at` @param {number} at */
    add(frames, at) {
      for (const row of rows) {
        const strip = frames.find(({ name }) => name.startsWith(`${row}:`));
        const states =
          strip && frames.find(({ name }) => name === `film_states:${strip.name.slice(row.length + 1)}`);
        if (!strip || !states) continue;
        const size = strip.data.length / strip.shape[0];
        // Of a long film every few states are kept.
        states.data.forEach((k, i) => {
          const picture = strip.data.subarray(i * size, (i + 1) * size);
          if (!Number.isNaN(picture[0])) mapOf(row).set(k, picture);
        });
        next[row] = Math.max(next[row], (states.data.at(-1) ?? -1) + 1);
      }
      const x = frames.find(({ name }) => name === "x");
      if (!x) return;
      const size = x.data.length / x.shape[0];
      state.film.set(at, x.data.slice(state.selected * size, (state.selected + 1) * size));
      if (at === next.film) next.film++;
    },
  };
}

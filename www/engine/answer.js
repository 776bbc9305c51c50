// What a pull answers with: the status, and of the same state the frames and readouts that were wanted.
/** @import { Answer, Frame, Status, Want } from "../types.js" */

const ranged = /^(film|film_states):(\d+)$/;

/** @param {any} playground @param {Status} status @param {Want} want @returns {Promise<Answer>} */
export async function answerOf(playground, status, { frames: names, readouts }) {
  const whole = [...new Set(names.map((name) => ranged.exec(name)?.[1] ?? name))];
  const filmed = names.some((name) => ranged.test(name));
  if (filmed && !whole.includes("film_states")) whole.push("film_states");
  /** @type {Frame[]} */
  const found = whole.length ? await playground.frames(whole) : [];
  const named = Object.fromEntries(found.map((frame) => [frame.name, frame]));
  return {
    status,
    frames: names.map((name) => {
      const [, of, from] = ranged.exec(name) ?? [];
      return of ? later(named[of], named.film_states, Number(from), name) : named[name];
    }),
    readouts: readouts ? await playground.readouts() : null,
  };
}

/** The part of a film from state `from` on. @param {Frame} film @param {Frame} states @param {number} from @param {string} name @returns {Frame} */
function later({ shape, data }, states, from, name) {
  const first = states.data.findIndex((k) => k >= from);
  const kept = first < 0 ? 0 : shape[0] - first;
  const size = data.length / shape[0];
  return { name, shape: [kept, ...shape.slice(1)], data: data.slice((shape[0] - kept) * size) };
}

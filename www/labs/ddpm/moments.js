// Where a moment lies on the timeline, whatever the journey.

/** Journeys of two halves, the rubble between them. @param {string | number | undefined} journey */
export const isThereAndBack = (journey) => journey === "both" || journey === "invert";

/** Where the same moment lies after the journey changed. @param {string | number} from @param {string | number} to @param {number} at @param {number} length */
export function sameMoment(from, to, at, length) {
  const [there, here] = [isThereAndBack(from), isThereAndBack(to)];
  const half = there ? length / 2 : length;
  if (from === to || (there && here)) return at;
  if (there) return to === "rebuild" ? Math.max(0, at - half) : Math.min(at, half);
  if (here) return from === "rebuild" ? at + half : at;
  return half - at;
}

/** The step of the way down whose time is nearest to t. @param {ArrayLike<number>} times @param {number} t */
export function stepOfTime(times, t) {
  const down = Array.from(times).slice(0, Array.from(times).indexOf(Math.max(...Array.from(times))) + 1);
  return down.reduce((best, time, k) => (Math.abs(time - t) < Math.abs(down[best] - t) ? k : best), 0);
}

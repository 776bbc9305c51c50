// What is painted on x_t until it becomes a fork: strokes that can be undone one by one, and the brush they are made with.
import { corner } from "../../views/pixels.js";
import { count } from "./pictures.js";
import { quantised } from "./forks.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Picture } from "../../views/stamp.js" */

/** Where a painting belongs: other states, tracks and samples do not show it. @typedef {{at: number, track: number, sample: number}} Spot */

/** @param {() => State} state @param {() => void} onchange */
export function createPaint(state, onchange) {
  /** @type {Map<number, number>} place in [C, H, W] to value */
  let painted = new Map();
  /** @type {Map<number, number>[]} */
  let past = [];
  /** @type {Spot | null} */
  let spot = null;
  let active = false;
  let stroking = false;
  let reach = 2;
  /** @type {number[]} one value a channel */
  let colour = [1];

  /** @returns {Spot} */
  const here = () => {
    const { status, track, selected } = state();
    return { at: status?.at ?? 0, track, sample: selected };
  };
  const fits = () => {
    const now = here();
    return spot === null || (spot.at === now.at && spot.track === now.track && spot.sample === now.sample);
  };
  const change = () => {
    if (painted.size === 0) spot = null;
    onchange();
  };

  const paint = {
    active: () => active,
    stroking: () => stroking,
    reach: () => reach,
    colour: () => colour,
    painted: () => painted,
    canUndo: () => past.length > 0,
    /** Where the painting belongs: the place shown, until the first stroke. */
    spot: () => spot ?? here(),
    fits,
    /** @param {boolean} on */
    use(on) {
      active = on;
      if (!on) paint.clear();
      onchange();
    },
    /** @param {{reach?: number, colour?: number[]}} brush */
    take(brush) {
      reach = brush.reach ?? reach;
      colour = (brush.colour ?? colour).map(quantised);
      onchange();
    },
    begin() {
      // Strokes elsewhere are another painting.
      if (!fits()) paint.clear();
      spot ??= here();
      past = [...past.slice(-63), new Map(painted)];
      stroking = true;
    },
    end() {
      stroking = false;
    },
    /** @param {number} place of a pixel */
    dab(place) {
      const [channels, rows, columns] = state().frames.x.shape.slice(-3);
      const [top, left] = corner(place, columns, reach);
      for (let row = Math.max(0, top); row < Math.min(rows, top + reach); row++) {
        for (let column = Math.max(0, left); column < Math.min(columns, left + reach); column++) {
          for (let channel = 0; channel < channels; channel++)
            painted.set((channel * rows + row) * columns + column, colour[channel] ?? colour[0]);
        }
      }
      change();
    },
    undo() {
      const before = past.pop();
      if (!before) return;
      painted = before;
      change();
    },
    clear() {
      [painted, past, stroking] = [new Map(), [], false];
      change();
    },
    /** A picture with the painting on it, if it belongs there. @param {Picture} picture @returns {Picture} */
    over(picture) {
      if (!painted.size || !fits()) return picture;
      const values = Float32Array.from(picture.values);
      for (const [place, value] of painted) if (place < count(picture.shape)) values[place] = value;
      return { ...picture, values };
    },
  };
  return paint;
}

/** @typedef {ReturnType<typeof createPaint>} Paint */

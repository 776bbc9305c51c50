// What is looked at: a head, a token and a cell, locked by a click and overlaid by whatever the pointer is on.

/** Layer, head and token count from 1, token 0 is the newest; a cell is [reader, read]. @typedef {{layer: number, head: number, token: number, cell: [number, number] | null}} Place */
/** @typedef {Place & {hover: Partial<Place> | null, previewing: boolean}} Shown */

/** A place among so many heads: of those that are not there, the last one. @param {Place} place @param {{shape: number[]} | undefined} maps [L, H, T, T] @returns {Place} */
export function within(place, maps) {
  const [layers, heads] = maps?.shape ?? [Infinity, Infinity];
  return {
    ...place,
    layer: Math.max(1, Math.min(place.layer, layers)),
    head: Math.max(1, Math.min(place.head, heads)),
  };
}

export function createFocus() {
  /** @type {Place} */
  let locked = { layer: 1, head: 1, token: 0, cell: null };
  /** @type {Partial<Place> | null} */
  let hover = null;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const tell = () => listeners.forEach((listener) => listener());

  return {
    get: () => locked,
    /** What the eye is on, tokens resolved: the newest of `length` where none is named or the named one is not written yet.
     * @param {number} length @returns {Shown} */
    shown(length) {
      const { layer, head } = { ...locked, ...hover };
      const inside = (/** @type {number} */ token) => (token >= 1 && token <= length ? token : length);
      const pointed = hover?.cell ?? (hover?.token === undefined ? locked.cell : null);
      const cell = pointed && pointed[0] <= length && pointed[1] <= pointed[0] ? pointed : null;
      const token = cell?.[0] ?? inside(hover?.token ?? locked.token);
      return { layer, head, token, cell, hover, previewing: hover !== null };
    },
    /** The pointer is on something, or on nothing any more. @param {Partial<Place> | null} part */
    hover(part) {
      if (JSON.stringify(part) === JSON.stringify(hover)) return;
      hover = part;
      tell();
    },
    /** A click keeps what it was on: a cell keeps its reader as the token, another token lets the cell go. @param {Partial<Place>} part */
    lock(part) {
      const cell =
        "cell" in part
          ? { cell: part.cell ?? null, ...(part.cell ? { token: part.cell[0] } : {}) }
          : "token" in part
            ? { cell: null }
            : {};
      locked = { ...locked, ...part, ...cell };
      tell();
    },
    /** Nothing is kept but the head. */
    release() {
      locked = { ...locked, token: 0, cell: null };
      hover = null;
      tell();
    },
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** @typedef {ReturnType<typeof createFocus>} Focus */

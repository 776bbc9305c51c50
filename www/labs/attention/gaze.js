// What is looked at, by whoever looks: the eye's place kept with the session and the link, and everything the parts are shown of it.
import { headState, tokenHidden } from "./edits.js";
import { createFocus, within } from "./focus.js";
import { textOf } from "./glyphs.js";
import { seen } from "./maps.js";
/** @import { Intervention } from "../../types.js" */
/** @import { Desk } from "../../ui/lab.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Place, Shown } from "./focus.js" */
/** @import { Head, View } from "./maps.js" */

/**
 * @typedef {Shown & {
 *   view: View, text: string[], total: number, list: readonly Intervention[], locked: Place, map: Head | null, kept: number, hidden: Set<number>,
 * }} Sight text: letters of the run that the map shows; total: how many there will be; locked: what a click has kept, with its token alone as `kept`;
 * map: the head looked at, after surgery; hidden: positions hidden from all later ones
 */

/** @param {Pick<Desk, "player" | "note" | "redraw">} desk */
export function createGaze({ player, note, redraw }) {
  const focus = createFocus();
  focus.subscribe(redraw);
  const wanted = () => player.state.wanted ?? player.state.experiment;
  const list = () => wanted()?.surgery ?? [];
  /** What is locked, among the heads that the model has: a link, or the model before, may name one that this one lacks. */
  const kept = () => within(focus.get(), player.state.frames.maps);
  const view = () =>
    /** @type {View} */ (list().length ? (player.state.experiment?.values.view ?? "edited") : "edited");
  /** Letters of the run that the map shows. */
  const read = () => textOf(player.state.frames, view() === "original" ? 0 : 1);
  /** Chosen while another session was being opened: said again to the one that came. @type {Partial<Place> | null} */
  let pending = null;
  let opened = -1;

  /** A click keeps what it was on, and the session shows its stages. @param {Partial<Place>} part */
  function choose(part) {
    focus.lock(part);
    if (wanted() !== player.state.experiment) pending = { ...pending, ...part };
    tell();
  }
  function release() {
    focus.release();
    tell();
  }
  /** @param {boolean} [anew] whatever the link says, the session has not heard of it */
  function tell(anew = false) {
    const { layer, head, token } = kept();
    const now = player.state.experiment?.values ?? {};
    if (!anew && Number(now.layer) === layer && Number(now.head) === head && Number(now.token) === token)
      return;
    note({ layer, head, token });
    player.act({ head: [layer, head], token });
  }
  /** What a link, an undo or a phrase says is looked at. @param {State} state */
  function follow({ experiment, opened: now }) {
    if (!experiment || now === opened) return;
    opened = now;
    const { layer, head, token } = experiment.values;
    const place = { layer: Number(layer), head: Number(head), token: Number(token) };
    const { cell } = focus.get();
    if (pending) tell(true);
    else focus.lock(cell && cell[0] === place.token ? { ...place, cell } : place);
    pending = null;
  }

  /** Null while there are no maps. @param {State} state @returns {Sight | null} */
  function sight({ frames, status }) {
    if (!status || !frames.maps) return null;
    const text = read();
    const looked = focus.shown(text.length);
    const shown = { ...looked, ...within(looked, frames.maps) };
    const locked = kept();
    const now = list();
    return {
      ...shown,
      view: view(),
      text,
      total: Math.max(text.length, (status.prompt ?? text.length - status.at) + status.length),
      list: now,
      locked,
      map: seen(frames, "edited", shown.layer, shown.head),
      kept: locked.cell ? locked.cell[0] : locked.token,
      hidden: hiddenIn(now, text.length),
    };
  }

  return { focus, kept, view, read, list, choose, release, follow, sight, onhover: focus.hover };
}

/** @typedef {ReturnType<typeof createGaze>} Gaze */

/** Positions that surgery hides from all later ones. @param {readonly Intervention[]} list @param {number} length */
export const hiddenIn = (list, length) =>
  new Set(Array.from({ length }, (_, i) => i + 1).filter((token) => tokenHidden(list, token)));

/** The cells of a head that are cut and that are set, as far as the map goes. @param {readonly Intervention[]} list @param {number} layer @param {number} head @param {number} size */
export function workedCells(list, layer, head, size) {
  const { cuts, sets } = headState(list, layer, head);
  const inside = (/** @type {Iterable<string>} */ pairs) =>
    [...pairs]
      .map((pair) => /** @type {[number, number]} */ (pair.split(",").map(Number)))
      .filter(([q]) => q <= size);
  return { cuts: inside(cuts), sets: inside(sets.keys()) };
}

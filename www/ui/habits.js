// What the page does wherever one is in it: it rests while nobody looks, and Ctrl+Z takes back.
/** @import { Player } from "./player.js" */

/**
 * Nothing plays unseen; what is to play does so as soon as somebody looks.
 * @param {Player} player @param {() => void} onhide @param {(seen: (is: boolean) => void) => unknown} [watch] says of a figure whether it is in sight, in a page that is seen
 */
export function pauseWhenHidden(player, onhide, watch) {
  /** Whether it is to play when somebody looks. */
  let due = false;
  /** Whether it was opened to play and nobody has looked yet. */
  let unseen = false;
  let outside = Boolean(watch);
  const away = () => document.hidden || outside;
  function look() {
    if (away()) {
      due ||= player.state.playing;
      player.pause();
      onhide();
      return;
    }
    unseen = false;
    if (due) player.play();
    due = false;
  }
  document.addEventListener("visibilitychange", look);
  watch?.((is) => {
    if (outside !== is) return;
    outside = !is;
    look();
  });
  return {
    /** A link is being opened. @param {boolean} plays whether it is to play, or to stand */
    expect(plays) {
      due = false;
      unseen = plays && away();
    },
    play() {
      if (away()) due = true;
      else player.play();
    },
    /** A page that nobody has seen is not yet at its beginning: loaded again, as browsers do with tabs they put aside, it must still play. */
    unseen: () => unseen,
  };
}

const typed = "input:not([type=range], [type=radio], [type=checkbox]), textarea, [contenteditable]";

/** @param {{travel: (way: "undo" | "redo") => unknown, others: (event: KeyboardEvent) => void}} on */
export function listenToKeys({ travel, others }) {
  document.addEventListener("keydown", (event) => {
    const typing = /** @type {Element} */ (event.target).closest?.(typed);
    if (!/^z$/i.test(event.key) || !(event.ctrlKey || event.metaKey) || typing) return others(event);
    event.preventDefault();
    travel(event.shiftKey ? "redo" : "undo");
  });
}

/** What is playing stands still until `act` is done. @param {Player} player @param {() => Promise<unknown>} act */
export async function whileStill(player, act) {
  const { playing } = player.state;
  await player.pause();
  await act();
  if (playing) player.play();
}

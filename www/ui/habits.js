// What the page does wherever one is in it: it rests while nobody looks, and Ctrl+Z takes back.
/** @import { Player } from "./player.js" */

/** Nothing plays unseen. @param {Player} player @param {() => void} onhide @returns {() => void} plays, as soon as somebody looks */
export function pauseWhenHidden(player, onhide) {
  let resume = false;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return void (resume && player.play());
    resume = player.state.playing;
    player.pause();
    onhide();
  });
  return () => {
    if (document.hidden) resume = true;
    else player.play();
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

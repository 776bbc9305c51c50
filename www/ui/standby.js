// What stands in the lab's place while there is nothing to show: how far the downloads are, or why the work has stopped.
import { fill } from "./dom.js";
import { loading, problem } from "./loading.js";
import { isFatal } from "./player.js";
/** @import { Engine } from "../engine/engine.js" */
/** @import { Busy } from "../types.js" */
/** @import { Words } from "./i18n.js" */
/** @import { Player } from "./player.js" */

/** ms without a byte or a step after which the visitor is told, and may try again. */
const patience = 20_000;

/** ms within which a picture may still come of itself: nothing is said before. */
const grace = 300;

/**
 * @param {object} needs
 * @param {Element} needs.main
 * @param {Engine} needs.engine
 * @param {Player} needs.player
 * @param {() => Words} needs.words
 * @param {() => string} needs.url the whole address, which holds everything
 * @param {(error: unknown) => void} needs.tell
 * @param {{again: () => void, afresh: () => void, defaults: () => void}} needs.on again: read the link once more; afresh: load the page once more
 */
export function createStandby({ main, engine, player, words, url, tell, on }) {
  let waiting = loading(words(), on.afresh);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** Something has come: the silence begins anew. */
  function stir() {
    clearTimeout(timer);
    waiting.stall(false);
    timer = setTimeout(() => waiting.stall(true), patience);
  }
  engine.onprogress((progress) => {
    waiting.update(progress);
    if (waiting.element.isConnected) stir();
  });
  function wait() {
    const { element } = waiting;
    element.hidden = true;
    setTimeout(() => (element.hidden = false), grace);
    if (main.querySelector("[data-words]")) main.prepend(element);
    else fill(main, element);
    stir();
  }
  wait();

  return {
    wait,
    /** The language changed. */
    speak() {
      const before = waiting.element;
      waiting = loading(words(), on.afresh);
      before.replaceWith(waiting.element);
      stir();
    },
    /** What comes before the first picture. @param {Busy | null} busy */
    prepare(busy) {
      waiting.prepare(busy);
      if (busy) stir();
    },
    /** @param {Error} error */
    stop(error) {
      async function onretry() {
        if (isFatal(error)) return on.afresh();
        wait();
        await engine.retry().catch(tell);
        // Its sessions are gone.
        player.watch(player.watched);
        on.again();
      }
      fill(main, problem(words(), error, url(), { onretry, ondefaults: on.defaults }));
    },
  };
}

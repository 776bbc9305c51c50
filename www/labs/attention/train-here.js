// On a phone the workshop lies far below the map, where its work is seen: training begins right under it, too.
import { h, write } from "../../ui/dom.js";
import { strings as shared } from "../../ui/strings-training.js";
/** @import { State } from "../../ui/player.js" */

/** @param {{words: import("./strings.js").Words, trainer: import("../../ui/training.js").Training["trainer"], start: () => unknown}} needs */
export function trainHere({ words, trainer, start }) {
  const { t } = words.with(shared);
  const element = h("button", {
    type: "button",
    class: "button primary train-here",
    onclick: () => (trainer.running() ? trainer.stop() : start()),
  });
  return {
    element,
    /** @param {State} state */
    update: ({ status }) =>
      write(
        element,
        t(trainer.running() ? "train.pause" : status?.tasks.train?.done ? "train.on" : "training.here"),
      ),
  };
}

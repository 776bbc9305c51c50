// Changes of the experiment, and the way back: every one goes to the player as its newest wish.
import { changed } from "./edit.js";
import { createChanges } from "./changes.js";
/** @import { Change, Experiment, Parameter } from "../types.js" */
/** @import { Player } from "./player.js" */

/**
 * @param {object} needs
 * @param {Player} needs.player
 * @param {() => Parameter[]} needs.common settings of the page itself: no change of the experiment, and no undo leads to another language
 * @param {() => Parameter[]} needs.parameters of the lab on the stage
 * @param {() => void} needs.onchange before an experiment is opened that differs from the one before
 * @param {() => void} needs.ontravel somebody has gone back or forth
 * @param {() => number} needs.now
 */
export function createEditing({ player, common, parameters, onchange, ontravel, now }) {
  const changes = createChanges(now);
  const wanted = () => /** @type {Experiment} */ (player.state.wanted);

  /** The experiment as it is on the screen, or the wish that will soon be there. What was promised holds at its own step. @returns {Experiment} */
  function present() {
    const { status, aim, experiment, replay } = player.state;
    const newest = wanted();
    // What a link promised is still on its way.
    if (replay) return newest;
    const step = aim ?? status?.at ?? null;
    const at = newest === experiment ? step : (newest.at ?? step);
    return { ...newest, at, check: at === newest.at ? newest.check : null };
  }

  /** @param {Experiment} experiment @param {number} [part] */
  function open(experiment, part) {
    onchange();
    return player.open(experiment, part);
  }

  let edits = 0;
  /** What a change is about, so that a slider that is dragged is one change; what is done by a click of its own is one each. @param {Partial<Experiment>} change */
  const kind = ({ values = {}, ...rest }) =>
    rest.surgery ? `surgery ${++edits}` : [...Object.keys(rest), ...Object.keys(values)].join();

  return {
    present,
    /** @param {Change} change */
    edit({ part, ...change }) {
      const before = present();
      changes.add(before, kind(change));
      return open(changed(before, change, [...common(), ...parameters()]), part);
    },
    /** @param {"undo" | "redo"} way */
    async travel(way) {
      const there = changes[way](present());
      if (!there) return;
      const page = Object.fromEntries(common().map(({ key }) => [key, wanted().values[key]]));
      const arrival = open({ ...there, values: { ...there.values, ...page } });
      ontravel();
      return arrival;
    },
    /** What a session has become by being worked on, for the link; nothing is opened anew. @param {Experiment["values"]} values */
    note: (values) =>
      player.note({ ...wanted(), check: null, values: { ...wanted().values, ...values } }, values),
    /** A setting of the page itself. @param {Experiment["values"]} values */
    notePage: (values) => player.note({ ...wanted(), values: { ...wanted().values, ...values } }, values),
    clear: changes.clear,
    canUndo: changes.canUndo,
    canRedo: changes.canRedo,
  };
}

/** @typedef {ReturnType<typeof createEditing>} Editing */

// The toy model's schooling: one trainer, and changes that keep what was learned with what it was learned from.
import { createTrainer } from "../../ui/trainer.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Player } from "../../ui/player.js" */

/** Another one of these is another network, and training begins anew. */
const identity = new Set(["task", "rate", "init"]);
/** Steps by which each task has been seen to come out. */
const good = { induction: 1000 };

/**
 * @param {object} needs
 * @param {Player} needs.player
 * @param {(change: Partial<Experiment> & {part?: number}) => unknown} needs.edit opens the experiment with a change
 * @param {(values: Experiment["values"]) => void} needs.note for the link, without opening anything
 */
export function createSchool({ player, edit, note }) {
  const wanted = () => player.state.wanted ?? player.state.experiment;
  const values = () => wanted()?.values ?? {};
  /** Steps that the network of the newest wish has been trained. */
  const trained = () =>
    values().model === "toy" && player.state.wanted === player.state.experiment
      ? trainer.done()
      : Number(values().trained ?? 0);
  const remember = () => void (trained() !== Number(values().trained) && note({ trained: trained() }));

  const trainer = createTrainer({
    player,
    emit: player.emit,
    prepare: async () => void (values().model !== "toy" && (await set({ model: "toy" }, { prompt: null }))),
    // What stands is read anew with what was learned since.
    refresh: () => player.seek(player.state.status?.at ?? 0),
    onrest: remember,
    good: () => good[/** @type {"induction"} */ (String(values().task))] ?? 0,
    most: () => 5000,
    pause: () => new Promise(requestAnimationFrame),
    now: () => performance.now(),
  });

  /** Every change of the lab goes through here. @param {Experiment["values"]} change @param {Partial<Experiment> & {part?: number}} [more] */
  async function set(change, more = {}) {
    // Another model or task has other heads: the first one is in every model.
    const others = ["model", "task"].some(
      (key) => key in change && String(change[key]) !== String(values()[key]),
    );
    const anew =
      (more.text !== undefined && more.text !== (wanted()?.text ?? null)) ||
      Object.keys(change).some((key) => identity.has(key) && String(change[key]) !== String(values()[key]));
    if (anew || ("model" in change && change.model !== values().model)) trainer.drop();
    // A link may not say less than what the network has learned by the time it is opened.
    const release = await trainer.hold();
    try {
      // Also of what is left behind: undo leads back to a trained network.
      remember();
      await edit({
        values: { trained: anew ? 0 : trained(), ...(others ? { layer: 1, head: 1 } : {}), ...change },
        ...more,
      });
    } finally {
      release();
    }
  }
  return { trainer, set, values, text: () => wanted()?.text ?? null, destroy: trainer.drop };
}

/** @typedef {ReturnType<typeof createSchool>} School */

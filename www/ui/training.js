// A network trained in the tab, with its experiment: every change keeps what was learned with what it was learned from.
import { createTrainer } from "./trainer.js";
/** @import { Experiment } from "../types.js" */
/** @import { Player } from "./player.js" */

/** @typedef {Partial<Experiment> & {part?: number}} More */

/**
 * @param {Pick<import("./lab.js").Desk, "player" | "edit" | "note" | "signal" | "schema">} desk
 * @param {object} network
 * @param {readonly string[]} network.identity settings of which another value is another network
 * @param {(more: More) => boolean} network.renews whether what comes besides settings is another network
 * @param {(change: Experiment["values"]) => boolean} [network.leaves] whether a change puts another network in its place
 * @param {(values: Experiment["values"]) => boolean} [network.learns] whether these settings have a network that is trained here
 * @param {() => Promise<void>} network.prepare makes the network that learns the one that is shown
 * @param {(resting: boolean) => Promise<unknown>} network.refresh brings what is shown up to what was learned
 * @param {() => number} network.good steps after which what is to be learned has been seen to come out
 */
export function createTraining(
  { player, edit, note, signal, schema },
  { identity, renews, leaves = () => false, learns = () => true, prepare, refresh, good },
) {
  const wanted = () => player.state.wanted ?? player.state.experiment;
  /** @returns {Experiment["values"]} */
  const values = () => wanted()?.values ?? {};
  /** Steps that the network of the newest wish has been trained. */
  const trained = () =>
    learns(values()) && player.state.wanted === player.state.experiment
      ? trainer.done()
      : Number(values().trained ?? 0);
  const remember = () => void (trained() !== Number(values().trained) && note({ trained: trained() }));
  const most = Number(schema.parameters.find(({ key }) => key === "trained")?.max);

  const trainer = createTrainer({
    player,
    emit: player.emit,
    prepare,
    refresh,
    onrest: remember,
    good,
    most: () => most,
    pause: () => new Promise(requestAnimationFrame),
    now: () => performance.now(),
  });
  signal.addEventListener("abort", trainer.drop);

  /** Whether a change is one of the network itself. @param {Experiment["values"]} change */
  const renewed = (change) =>
    identity.some((key) => key in change && String(change[key]) !== String(values()[key]));

  /** Every change of the lab goes through here. @param {Experiment["values"]} change @param {More} [more] */
  async function set(change, more = {}) {
    const anew = renews(more) || renewed(change);
    if (anew || leaves(change)) trainer.drop();
    // A link may not say less than what the network has learned by the time it is opened.
    const release = await trainer.hold();
    try {
      // Also of what is left behind: undo leads back to a trained network.
      remember();
      await edit({ values: { trained: anew ? 0 : trained(), ...change }, ...more });
    } finally {
      release();
    }
  }
  return { trainer, set, wanted, values, trained, renewed };
}

/** @typedef {ReturnType<typeof createTraining>} Training */

/** Settings of which another value is another network, as the schema says. @param {import("../types.js").LabSchema} schema */
export const networkKeys = ({ parameters }) =>
  parameters.filter(({ affects }) => affects.includes("network")).map(({ key }) => key);

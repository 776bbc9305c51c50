// A network trained in the tab, with its experiment: every change keeps what was learned with what it was learned from.
import { createTrainer } from "./trainer.js";
/** @import { Experiment } from "../types.js" */
/** @import { Player, State } from "./player.js" */

/** @typedef {Partial<Experiment> & {part?: number}} More */
/** @typedef {{kind: "replay" | "missing" | "recalled", done: number, total: number}} Story replay: a link's network is learned again; missing: not to its end; recalled: this browser remembered it */

/**
 * @param {Pick<import("./lab.js").Desk, "player" | "edit" | "note" | "signal" | "schema">} desk
 * @param {object} network
 * @param {readonly string[]} network.identity settings of which another value is another network
 * @param {(more: More) => boolean} network.renews whether what comes besides settings is another network
 * @param {(change: Experiment["values"]) => boolean} [network.leaves] whether a change puts another network in its place
 * @param {(values: Experiment["values"]) => boolean} [network.learns] whether these settings have a network that is trained here
 * @param {(replaying: boolean) => Promise<void>} network.prepare makes the network that learns the one that is shown
 * @param {(resting: boolean) => Promise<unknown>} network.refresh brings what is shown up to what was learned
 * @param {() => number} network.good steps after which what is to be learned has been seen to come out
 * @param {() => number} [network.most] steps after which there is no more to learn; those that a link can speak of, unless said
 */
export function createTraining(
  { player, edit, note, signal, schema },
  { identity, renews, leaves = () => false, learns = () => true, prepare, refresh, good, most },
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
  /** Whether the network is only on its way to what the link says of it: then the link is the better memory. */
  const behind = () => trainer.done() < (player.state.replay?.total ?? 0);
  /** First to the browser's own storage, then to the link: a network that is ahead of the link cannot be trained back. @param {boolean} resting */
  async function keep(resting) {
    const { opened } = player.state;
    if (!learns(values())) return;
    await player.keep();
    if (opened === player.state.opened && (resting || !behind())) remember();
  }
  const all = Number(schema.parameters.find(({ key }) => key === "trained")?.max);

  const trainer = createTrainer({
    player,
    emit: player.emit,
    prepare,
    refresh,
    keep,
    good,
    most: most ?? (() => all),
    pause: () => new Promise(requestAnimationFrame),
    now: () => performance.now(),
  });
  signal.addEventListener("abort", trainer.drop);

  /** What a link promised and somebody did not wait for. @type {{total: number, opened: number} | null} */
  let missed = null;
  /** What there is to say of where this network comes from. @returns {Story | null} */
  function story() {
    const { replay, recalled, opened } = player.state;
    const done = trainer.done();
    if (replay) return { kind: "replay", done, total: replay.total };
    if (missed?.opened === opened && done < missed.total)
      return { kind: "missing", done, total: missed.total };
    return recalled && done >= recalled && trained()
      ? { kind: "recalled", done: recalled, total: recalled }
      : null;
  }
  /** What is being replayed, so that each is begun once. @type {State["replay"]} */
  let replay = null;
  /** The link's own step is gone to when its network has been learned; where somebody stopped it, the page says what is missing. */
  async function follow(/** @type {NonNullable<State["replay"]>} */ promise) {
    await trainer.replay(promise.total);
    const { state } = player;
    // Another link has come meanwhile, perhaps with a promise of its own.
    if (state.replay !== promise) return;
    if (trainer.done() < promise.total) missed = { total: promise.total, opened: state.opened };
    player.replayed();
  }
  player.subscribe((state) => {
    if (state.replay === replay) return;
    replay = state.replay;
    if (replay) void follow(replay);
  }, signal);

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
  /** Holds still with what is shown brought up to what was learned and noted, so that a link can be made of it. @returns {Promise<() => void>} lets go */
  async function hold() {
    const release = await trainer.hold();
    if (trainer.running()) await refresh(true);
    if (learns(values()) && !behind()) remember();
    return release;
  }
  return {
    trainer: Object.assign(trainer, { story, forget: player.forget }),
    set,
    wanted,
    values,
    trained,
    renewed,
    hold,
  };
}

/** @typedef {ReturnType<typeof createTraining>} Training */

/** Settings of which another value is another network, as the schema says. @param {import("../types.js").LabSchema} schema */
export const networkKeys = ({ parameters }) =>
  parameters.filter(({ affects }) => affects.includes("network")).map(({ key }) => key);

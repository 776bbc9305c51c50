// Pulls the training in bites short enough that a click is answered, and shows what it has learned now and then.
/** @import { Player } from "./player.js" */

/** ms that one pull of training may take. */
const bite = 80;
/** ms between two looks at what is shown while training, and the most of the time that looking may take. */
const look = 450;
const share = 0.35;
/** ms between two times that what was learned is kept: what a reload or another lab may cost. */
const often = 1000;

/**
 * @param {object} needs
 * @param {Pick<Player, "state" | "work">} needs.player
 * @param {(replaying: boolean) => Promise<unknown>} needs.prepare makes the network that learns the one that is shown
 * @param {(resting: boolean) => Promise<unknown>} needs.refresh brings what is shown up to what was learned
 * @param {() => void} needs.emit
 * @param {(resting: boolean) => Promise<unknown>} needs.keep what was learned until now is kept; nothing is pulled meanwhile
 * @param {() => number} needs.good steps after which what is to be learned has been seen to come out
 * @param {() => number} needs.most steps that a link can speak of
 * @param {() => Promise<unknown>} needs.pause lets a frame be drawn
 * @param {() => number} needs.now
 */
export function createTrainer({ player, prepare, refresh, emit, keep, good, most, pause, now }) {
  let round = 0;
  let running = false;
  /** @type {Error | null} */
  let problem = null;
  let rate = 0; // steps a second, calmed
  let chunk = 2;
  let holds = 0;
  /** @type {Promise<unknown>} */
  let flight = Promise.resolve();
  const done = () => player.state.status?.tasks.train?.done ?? 0;

  /** How many steps were made; none while another session is being opened. @param {number} n */
  async function pull(n) {
    const [began, before] = [now(), done()];
    const { opened } = player.state;
    const status = await player.work("train", n, { quiet: true, own: true });
    // Nothing came back although the session is still the one that was asked: it has failed, and the page said so.
    if (!status && opened === player.state.opened && player.state.wanted === player.state.experiment) rest();
    if (!status) return 0;
    const [took, made] = [Math.max(1, now() - began), (status.tasks.train?.done ?? 0) - before];
    const speed = (1000 * made) / took;
    rate = rate ? 0.8 * rate + 0.2 * speed : speed;
    chunk = Math.max(1, Math.min(200, Math.round((speed * bite) / 1000), 2 * n));
    return made;
  }

  /** @param {number} steps @param {boolean} [replaying] what a link promised */
  async function run(steps, replaying = false) {
    const mine = ++round;
    problem = null;
    running = true;
    rate = 0;
    emit();
    await prepare(replaying).catch(stumble);
    let looked = now();
    let kept = now();
    let cost = 0;
    let left = Math.min(steps, most() - done());
    while (mine === round && left > 0 && !problem && !player.state.problem) {
      if (!holds) {
        const pulled = pull(Math.min(chunk, left)).catch(stumble);
        flight = pulled;
        left -= await pulled;
      }
      if (mine === round && left > 0 && now() - looked > Math.max(look, cost / share)) {
        const began = now();
        await refresh(false);
        cost = now() - began;
        looked = now();
      }
      if (mine === round && left > 0 && !holds && now() - kept > often) {
        await keep(false);
        kept = now();
      }
      emit();
      await pause();
    }
    if (mine !== round) return;
    await rest();
  }
  /** The engine has gone back to the last good network and says why. @param {Error} error */
  function stumble(error) {
    problem = error;
    return 0;
  }
  function rest() {
    const mine = ++round;
    running = false;
    // Unless another session has come, or training has gone on: then there is nothing to remember yet.
    const rested = refresh(true).then(() => (mine === round ? keep(true) : null));
    emit();
    return rested;
  }

  return {
    good,
    start: () => run(Infinity),
    /** @param {number} n */
    few: (n) => run(n),
    /** Learns what a link promised. @param {number} total */
    replay: (total) => run(total - done(), true),
    stop: () => (running ? rest() : null),
    /** Lets a change be made: the pull under way ends, and none begins before the answer is called. */
    async hold() {
      holds++;
      await flight;
      return () => void holds--;
    },
    /** The session is another one: whatever ran, ran there. */
    drop() {
      round++;
      running = false;
      rate = 0;
      problem = null;
    },
    done,
    running: () => running,
    problem: () => problem,
    rate: () => rate,
  };
}

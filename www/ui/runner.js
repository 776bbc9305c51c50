// Runs a task of the session until it is done or told to stop, and keeps what its frames showed last.
/** @import { Frame } from "../types.js" */
/** @import { Player } from "./player.js" */

/** ms that one pull may take. */
const bite = 60;

/**
 * @param {object} needs
 * @param {Pick<Player, "state" | "look" | "work" | "idle">} needs.player
 * @param {string} needs.task
 * @param {string[]} needs.look frames to fetch after a pull
 * @param {() => void} needs.onchange
 */
export function createRunner({ player, task, look, onchange }) {
  let round = 0;
  let running = false;
  let chunk = 1;
  /** @type {Record<string, Frame>} */
  let frames = {};
  /** How far the task was when the frames were fetched; another session may stand elsewhere. */
  let known = "";
  /** @type {import("../types.js").Experiment | null} */
  let of = null;
  let asking = false;
  const now = () => performance.now();
  const mark = () => JSON.stringify(player.state.status?.tasks[task] ?? null);

  async function fetchFrames() {
    if (asking) return;
    asking = true;
    const [at, from] = [mark(), player.state.experiment];
    const found = await player.look(look);
    asking = false;
    if (from !== player.state.experiment) return;
    // Also when they could not be had: to ask for them again with every drawing would never end.
    [known, of] = [at, from];
    if (!found) return;
    frames = found;
    onchange();
  }

  /** @param {number} most units @param {boolean} shy whether what happens on the way is not shown */
  async function run(most, shy) {
    const mine = ++round;
    const { opened } = player.state;
    running = true;
    onchange();
    // Another session is another task: what was begun is not begun there.
    for (let left = most; mine === round && opened === player.state.opened && left > 0; ) {
      const n = Math.min(left, shy ? 4 * chunk : chunk);
      const began = now();
      const status = await player.work(task, n, { quiet: true });
      if (!status || mine !== round) break;
      left -= n;
      const took = Math.max(1, now() - began);
      chunk = Math.max(1, Math.min(500, Math.round((n * bite) / took), 2 * n));
      const { done, total } = status.tasks[task];
      if (!shy) await fetchFrames();
      if (done >= total) break;
      await new Promise(requestAnimationFrame);
    }
    if (mine !== round) return;
    running = false;
    await fetchFrames();
    onchange();
    player.idle();
  }

  return {
    start: ({ shy = false } = {}) => run(Infinity, shy),
    /** @param {number} n */
    step: (n) => run(n, false),
    stop() {
      round++;
      running = false;
      onchange();
    },
    running: () => running,
    /** The frames seen last; fetched anew when the task stands elsewhere than they do. @param {{done: number, total: number} | undefined} progress */
    seen(progress) {
      if (progress && !running && (known !== JSON.stringify(progress) || of !== player.state.experiment))
        fetchFrames();
      return progress ? frames : {};
    },
  };
}

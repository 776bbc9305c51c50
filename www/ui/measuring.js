// The background measurements: pulled in small bites while nothing else is asked for.
/** @import { State } from "./player.js" */
/** @import { Session } from "../engine/engine.js" */

/**
 * @param {object} needs
 * @param {State} needs.state
 * @param {() => void} needs.emit
 * @param {(error: unknown) => void} needs.fail
 * @param {() => Session | null} needs.session
 * @param {() => string[]} needs.measures names of the tasks that readouts wait for
 * @param {() => number} needs.now
 * @param {() => Promise<unknown>} needs.pause lets a frame be drawn between two bites
 */
export function createMeasuring({ state, emit, fail, session, measures, pause, now }) {
  let round = 0;
  let bite = 1;
  const next = () =>
    measures().find((task) => {
      const progress = state.status?.tasks[task];
      return progress && progress.done < progress.total;
    });

  async function start() {
    const mine = ++round;
    const from = session();
    if (!from || !state.status || !next()) return;
    state.measuring = true;
    emit();
    try {
      for (let task = next(); task && mine === round && from === session() && !state.playing; task = next()) {
        const began = now();
        const { status, readouts } = await from.work(task, bite, { frames: [], readouts: true });
        // A key press waits for the bite before it: keep bites short on slow machines.
        bite = Math.max(1, Math.min(32, Math.round((bite * 30) / Math.max(1, now() - began))));
        if (from !== session()) break;
        Object.assign(state, {
          status: { ...state.status, tasks: status.tasks },
          readouts: readouts ?? state.readouts,
        });
        emit();
        await pause();
      }
    } catch (error) {
      if (from === session()) fail(error);
    }
    if (mine === round) stop();
  }

  function stop() {
    round++;
    if (!state.measuring) return;
    state.measuring = false;
    emit();
  }

  return {
    start,
    stop,
    whenIdle() {
      const { status, playing } = state;
      if (status && !playing && status.at === status.length && next()) start();
    },
  };
}

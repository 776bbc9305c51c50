// Play, pause and seek: how far each pull goes, who may still move, and waiting where an engine cannot go on yet.
/** @import { Status } from "../types.js" */
/** @import { Session } from "../engine/engine.js" */
/** @import { State } from "./player.js" */
/** @import { Showing } from "./showing.js" */

const budget = 50; // ms of engine time a pull may take, so that a click is answered soon
const journeySeconds = 14;
/** States a second that the eye takes for motion: where there are hundreds, they come no slower. */
const motion = 33;

/** @param {Status} status the furthest state that the present engine can compute */
export const reach = ({ length, limit = length }) => Math.min(length, limit);

/** States a second at the usual speed. @param {number} length */
export const pace = (length) =>
  length < 9 * motion ? length / journeySeconds : Math.max(motion, length / journeySeconds);

/**
 * @param {object} needs
 * @param {State} needs.state
 * @param {() => void} needs.emit
 * @param {(error: unknown) => void} needs.fail
 * @param {Showing} needs.showing
 * @param {{stop: () => void, whenIdle: () => void}} needs.measuring
 * @param {{now: () => number, nextFrame: () => Promise<unknown>}} needs.clock
 */
export function createTransport({ state, emit, fail, showing, measuring, clock }) {
  let epoch = 0; // a newer journey ends the older one
  let chunk = 4; // states that a pull may compute

  /** Learns from a pull of `n` states how many fit into the budget. @template T @param {number} n @param {() => Promise<T>} pull */
  async function timed(n, pull) {
    const began = clock.now();
    const answer = await pull();
    const fit = Math.round((Math.max(1, n) * budget) / Math.max(1, clock.now() - began));
    chunk = Math.max(1, Math.min(200, fit, 2 * n + 2));
    return answer;
  }

  /** A place is asked for by its number: two pulls under way at once must not add up.
   * @param {Session} from @param {number} place @param {"moving" | "resting"} how */
  const go = (from, place, how) => {
    const known = state.status?.computed ?? 0;
    const pull = () => showing.pull(from, how, (want) => from.seek(place, want));
    return place > known ? timed(place - known, pull) : pull();
  };

  /** Stands at the end of what the present engine can compute until another one can go on. @param {() => boolean} current */
  async function wait(current) {
    state.busy = { waiting: "network" };
    emit();
    while (current() && state.status && state.status.at >= reach(state.status)) await clock.nextFrame();
    if (current()) state.busy = null;
  }

  /** @param {number} target */
  async function travel(target) {
    const mine = ++epoch;
    const from = showing.session();
    if (!from || !state.status) return;
    const current = () => mine === epoch && from === showing.session();
    const k = Math.max(0, Math.min(state.status.length, target));
    state.aim = k;
    try {
      for (;;) {
        const { at, computed } = state.status;
        const place = Math.min(reach(state.status), k <= computed ? k : Math.min(k, computed + chunk));
        state.busy = k - computed > chunk ? { done: at, total: k } : null;
        if (place > computed) emit();
        await go(from, place, place === k ? "resting" : "moving");
        if (!current()) return;
        // Where it was asked to stand it stands, or never will.
        if (place === k) break;
        if (state.status.at >= reach(state.status)) await wait(current);
        if (!current()) return;
      }
      state.busy = state.aim = null;
      emit();
      measuring.whenIdle();
    } catch (error) {
      if (from === showing.session()) fail(error);
    }
  }

  async function play() {
    if (!showing.session() || !state.status) return;
    measuring.stop();
    state.playing = true;
    if (state.status.at === state.status.length) await travel(0);
    const mine = ++epoch;
    const from = showing.session();
    if (!from) return;
    const current = () => mine === epoch && state.playing && from === showing.session();
    state.busy = state.aim = null;
    emit();
    try {
      await roll(from, current);
    } catch (error) {
      if (from === showing.session()) fail(error);
    }
    if (mine === epoch && from === showing.session()) await rest();
  }

  /** Pulls as many states as the time that has passed asks for. @param {Session} from @param {() => boolean} current */
  async function roll(from, current) {
    let last = clock.now();
    let due = 1;
    while (current() && state.status) {
      await clock.nextFrame();
      if (!current()) return;
      const { at, computed, length } = state.status;
      due += ((clock.now() - last) / 1000) * pace(length) * state.speed;
      last = clock.now();
      // A slow engine must not be asked for ever more: what it cannot keep up with is dropped.
      due = Math.min(due, Math.max(0, computed - at) + chunk + 0.999);
      if (at >= reach(state.status) && at < length) await wait(current);
      else if (due >= 1) {
        const n = Math.floor(due);
        due -= n;
        await go(from, Math.min(reach(state.status), at + n), "moving");
        if (state.status.at === state.status.length) return;
      }
    }
  }

  async function rest() {
    Object.assign(state, { playing: false, busy: null });
    emit();
    const from = showing.session();
    try {
      if (from && state.status) await showing.pull(from, "resting", from.look);
    } catch (error) {
      if (from === showing.session()) fail(error);
    }
    measuring.whenIdle();
  }

  return {
    play,
    travel,
    /** States that a pull may compute within its budget. */
    chunk: () => chunk,
    timed,
    /** Whoever travels or plays stops where it is; where it was going to is not forgotten. */
    interrupt: () => void epoch++,
    pause() {
      if (!state.playing) return;
      epoch++;
      return rest();
    },
    /** @param {number} k */
    seek(k) {
      state.playing = false;
      return travel(k);
    },
    /** @param {number} n steps, negative for back */
    step(n) {
      if (!state.status) return;
      return this.seek((state.aim ?? state.status.at) + n);
    },
  };
}

/** @typedef {ReturnType<typeof createTransport>} Transport */

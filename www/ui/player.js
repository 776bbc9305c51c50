// Pulls the engine for the page: opening, transport and film in one hand. Knows no element; listeners draw what it holds.
import { nothing } from "../engine/engine.js";
import { createMeasuring } from "./measuring.js";
import { createOpening } from "./opening.js";
import { createShowing } from "./showing.js";
import { createTransport } from "./transport.js";
/** @import { Busy, Comparison, Experiment, Frame, Frames, Readout, Selection, Status } from "../types.js" */
/** @import { Engine, Session } from "../engine/engine.js" */

/**
 * @typedef {object} State
 * @property {Experiment | null} experiment
 * @property {Experiment | null} wanted the newest wish, which controls show while it is being opened
 * @property {Status | null} status
 * @property {Record<string, Frame>} frames of the state that `status` speaks of; one that the engine could not give is not there
 * @property {Map<number, Float32Array>} film states of the selected sample that the page has seen
 * @property {Map<number, Float32Array>} beliefs what the model took its picture for at each of them
 * @property {number} selected sample on the stage
 * @property {number} track on the stage: 0 is the original, j the j-th fork
 * @property {number} opened how many sessions there were
 * @property {boolean} playing
 * @property {number} speed
 * @property {Busy | null} busy
 * @property {number | null} aim the step that a journey under way leads to; keys come faster than pulls
 * @property {Replay | null} replay what a link promised and is only being learned
 * @property {number} recalled training steps that this browser remembered of the session on the stage
 * @property {Comparison | null} comparison what the link's check said of the state that it was made of
 * @property {Readout[]} readouts
 * @property {boolean} measuring
 * @property {number} pulls
 * @property {Error | null} problem
 */

/** A task that the link's picture needs, of which `total` units are to be made before the way to its step begins. @typedef {{task: string, total: number}} Replay */

/** What a lab wants to see, and its tasks. @typedef {Frames & {prepares: string[], measures: string[]}} Watched */

/** What is true before a lab has opened anything. */
const blank = () => ({
  experiment: null,
  wanted: null,
  status: null,
  frames: {},
  film: new Map(),
  beliefs: new Map(),
  selected: 0,
  track: 0,
  playing: false,
  busy: null,
  aim: null,
  replay: null,
  recalled: 0,
  comparison: null,
  readouts: [],
  problem: null,
});

/** An engine that has trapped or never started answers nothing any more; a file of the page that failed does not come by itself. @param {Error} error */
export const isFatal = ({ name }) => /RuntimeError|WorkerError|NotStarted|NotLoaded/.test(name);

/** @param {Pick<Engine, "open">} engine @param {{now: () => number, nextFrame: () => Promise<unknown>}} clock */
export function createPlayer(engine, clock) {
  /** @type {State} */
  const state = { ...blank(), opened: 0, speed: 1, measuring: false, pulls: 0 };
  /** @type {Set<(state: State) => void>} */
  const listeners = new Set();
  const emit = () => listeners.forEach((listener) => listener(state));
  /** @param {unknown} error */
  const fail = (error) => {
    Object.assign(state, { problem: error, playing: false, busy: null, aim: null, wanted: state.experiment });
    emit();
  };
  /** @type {Watched} */
  let watched = { pull: [], rest: [], once: [], prepares: [], measures: [] };

  const { now } = clock;
  const showing = createShowing({ state, emit, now });
  const { session } = showing;
  const measuring = createMeasuring({
    state,
    emit,
    fail,
    session,
    measures: () => watched.measures,
    pause: clock.nextFrame,
    now,
  });
  const transport = createTransport({ state, emit, fail, showing, measuring, clock });
  const opening = createOpening({ engine, state, emit, fail, showing, transport, measuring, now });

  /** Asks the session on the stage; a failure is told unless that session has left it. Never rejects.
   * @template T @param {(from: Session) => Promise<T>} ask @returns {Promise<T | null>} null if it failed or there is none */
  async function attempt(ask) {
    const from = session();
    if (!from) return null;
    try {
      return await ask(from);
    } catch (error) {
      if (from === session()) fail(error);
      return null;
    }
  }

  /** Another sample or fork takes the stage as soon as its picture is there; controls show the wish at once.
   * @param {"selected" | "track"} key @param {number} value @param {Selection} selection */
  async function choose(key, value, selection) {
    if (!session() || !state.status || !state.experiment) return;
    const values = { ...state.experiment.values, ...(key in state.experiment.values && { [key]: value }) };
    state.experiment = { ...state.experiment, values };
    if (!opening.isUnderway()) state.wanted = state.experiment;
    emit();
    await attempt((from) =>
      showing.pull(from, "whole", (want) => from.act(selection, want), { [key]: value }),
    );
  }

  return {
    state,
    emit,
    get watched() {
      return watched;
    },
    /** Another lab: what it wants to see, and nothing left of the one before. @param {Watched} lab */
    watch(lab) {
      watched = lab;
      measuring.stop();
      opening.clear(lab);
      Object.assign(state, blank());
    },
    /** @param {(state: State) => void} listener @param {AbortSignal} [signal] ends it */
    subscribe(listener, signal) {
      const end = () => listeners.delete(listener);
      listeners.add(listener);
      signal?.addEventListener("abort", end, { once: true });
      return end;
    },
    open: opening.open,
    note: opening.note,
    play: transport.play,
    pause: transport.pause,
    seek: transport.seek,
    step: transport.step,
    /** @param {number} speed */
    setSpeed(speed) {
      state.speed = speed;
      emit();
    },
    /** @param {number} selected */
    select: (selected) => choose("selected", selected, { select: selected }),
    /** @param {number} track */
    show: (track) => choose("track", track, { track }),
    /** Looks at something else in the session; that needs no new one. Under a hand that drags, what is measured is asked for now and then.
     * @param {Selection} selection @param {"moving" | "resting"} [how] */
    act: (selection, how = "resting") =>
      attempt((from) => showing.pull(from, how, (want) => from.act(selection, want))),
    /** Frames that are not watched, by name. @param {string[]} names @returns {Promise<Record<string, Frame> | null>} null if the session changed meanwhile, or could not answer */
    look: (names) =>
      attempt(async (from) => {
        const { frames } = await from.look({ frames: names, readouts: false });
        return from === session() ? Object.fromEntries(frames.map((frame) => [frame.name, frame])) : null;
      }),
    /** All of these frames that the session can make as it stands, and why it cannot make the others. @param {string[]} names @returns {Promise<{frames: Frame[], refused: {name: string, why: string}[]} | null>} null if there is no session, or another one came */
    gather: (names) =>
      attempt(async (from) => {
        /** @type {Frame[]} */
        const frames = [];
        /** @type {{name: string, why: string}[]} */
        const refused = [];
        for (const name of names) {
          try {
            frames.push(...(await from.look({ frames: [name], readouts: false })).frames);
          } catch (error) {
            if (isFatal(/** @type {Error} */ (error))) throw error;
            refused.push({ name, why: /** @type {Error} */ (error).message });
          }
        }
        return from === session() ? { frames, refused } : null;
      }),
    /** The networks that are asked or trained there, as files. @returns {Promise<{name: string, bytes: Uint8Array}[] | null>} */
    networks: () => attempt((from) => from.networks()),
    /** Shows the same step again, from whichever engine holds it now. */
    refresh: () => attempt((from) => showing.pull(from, state.playing ? "moving" : "resting", from.look)),
    /** What is measured as things stand, without a new picture. */
    reread: () =>
      attempt(async (from) => {
        const { readouts } = await from.look({ frames: [], readouts: true });
        if (from !== session() || !readouts) return;
        state.readouts = readouts;
        emit();
      }),
    /** Advances a task; what it changed is shown unless `quiet`. With `own`, what the engine refuses is the caller's to tell.
     * @param {string} task @param {number} n @param {{quiet?: boolean, own?: boolean}} [how] @returns {Promise<Status | null>} null if the session changed meanwhile, or could not answer */
    async work(task, n, { quiet = false, own = false } = {}) {
      // What is measured in the background can wait; what somebody asked for cannot.
      measuring.stop();
      /** @type {Error | null} */
      let refused = null;
      const status = await attempt(async (from) => {
        try {
          if (!quiet) return await showing.pull(from, "resting", (want) => from.work(task, n, want));
          const { status } = await from.work(task, n, nothing);
          if (from !== session() || !state.status) return null;
          state.status = { ...state.status, tasks: status.tasks };
          emit();
          return status;
        } catch (error) {
          if (!own || from !== session() || isFatal(/** @type {Error} */ (error))) throw error;
          refused = /** @type {Error} */ (error);
          return null;
        }
      });
      if (refused) throw refused;
      return status;
    },
    /** What was replayed has come as far as it will: the way to the step begins. */
    replayed: opening.replayed,
    /** Keeps what was learned in the browser's own storage. @returns {Promise<number | null>} the training steps of it */
    keep: () => attempt((from) => from.keep()),
    /** What was kept of this network is thrown away. */
    forget: () => attempt((from) => from.forget()),
    measure: measuring.start,
    /** Nobody asks for anything: what waits to be measured may go on. */
    idle: measuring.whenIdle,
    /** The experiment that stands there, its step and the fingerprint of its picture: all three of one moment. */
    proof() {
      const { experiment } = state;
      return attempt(async (from) => {
        const [{ status }, check] = await Promise.all([from.look(), from.fingerprint()]);
        return experiment && { ...experiment, at: status.at, check };
      });
    },
    /** The problem has been told. */
    recover: () => void (state.problem = null),
  };
}

/** @typedef {ReturnType<typeof createPlayer>} Player */

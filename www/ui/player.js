// Pulls the engine: opens experiments, steps, seeks, plays. Knows no element; listeners draw what it holds.
import { createMeasuring } from "./measuring.js";
/** @import { Comparison, Experiment, Frame, Readout, Status } from "../types.js" */
/** @import { Engine, Session } from "../engine/engine.js" */

/**
 * @typedef {object} State
 * @property {Experiment | null} experiment
 * @property {Experiment | null} wanted the newest wish, which controls show while it is being opened
 * @property {Status | null} status
 * @property {Record<string, Frame>} frames
 * @property {Map<number, Float32Array>} film states of the selected sample that the page has seen
 * @property {number} selected sample on the stage
 * @property {number} track on the stage: 0 is the trunk, j the j-th fork
 * @property {number} opened how many sessions there were
 * @property {boolean} playing
 * @property {number} speed
 * @property {{done: number, total: number, task?: string} | null} busy
 * @property {number | null} aim the step that a journey under way leads to; keys come faster than pulls
 * @property {Comparison | null} comparison what the link's check said of the state `checkedAt`
 * @property {number} checkedAt
 * @property {Readout[]} readouts
 * @property {boolean} measuring
 * @property {number} pulls
 * @property {Error | null} problem
 */

/**
 * What a lab wants to see of its session: frames with every pull, when things rest, and once an opening; and its tasks.
 * @typedef {{pull: string[], rest: string[], once: string[], prepares: string[], measures: string[]}} Watched
 */
const budget = 50; // ms of engine time a pull may take, so that a click is answered soon
const journeySeconds = 14;

/** @param {Pick<Engine, "open">} engine @param {{now: () => number, nextFrame: () => Promise<unknown>}} clock */
export function createPlayer(engine, clock) {
  /** @type {State} */
  const state = {
    experiment: null,
    wanted: null,
    status: null,
    frames: {},
    film: new Map(),
    selected: 0,
    track: 0,
    opened: 0,
    playing: false,
    speed: 1,
    busy: null,
    aim: null,
    comparison: null,
    checkedAt: -1,
    readouts: [],
    measuring: false,
    pulls: 0,
    problem: null,
  };
  /** @type {Set<(state: State) => void>} */
  const listeners = new Set();
  const emit = () => listeners.forEach((listener) => listener(state));
  /** @type {Session | null} */
  let session = null;
  /** @typedef {{experiment: Experiment, part?: number}} Wish part: the share of the journey to stand at, 0..1 */
  /** @type {Wish | null} */
  let next = null;
  /** @type {Wish | null} the one that is being opened, or was last */
  let underway = null;
  /** @type {Promise<void> | null} */
  let opening = null;
  /** @type {Watched} */
  let watched = {
    pull: ["x", "x0", "eps"],
    rest: ["film"],
    once: ["times", "schedule", "picture"],
    prepares: [],
    measures: [],
  };
  let table = 0; // how often the lab changed: an opening for the one before must not come through
  let errand = 0; // a newer errand ends the older one
  let chunk = 4;
  let worked = 0; // pulls of tasks that were answered
  let filmed = -Infinity;
  let read = -Infinity;

  /** @param {unknown} error */
  const fail = (error) => {
    Object.assign(state, { problem: error, playing: false, busy: null, aim: null, wanted: state.experiment });
    emit();
  };

  /** Forward to a place, by its number: two pulls under way at once must not add up. @param {Session} from @param {number} place @param {number} known where it stands */
  async function advance(from, place, known) {
    const began = clock.now();
    const status = await from.seek(place);
    const n = Math.max(1, place - known);
    chunk = Math.max(
      1,
      Math.min(200, Math.round((n * budget) / Math.max(1, clock.now() - began)), 2 * n + 2),
    );
    return status;
  }

  /** Brings the pictures up to a status; the film only now and then while playing, for it grows. @param {Session} from @param {Status} status @param {boolean} [settled]
   * @param {Frame[]} [once] what a new session shows once: it must not stand beside the frames of the one before */
  async function show(from, status, settled = !state.playing, once = []) {
    const known = worked;
    const rest = settled || clock.now() - filmed > 250;
    const fresh = settled || clock.now() - read > 250;
    const [frames, readouts] = await Promise.all([
      from.frames(rest ? [...watched.pull, ...watched.rest] : watched.pull),
      fresh ? from.readouts() : state.readouts,
    ]);
    if (from !== session) return;
    if (fresh) read = clock.now();
    state.pulls++;
    for (const frame of [...once, ...frames]) state.frames[frame.name] = frame;
    if (rest) filmed = clock.now();
    if (watched.rest.includes("film")) addToFilm(status.at, rest);
    // Tasks may have gone on since this status was asked for.
    const tasks = known === worked ? status.tasks : (state.status?.tasks ?? status.tasks);
    Object.assign(state, { status: { ...status, tasks }, readouts });
    emit();
  }

  /** @param {number} at @param {boolean} whole whether the film frame is fresh */
  function addToFilm(at, whole) {
    const { x, film } = state.frames;
    const size = x.data.length / x.shape[0];
    // Of a long film every few states may be kept; then a frame says which.
    const states = state.frames.film_states?.data;
    if (whole)
      for (let k = 0; k * size < film.data.length; k++)
        state.film.set(states?.[k] ?? k, film.data.subarray(k * size, (k + 1) * size));
    const mine = state.selected * size;
    state.film.set(at, x.data.slice(mine, mine + size));
  }

  async function openNext() {
    while (next) {
      const wish = (underway = next);
      next = null;
      const mine = table;
      await replace(wish).catch((error) => mine === table && fail(error));
    }
  }

  async function compare() {
    const check = state.experiment?.check;
    if (!session || !check || !state.status || state.status.at !== state.experiment?.at) return;
    state.checkedAt = state.status.at;
    state.comparison = await session.compare(check);
    emit();
  }

  /** @param {Wish} wish */
  async function replace(wish) {
    const began = clock.now();
    errand++;
    state.aim = null;
    measuring.stop();
    const mine = table;
    const fresh = await engine.open(wish.experiment);
    if (mine !== table) return void fresh.close().catch(() => {});
    await settle(fresh, wish, began).catch((error) => {
      if (session !== fresh) fresh.close().catch(() => {});
      throw error;
    });
  }

  /** The tasks that come before the first state; null if a newer wish came meanwhile. @param {Session} fresh @param {number} began */
  async function prepare(fresh, began) {
    let { status } = fresh;
    const mine = table;
    for (const task of watched.prepares) {
      let bite = 1;
      while (status.tasks[task] && status.tasks[task].done < status.tasks[task].total) {
        if (mine !== table || (next && clock.now() - began > 350)) return null;
        const before = clock.now();
        status = await fresh.work(task, Math.min(bite, status.tasks[task].total - status.tasks[task].done));
        bite = Math.max(
          1,
          Math.min(1000, Math.round((bite * 4 * budget) / Math.max(1, clock.now() - before))),
        );
        state.busy = { ...status.tasks[task], task };
        emit();
      }
    }
    return status;
  }

  /** Brings a fresh session to its step and puts it on the stage, unless another lab came meanwhile. @param {Session} fresh @param {Wish} wish @param {number} began */
  async function settle(fresh, wish, began) {
    const mine = table;
    const { part } = wish;
    const prepared = await prepare(fresh, began);
    if (!prepared || mine !== table) return void fresh.close().catch(() => {});
    let status = prepared;
    // Asked anew each time: whoever steps on the old picture meanwhile wants to stand there on the new one.
    const wanted = () => {
      const at = state.aim ?? state.status?.at ?? 0;
      const before = state.status?.length ?? status.length;
      const place = before === status.length ? at : Math.round((at * status.length) / before);
      return Math.min(
        status.length,
        part === undefined ? (wish.experiment.at ?? place) : Math.round(part * status.length),
      );
    };
    let target = wanted();
    const first = !session;
    while (!first && status.at < target) {
      if (mine !== table || (next && clock.now() - began > 350)) return void fresh.close().catch(() => {});
      state.busy = { done: status.at, total: target };
      emit();
      status = await advance(fresh, Math.min(target, status.at + chunk), status.at);
      target = wanted();
    }
    if (!first && status.at > target) status = await fresh.seek(target);
    // The state that an opening shows has been computed, but what the model believes of it has not.
    if (first || status.at === 0) status = await fresh.seek(status.at);
    const once = await fresh.frames(watched.once);
    if (mine !== table) return void fresh.close().catch(() => {});
    const old = session;
    session = fresh;
    // With what was noted meanwhile.
    const { experiment } = wish;
    Object.assign(state, {
      experiment,
      film: new Map(),
      busy: null,
      comparison: null,
      checkedAt: -1,
      problem: null,
      selected: Math.min(Number(experiment.values.selected ?? 0), Number(experiment.values.samples ?? 1) - 1),
      track: Math.min(Number(experiment.values.track ?? 0), Math.max(0, (status.tracks?.length ?? 0) - 1)),
      opened: state.opened + 1,
    });
    await show(fresh, status, true, once);
    old?.close().catch(() => {});
    if (first && target > 0) await travel(target);
    await compare();
    if (state.playing) play();
    else measuring.whenIdle();
  }

  /** @param {number} target */
  async function travel(target) {
    const mine = ++errand;
    const from = session;
    if (!from || !state.status) return;
    const k = Math.max(0, Math.min(state.status.length, target));
    state.aim = k;
    try {
      if (k <= state.status.computed) await show(from, await from.seek(k));
      else {
        let { status } = state;
        state.busy = k - status.computed > chunk ? { done: status.at, total: k } : null;
        emit();
        do {
          status = await advance(from, Math.min(k, status.computed + chunk), status.computed);
          if (mine === errand) state.busy = status.at < k ? { done: status.at, total: k } : null;
          await show(from, status, status.at === k);
        } while (mine === errand && from === session && status.at < k);
      }
      if (mine !== errand) return;
      state.busy = state.aim = null;
      emit();
      measuring.whenIdle();
    } catch (error) {
      if (from === session) fail(error);
    }
  }

  async function play() {
    if (!session || !state.status) return;
    measuring.stop();
    state.playing = true;
    if (state.status.at === state.status.length) await travel(0);
    const mine = ++errand;
    state.busy = state.aim = null;
    const from = session;
    emit();
    let last = clock.now();
    let due = 1;
    try {
      while (mine === errand && state.playing && from === session) {
        await clock.nextFrame();
        if (mine !== errand || !state.playing) break;
        due += ((clock.now() - last) / 1000) * (state.status.length / journeySeconds) * state.speed;
        last = clock.now();
        // A slow engine must not be asked for ever more: what it cannot keep up with is dropped.
        due = Math.min(due, chunk + 0.999);
        if (due < 1) continue;
        const n = Math.floor(due);
        due -= n;
        const { at, length } = state.status;
        await show(from, await advance(from, Math.min(length, at + n), at), false);
        if (state.status.at === state.status.length) break;
      }
    } catch (error) {
      if (from === session) fail(error);
    }
    if (mine === errand && from === session) await rest();
  }

  async function rest() {
    state.playing = false;
    emit();
    if (session && state.status) await show(session, state.status, true).catch(fail);
    measuring.whenIdle();
  }

  /** Another sample or track takes the stage; the experiment stays what it is but for that. @param {"selected" | "track"} key @param {number} value @param {object} edit */
  async function choose(key, value, edit) {
    if (!session || !state.status || !state.experiment) return;
    const values = { ...state.experiment.values, ...(key in state.experiment.values && { [key]: value }) };
    Object.assign(state, { [key]: value, film: new Map(), experiment: { ...state.experiment, values } });
    if (!opening) state.wanted = state.experiment;
    emit();
    const from = session;
    const status = await from.act(edit);
    if (from === session) await show(from, status, true);
  }

  const measuring = createMeasuring({
    state,
    emit,
    fail,
    session: () => session,
    measures: () => watched.measures,
    pause: () => clock.nextFrame(),
    now: clock.now,
  });

  return {
    state,
    get watched() {
      return watched;
    },
    /** Another lab: what it wants to see, and nothing left of the one before. @param {Watched} wanted */
    watch(wanted) {
      watched = wanted;
      table++;
      errand++;
      measuring.stop();
      session?.close().catch(() => {});
      session = null;
      next = null;
      Object.assign(state, {
        experiment: null,
        wanted: null,
        status: null,
        frames: {},
        film: new Map(),
        selected: 0,
        track: 0,
        playing: false,
        busy: null,
        aim: null,
        comparison: null,
        checkedAt: -1,
        readouts: [],
        problem: null,
      });
    },
    /** Advances a task; what it changed is shown unless `quiet`. With `own`, what the engine refuses is the caller's to tell.
     * @param {string} task @param {number} n @param {{quiet?: boolean, own?: boolean}} [how] @returns {Promise<Status | null>} */
    async work(task, n, { quiet = false, own = false } = {}) {
      const from = session;
      if (!from) return null;
      // What is measured in the background can wait; what somebody asked for cannot.
      measuring.stop();
      try {
        const status = await from.work(task, n);
        if (from !== session || !state.status) return null;
        worked++;
        if (quiet) Object.assign(state, { status: { ...state.status, tasks: status.tasks } });
        else await show(from, status, true);
        emit();
        return status;
      } catch (error) {
        if (from !== session) return null;
        if (own && !/RuntimeError|WorkerError/.test(/** @type {Error} */ (error).name)) throw error;
        fail(error);
        return null;
      }
    },
    /** Frames that are not watched, by name. @param {string[]} names @returns {Promise<Record<string, Frame> | null>} null if the session changed meanwhile */
    async look(names) {
      const from = session;
      const frames = await from?.frames(names);
      return frames && from === session
        ? Object.fromEntries(frames.map((frame) => [frame.name, frame]))
        : null;
    },
    /** Does something to the session that needs no new one. @param {object} edit */
    async act(edit) {
      const from = session;
      if (!from) return;
      const status = await from.act(edit);
      if (from === session) await show(from, status, true);
    },
    /** @param {(state: State) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** The newest wish wins; an opening that is nearly done may finish first. @param {Experiment} experiment @param {number} [part] */
    open(experiment, part) {
      next = { experiment, part };
      state.wanted = experiment;
      emit();
      return (opening ??= openNext().finally(() => (opening = null)));
    },
    /** What the session on the stage has become by being worked on: a wish under way takes it over, and nothing is opened anew.
     * @param {Experiment} wanted the newest wish with it @param {Experiment["values"]} values */
    note(wanted, values) {
      const wish = next ?? underway;
      if (wish) wish.experiment = wanted;
      const settled = state.wanted === state.experiment;
      state.experiment =
        settled || !state.experiment
          ? wanted
          : { ...state.experiment, values: { ...state.experiment.values, ...values } };
      state.wanted = wanted;
      emit();
    },
    play,
    pause() {
      if (!state.playing) return;
      errand++;
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
    /** @param {number} selected */
    select: (selected) => choose("selected", selected, { select: selected }),
    /** @param {number} track */
    show: (track) => choose("track", track, { track }),
    /** @param {number} speed */
    setSpeed(speed) {
      state.speed = speed;
      emit();
    },
    /** Shows the same step again, from whichever engine holds it now. */
    async refresh() {
      const from = session;
      const status = await from?.act({});
      if (from && status && from === session && status.at === state.status?.at) await show(from, status);
    },
    measure: measuring.start,
    /** Nobody asks for anything: what waits to be measured may go on. */
    idle: measuring.whenIdle,
    fingerprint: () => session?.fingerprint() ?? Promise.resolve(null),
    emit,
  };
}

/** @typedef {ReturnType<typeof createPlayer>} Player */

// Opens experiments: the newest wish wins, what is half opened is not thrown away, and the old picture stays until the new one is there.
import { nothing } from "../engine/engine.js";
import { prepare } from "./preparing.js";
import { reach } from "./transport.js";
/** @import { Engine, Session } from "../engine/engine.js" */
/** @import { Answer, Experiment, Frames, Status, Want } from "../types.js" */
/** @import { State } from "./player.js" */
/** @import { Showing } from "./showing.js" */
/** @import { Transport } from "./transport.js" */

/** ms after which a newer wish ends an opening; one that is nearly done may finish first. */
const patience = 350;

/** @typedef {{experiment: Experiment, part?: number}} Wish part: the share of the journey to stand at, 0..1 */

/**
 * @param {object} needs
 * @param {Pick<Engine, "open">} needs.engine
 * @param {State} needs.state
 * @param {() => void} needs.emit
 * @param {(error: unknown) => void} needs.fail
 * @param {Showing} needs.showing
 * @param {Transport} needs.transport
 * @param {{stop: () => void, whenIdle: () => void}} needs.measuring
 * @param {() => number} needs.now
 */
export function createOpening({ engine, state, emit, fail, showing, transport, measuring, now }) {
  /** @type {Wish | null} */
  let next = null;
  /** @type {Wish | null} the one that is being opened, or was last */
  let underway = null;
  /** @type {Promise<void> | null} */
  let running = null;
  /** Whether what runs is no more than the way to the step: the session is on the stage already. */
  let arriving = false;
  /** What a newer wish interrupted: the next session takes over from it what it had made. @type {Session | null} */
  let half = null;
  let epoch = 0; // how often the lab changed: an opening for the one before must not come through
  /** Ends the wait for what is replayed. @type {(() => void) | null} */
  let replayed = null;
  /** Tasks that come before the first state. @type {string[]} */
  let tasks = [];

  /** A session that nobody looks at any more; if its engine has died, whoever asks that engine next will say so. @param {Session | null} session */
  const close = (session) => void session?.close().catch(() => {});

  /** @param {State["busy"]} busy */
  function tell(busy) {
    state.busy = busy;
    emit();
  }

  function dropHalf() {
    close(half);
    half = null;
  }

  async function openNext() {
    while (next) {
      const wish = (underway = next);
      next = null;
      const mine = epoch;
      // Whoever wished for something else meanwhile need not hear of it.
      await replace(wish).catch((error) => mine === epoch && !next && fail(error));
    }
  }

  /** @param {Wish} wish */
  async function replace(wish) {
    const began = now();
    const mine = epoch;
    transport.interrupt();
    measuring.stop();
    // Nothing stands there yet, and nothing has to be worked out before: the first picture comes with the opening, and what is
    // measured of it when it stands.
    const early = showing.session() || tasks.length ? null : { ...showing.want("once"), readouts: false };
    const fresh = await engine.open(wish.experiment, early).finally(dropHalf);
    const current = () => mine === epoch;
    const wanted = () => current() && !(next && now() - began > patience);
    const done = await settle(fresh, early, wish, current, wanted).catch((error) => {
      if (showing.session() !== fresh) close(fresh);
      throw error;
    });
    if (done) return;
    if (current()) half = fresh;
    else close(fresh);
  }

  /** The step to stand at. Asked anew each time: whoever steps on the old picture meanwhile wants to stand there on the new one.
   * @param {Wish} wish @param {number} length */
  function place({ experiment, part }, length) {
    const at = state.aim ?? state.status?.at ?? 0;
    // From what had no steps one comes to where one would stand anyway.
    const before = state.status?.length || length;
    const same = before === length ? at : Math.round((at * length) / before);
    return Math.min(length, part === undefined ? (experiment.at ?? same) : Math.round(part * length));
  }

  /** Prepares a fresh session, brings it to its step and puts it on the stage. Answers whether it stands there.
   * @param {Session} fresh @param {Want | null} early @param {Wish} wish @param {() => boolean} current @param {() => boolean} wanted */
  async function settle(fresh, early, wish, current, wanted) {
    // The very first picture is shown at once, and the way to its step is seen; also what has to be learned on it.
    const first = !showing.session();
    if (first && promised(fresh.status)) return replay(fresh, wish, current);
    const status = await prepare(fresh, { tasks, wanted, now, tell });
    if (!status || !current()) return false;
    const goal = () => (first ? status.at : Math.min(reach(status), place(wish, status.length)));
    for (let { at } = status; ; ) {
      while (at < goal()) {
        if (!wanted()) return false;
        tell({ done: at, total: goal() });
        const [from, to] = [at, Math.min(goal(), at + transport.chunk())];
        ({ at } = (await transport.timed(to - from, () => fresh.seek(to, nothing))).status);
      }
      const ready = fresh.first?.status.at === goal() ? fresh.first : null;
      const asked = (ready && early) ?? showing.want("once");
      const answer = ready ?? (await fresh.seek(goal(), asked));
      if (!current()) return false;
      ({ at } = answer.status);
      if (at !== goal()) continue;
      await enter(fresh, answer, asked, wish);
      return true;
    }
  }

  /** The task of which the link promises more than there is. @param {Status} status @returns {State["replay"]} */
  function promised({ tasks: there }) {
    const task = tasks.find((name) => there[name] && there[name].done < there[name].total);
    return task ? { task, total: there[task].total } : null;
  }

  /** Shows the session as it is and waits until the lab has learned before everybody's eyes what the link promises, or somebody
   * has had enough of it. @param {Session} fresh @param {Wish} wish @param {() => boolean} current */
  async function replay(fresh, wish, current) {
    const asked = showing.want("once");
    const answer = await fresh.seek(fresh.status.at, asked);
    if (!current()) return false;
    const target = place(wish, answer.status.length);
    arriving = true;
    put(fresh, answer, asked, wish, target, promised(answer.status));
    if (!next) await new Promise((resolve) => (replayed = () => resolve(undefined)));
    replayed = null;
    arriving = false;
    if (!current()) return true;
    const whole = !state.status || !promised(state.status);
    state.replay = null;
    await settleAt(fresh, target, whole);
    return true;
  }

  /** @param {Session} fresh @param {Answer} answer @param {Want} asked @param {Wish} wish */
  async function enter(fresh, answer, asked, wish) {
    const target = place(wish, answer.status.length);
    put(fresh, answer, asked, wish, target);
    await settleAt(fresh, target);
  }

  /** @param {Session} fresh @param {Answer} answer @param {Want} asked @param {Wish} wish @param {number} target @param {State["replay"]} [replay] */
  function put(fresh, answer, asked, wish, target, replay = null) {
    // With what was noted meanwhile.
    const { experiment } = wish;
    const { status } = answer;
    const before = showing.enter(fresh, answer, asked, {
      experiment,
      busy: null,
      aim: target === status.at ? null : target,
      replay,
      recalled: fresh.recalled ?? 0,
      comparison: null,
      problem: null,
      selected: Math.min(Number(experiment.values.selected ?? 0), Number(experiment.values.samples ?? 1) - 1),
      track: Math.min(Number(experiment.values.track ?? 0), Math.max(0, (status.tracks?.length ?? 0) - 1)),
      opened: state.opened + 1,
    });
    close(before);
  }

  /** @param {Session} fresh @param {number} target @param {boolean} [whole] whether all is there that the link speaks of */
  async function settleAt(fresh, target, whole = true) {
    if (target !== state.status?.at) await arrive(target);
    if (whole) await compare(fresh);
    if (next) return;
    if (state.playing) transport.play();
    else measuring.whenIdle();
  }

  /** A newer wish does not wait until the step is reached. @param {number} target */
  async function arrive(target) {
    arriving = true;
    if (!next) await transport.travel(target);
    arriving = false;
  }

  /** What the link promised, if that is what stands there. @param {Session} from */
  async function compare(from) {
    const { experiment, status } = state;
    if (!experiment?.check || next || status?.at !== experiment.at) return;
    // Both asked in one breath: no step comes between them.
    const [there, comparison] = await Promise.all([from.look(), from.compare(experiment.check)]);
    if (from !== showing.session() || there.status.at !== experiment.at) return;
    state.comparison = comparison;
    emit();
  }

  return {
    isUnderway: () => running !== null && !(arriving && !next),
    /** What the link promised has been learned, or will not be: the way to its step begins. */
    replayed: () => replayed?.(),
    /** The newest wish wins. @param {Experiment} experiment @param {number} [part] */
    open(experiment, part) {
      next = { experiment, part };
      state.wanted = experiment;
      if (arriving) transport.interrupt();
      replayed?.();
      emit();
      return (running ??= openNext().finally(() => (running = null)));
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
    /** Another lab: nothing is left of the one before. @param {Frames & {prepares: string[]}} lab */
    clear(lab) {
      epoch++;
      tasks = lab.prepares;
      next = null;
      transport.interrupt();
      replayed?.();
      dropHalf();
      close(showing.clear());
      showing.watch(lab);
    },
  };
}

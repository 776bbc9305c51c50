// The session on the stage: what a pull asks of it, and what its answer becomes. Status and pictures are of one state.
import { createFilm } from "./film.js";
/** @import { Answer, Frames, Want } from "../types.js" */
/** @import { Session } from "../engine/engine.js" */
/** @import { State } from "./player.js" */

/** ms between two looks at what is only now and then looked at while things move; and times what such a look took, so that a hand is not
 * kept waiting by numbers that are hard to come by. */
const glance = 250;
const patience = 12;

/** @param {{state: State, emit: () => void, now: () => number}} needs */
export function createShowing({ state, emit, now }) {
  const film = createFilm(state);
  /** @type {Session | null} */
  let session = null;
  /** @type {Frames} */
  let watched = { pull: [], rest: [], once: [] };
  let glanced = -Infinity;
  /** What the last of them took while things moved. */
  let took = 0;

  const filmed = () => watched.rest.includes("film");

  /** What a pull is to bring: all of it `whole`, which is also right for another sample; `once` for another session.
   * @param {"moving" | "resting" | "whole" | "once"} how @returns {Want} */
  function want(how) {
    const all = how !== "moving" || now() - glanced > Math.max(glance, patience * took);
    if (all) glanced = now();
    const still = watched.rest.filter((name) => !name.startsWith("film"));
    const reel = film.missing(watched.rest, how === "whole" || how === "once");
    return {
      frames: [
        ...new Set([
          ...watched.pull,
          ...(all ? [...still, ...reel] : []),
          ...(how === "once" ? watched.once : []),
        ]),
      ],
      readouts: all,
    };
  }

  /** @param {Answer} answer @param {Want} wanted */
  function put({ status, frames, readouts }, wanted) {
    // What this engine could not give must not stay from another state.
    for (const name of wanted.frames) delete state.frames[name];
    for (const frame of frames) if (!frame.name.startsWith("film")) state.frames[frame.name] = frame;
    if (filmed()) film.add(frames, status.at);
    Object.assign(state, { status, pulls: state.pulls + 1, readouts: readouts ?? state.readouts });
  }

  return {
    session: () => session,
    want,
    /** @param {Frames} wanted */
    watch: (wanted) => void (watched = wanted),
    /** The one way to pull what stands on the stage: asks, and shows what was answered unless another session came
     * meanwhile. Answers come in the order asked. @param {Session} from @param {"moving" | "resting" | "whole"} how
     * @param {(want: Want) => Promise<Answer>} ask @param {Partial<State>} [change] what becomes true with the answer */
    async pull(from, how, ask, change = {}) {
      const wanted = want(how);
      const began = now();
      const answer = await ask(wanted);
      if (wanted.readouts && how === "moving") took = now() - began;
      if (from !== session) return null;
      Object.assign(state, change);
      if (how === "whole") film.begin();
      put(answer, wanted);
      emit();
      return answer.status;
    },
    /** Another session takes the stage, with its first pictures and whatever else is true of it. Answers with the one before.
     * @param {Session} fresh @param {Answer} answer @param {Want} wanted @param {Partial<State>} change */
    enter(fresh, answer, wanted, change) {
      const before = session;
      session = fresh;
      Object.assign(state, { frames: {}, ...change });
      film.begin();
      put(answer, wanted);
      emit();
      return before;
    },
    /** Nothing stands there any more. Answers with what did. */
    clear() {
      const before = session;
      session = null;
      return before;
    },
  };
}

/** @typedef {ReturnType<typeof createShowing>} Showing */

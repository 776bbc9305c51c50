// One workload by all who can do it, in turns in one process; in Node and in a page alike.
import { countGpu, spread, timed } from "../../www/engine/timed.js";
import * as jax from "./peers/jax.mjs";
import * as ort from "./peers/ort.mjs";

export const ROUNDS = 3;
/** The other libraries: a package's name, what of W1 to W4 is written here for it, how it starts and how it opens a workload. */
export const PEERS = [ort, jax];
/** The head of their table. @param {boolean} device whether what goes to a device is counted */
export const head = (device) => [
  "workload",
  "by",
  "unit",
  "least ms",
  "median ms",
  "most ms",
  "first call ms",
  ...(device ? ["dispatches", "submits"] : []),
  "error",
];

/** What comes of `work` within `ms`, after which nobody waits any more: a device may never answer. */
async function within(ms, work) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Silence(`no answer within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
}
class Silence extends Error {}

/** Times of one who takes part, round by round; calls are counted on, for training goes on. */
class Contestant {
  calls = 0;
  error = 0;
  rounds = [];

  /** Opened when its turn comes first: what others compile, all wait for. */
  constructor(name, open) {
    Object.assign(this, { name, open });
  }

  async round(spec, { seconds, counted }) {
    this.workload ??= await this.open();
    const { calls, workload } = this;
    const from_here = {
      input: (call) => {
        this.calls = calls + call + 1;
        return workload.input(calls + call);
      },
      part: (part, input) => workload.part(part, input),
      error: (call, answers) => workload.error(calls + call, answers),
    };
    const { error, times, counts, first } = await timed(spec, from_here, {
      budget: (1000 * seconds) / ROUNDS,
      most: 200,
      counted,
    });
    this.first ??= first.ms;
    this.error = Math.max(this.error, error);
    this.counts = counts;
    this.rounds.push(spread(times));
  }
}

/**
 * Rows of their table, ours first, and what is wrong with ours, if anything is.
 * @param {any} spec the workload's @param {Record<string, Uint8Array>} files its files
 * @param {any} ours the workload of our engine, which hands out inputs and knows references
 * @param {{name: string, can: string[], open: (id: string, files: Record<string, Uint8Array>) => any}[]} peers
 * @param {{seconds: number, device: boolean}} how seconds of timed calls for each who takes part
 */
export async function contest(spec, files, ours, peers, how) {
  const counted = how.device ? countGpu() : {};
  const all = [new Contestant("ours", () => ours)];
  for (const { name, can, open } of peers)
    if (can.includes(spec.id))
      all.push(
        new Contestant(name, async () => {
          const theirs = await open(spec.id, files);
          return {
            input: (call) => ours.input(call),
            part: theirs.part,
            error: (call, answers) => ours.error(call, answers),
          };
        }),
      );
  let silent;
  for (let round = 0; round < ROUNDS && !silent; round++) {
    for (const one of all.filter(({ failure }) => !failure)) {
      try {
        await within(30_000 + 1000 * how.seconds, one.round(spec, { seconds: how.seconds, counted }));
      } catch (error) {
        one.failure = String(error?.message ?? error);
        // Whoever does not answer works on, and nobody beside could be timed.
        if (error instanceof Silence) silent = one.name;
      }
      if (silent) break;
    }
  }
  const wrong = all[0].failure ?? (all[0].error < spec.tolerance ? undefined : String(all[0].error));
  const rows = all.map(({ name, rounds, error, first, counts, failure }) => {
    if (failure) return [spec.id, name, `failed: ${failure}`.slice(0, 100)];
    if (!rounds.length) return [spec.id, name, `not timed: ${silent} did not answer`];
    const of = (key) => rounds.map((round) => round[key]);
    const times =
      error < spec.tolerance
        ? [Math.min(...of("least")), spread(of("median")).median, Math.max(...of("most"))].map((ms) =>
            ms.toPrecision(3),
          )
        : ["void", "void", "void"];
    return [
      spec.id,
      name,
      spec.unit,
      ...times,
      first.toFixed(0),
      ...(how.device ? [counts.dispatches.toFixed(1), counts.submits.toFixed(1)] : []),
      error.toExponential(1),
    ];
  });
  return { rows, wrong };
}

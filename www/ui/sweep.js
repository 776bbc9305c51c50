// Many runs of one experiment: a setting over values, each with several seeds, on engines beside the visible one; what each measured, and how they spread.
/** @import { Experiment, LabSchema, Parameter, Readout } from "../types.js" */
/** @import { Engine, Session } from "../engine/engine.js" */

/** Runs of one sweep at most: more belong to the command line. */
export const mostRuns = 400;

/** What cannot be swept over, and why; the page has the words. */
export class Unfit extends Error {
  /** @param {"syntax" | "outside" | "many" | "none"} why @param {Record<string, string | number>} [holes] */
  constructor(why, holes = {}) {
    super(why);
    this.why = why;
    this.holes = holes;
  }
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The values of `1..200`, `1,1.3,2`, or both mixed, as the command line has them. @param {string} text @param {{min?: number, max?: number, kind: string}} bounds @returns {number[]} */
export function valuesOf(text, { min = -Infinity, max = Infinity, kind }) {
  const whole = kind !== "number";
  /** @type {number[]} */
  const all = [];
  for (const part of text.split(",").map((one) => one.trim())) {
    const range = /^([+-]?\d+)\.\.([+-]?\d+)$/.exec(part);
    if (!range && (!number.test(part) || (whole && !/^[+-]?\d+$/.test(part))))
      throw new Unfit("syntax", { part });
    const [from, to] = range ? [Number(range[1]), Number(range[2])] : [Number(part), Number(part)];
    if (to < from) throw new Unfit("syntax", { part });
    if (from < min || to > max) throw new Unfit("outside", { part, min, max });
    if (to - from >= mostRuns) throw new Unfit("many", { most: mostRuns });
    for (let value = from; value <= to; value++) all.push(value);
  }
  return [...new Set(all)];
}

/** Settings that have numbers to go over. @param {LabSchema} schema */
export const sweepable = ({ parameters }) =>
  parameters.filter(({ kind, key }) => ["integer", "number", "seed"].includes(kind) && key !== "trained");

/** The setting that other draws belong to, if the lab has one. @param {LabSchema} schema @returns {Parameter | undefined} */
export const seedOf = ({ parameters }) => parameters.find(({ key }) => key === "seed");

/** @typedef {{value: number, seed: number | null, experiment: Experiment}} Plan */
/** @typedef {Plan & {readouts: Readout[]}} Run */

/** @param {Experiment} experiment @param {string} key @param {number[]} values @param {number[] | null} seeds @returns {Plan[]} */
export function plan(experiment, key, values, seeds) {
  const drawn = key === "seed" || !seeds ? [null] : seeds;
  if (values.length * drawn.length > mostRuns) throw new Unfit("many", { most: mostRuns });
  if (!values.length || !drawn.length) throw new Unfit("none");
  return values.flatMap((value) =>
    drawn.map((seed) => ({
      value,
      seed,
      experiment: {
        ...experiment,
        at: null,
        check: null,
        values: {
          ...experiment.values,
          device: "cpu",
          [key]: key === "seed" ? String(value) : value,
          ...(seed !== null && { seed: String(seed) }),
        },
      },
    })),
  );
}

/** @typedef {{value: number, count: number, mean: number, deviation: number, least: number, most: number}} Spread */

/** What a readout came to at each value: mean, and how far runs are from it; runs that have none are left out. @param {Run[]} runs @param {string} id @returns {Spread[]} */
export function spreads(runs, id) {
  const values = [...new Set(runs.map(({ value }) => value))].sort((a, b) => a - b);
  return values.flatMap((value) => {
    const found = runs
      .filter((run) => run.value === value)
      .map(({ readouts }) => readouts.find((one) => one.id === id)?.value)
      .filter((one) => typeof one === "number" && Number.isFinite(one));
    const all = /** @type {number[]} */ (found);
    if (!all.length) return [];
    const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
    const square = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, all.length - 1);
    return [
      {
        value,
        count: all.length,
        mean,
        deviation: Math.sqrt(square),
        least: Math.min(...all),
        most: Math.max(...all),
      },
    ];
  });
}

/** ms between two looks at whether the engine with networks has come. */
const wait = 50;
/** Steps or units of a pull: a run that is cancelled ends with the worker, so pulls may be long. */
const bite = 200;

/** One run to its end, all that is measured of it measured. @param {Pick<Engine, "open" | "drawn">} engine @param {LabSchema} schema @param {Plan} plan @returns {Promise<Readout[]>} */
export async function runOne(engine, { prepares, measures }, { experiment }) {
  const session = await engine.open(experiment);
  const nothing = { frames: [], readouts: false };
  let { status } = session;
  /** @param {string} task */
  const work = async (task) => {
    for (let last = -1; status.tasks[task] && status.tasks[task].done < status.tasks[task].total; ) {
      ({ status } = await session.work(task, bite, nothing));
      // A task that does not go on waits for an engine, or has an end that it cannot come to.
      if (status.tasks[task].done === last) break;
      last = status.tasks[task].done;
    }
  };
  try {
    for (const task of new Set([...prepares, "train"])) await work(task);
    while (status.at < status.length) {
      const before = status.at;
      ({ status } = await session.seek(Math.min(status.length, before + bite), nothing));
      if (status.at > before) continue;
      // The engine with networks comes behind a first picture.
      await engine.drawn();
      await new Promise((resolve) => setTimeout(resolve, wait));
      await networks(session);
    }
    for (const task of measures) await work(task);
    return (await session.look({ frames: [], readouts: true })).readouts ?? [];
  } finally {
    await session.close();
  }
}

/** A state that was asked for with a frame makes the worker fetch what comes behind. @param {Session} session */
const networks = (session) => session.look({ frames: ["x"], readouts: false });

/**
 * All of `plans`, on `hands` engines at once; an answer at a time. A run that fails is told and the others go on.
 * @param {object} work
 * @param {Plan[]} work.plans
 * @param {LabSchema} work.schema
 * @param {number} work.hands
 * @param {() => {engine: Pick<Engine, "open" | "drawn">, end: () => unknown}} work.start
 * @param {(run: Run) => void} work.ondone
 * @param {(plan: Plan, error: Error) => void} work.onfail
 * @param {AbortSignal} work.signal
 */
export async function sweep({ plans, schema, hands, start, ondone, onfail, signal }) {
  const left = [...plans];
  const hand = async () => {
    const { engine, end } = start();
    signal.addEventListener("abort", end, { once: true });
    try {
      for (let next = left.shift(); next && !signal.aborted; next = left.shift()) {
        const one = next;
        const aborted = new Promise((resolve) =>
          signal.addEventListener("abort", () => resolve(null), { once: true }),
        );
        const readouts = await Promise.race([
          runOne(engine, schema, one).catch((error) => (onfail(one, error), null)),
          aborted,
        ]);
        if (readouts && !signal.aborted) ondone({ ...one, readouts });
      }
    } finally {
      end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(hands, plans.length) }, hand));
}

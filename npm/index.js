// The engine of Chailou for programs, in Node and in browsers: open a link, step, read frames and readouts. On the processor, the same bits everywhere.

/** @typedef {any} Module what an engine's wasm exports */

/** What the build names by its content; each address is whole, so that bundlers find the file. */
const files = {
  cpu: {
    glue: () => import("./page/pkg/cpu/chailou.js"),
    wasm: new URL("./page/pkg/cpu/chailou_bg.wasm", import.meta.url),
  },
  maths: {
    glue: () => import("./page/pkg/maths/chailou.js"),
    wasm: new URL("./page/pkg/maths/chailou_bg.wasm", import.meta.url),
  },
};
/** The weights, by the name of their model. @type {Record<string, URL>} */
const models = {
  /* models */
};
/** Labs that have the engine of mathematics. */
const maths = new Set([
  /* maths */
]);

/** @param {URL} url @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function read(url) {
  if (url.protocol === "file:") {
    const module = "node:fs/promises";
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ module)).readFile(url);
  }
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** @type {Map<string, Promise<any>>} */
const kept = new Map();
/** Once each; again after a failure. @template T @param {string} key @param {() => Promise<T>} make @returns {Promise<T>} */
function once(key, make) {
  const there = kept.get(key) ?? make();
  kept.set(key, there);
  there.catch(() => kept.delete(key));
  return there;
}

/** @param {"cpu" | "maths"} name @returns {Promise<Module>} */
const engine = (name) =>
  once(name, async () => {
    const [glue, bytes] = await Promise.all([files[name].glue(), read(files[name].wasm)]);
    await glue.default({ module_or_path: bytes });
    return glue;
  });

/** Those of all of `names`, which have spaces between, one after another. @param {string} names */
async function weights(names) {
  const parts = await Promise.all(names.split(" ").map((name) => once(`models/${name}`, () => read(models[name]))));
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** The part after "#" of a link. @param {string} link */
const fragmentOf = (link) => link.replace(/^[^#]*#/, "");
/** @param {string} fragment */
const engineFor = (fragment) =>
  engine(maths.has(new URLSearchParams(fragment).get("lab") ?? "") ? "maths" : "cpu");

/** All labs by their heads and one of them whole: every parameter with its range, default and meaning. @param {string} [lab] */
export const schema = async (lab) => (await engine("maths")).schema(lab ?? null);

/** An experiment that runs. */
class Run {
  /** @type {Module} */
  #module;
  /** @type {any} */
  #playground;
  /** One request at a time, as they come. @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /** @param {Module} module @param {any} playground @param {any} parsed @param {any} status */
  constructor(module, playground, { experiment, warnings }, status) {
    this.#module = module;
    this.#playground = playground;
    this.experiment = experiment;
    this.warnings = warnings;
    this.status = status;
  }

  get at() {
    return this.status.at;
  }
  get length() {
    return this.status.length;
  }

  /** @template T @param {(playground: any) => Promise<T>} act @returns {Promise<T>} */
  #do(act) {
    const done = this.#queue.then(() => {
      if (!this.#playground) throw new Error("This run is closed.");
      return act(this.#playground);
    });
    this.#queue = done.catch(() => {});
    return done;
  }
  /** @param {(playground: any) => Promise<any>} act */
  #pull = (act) => this.#do(async (playground) => (this.status = (await act(playground)).status));

  step(n = 1) {
    return this.#pull((playground) => playground.step(n, nothing));
  }
  /** @param {number} at */
  seek(at) {
    return this.#pull((playground) => playground.seek(at, nothing));
  }
  /** Goes on with a task beside the timeline, training or measuring. @param {string} task @param {number} [n] units of it; all that are left, if not said */
  async work(task, n) {
    const there = this.status.tasks?.[task];
    if (!there)
      throw new Error(
        `There is no task "${task}" here: ${Object.keys(this.status.tasks ?? {}).join(", ") || "there are none"}.`,
      );
    let left = n ?? there.total - there.done;
    for (; left > 0; left -= 16)
      await this.#pull((playground) => playground.work(task, Math.min(16, left), nothing));
    return this.status;
  }
  /** What is looked at: another sample, another head, other settings of the view. @param {object} selection */
  select(selection) {
    return this.#pull((playground) => playground.select(selection, nothing));
  }
  /** @param {...string} names @returns {Promise<Record<string, {name: string, shape: number[], data: Float32Array}>>} */
  async frames(...names) {
    const { frames } = await this.#do((playground) => playground.look({ frames: names, readouts: false }));
    return Object.fromEntries(frames.map((/** @type {any} */ frame) => [frame.name, frame]));
  }
  /** What was measured at this state, beside what theory expects. */
  async readouts() {
    return (await this.#do((playground) => playground.look({ frames: [], readouts: true }))).readouts;
  }
  /** The fragment of a link to this step, with the fingerprint of what stands there. */
  async link() {
    const check = await this.fingerprint();
    return this.#module.format({ ...this.experiment, at: this.at, check });
  }
  fingerprint() {
    return this.#do(async (playground) => playground.fingerprint());
  }
  /** Gives back what it holds. */
  close() {
    return this.#do(async (playground) => {
      this.#playground = null;
      playground.free();
    });
  }
}
const nothing = { frames: [], readouts: false };

/** Opens a link, whole or its part after "#", at the step that it names. @param {string} link */
export async function open(link) {
  const fragment = fragmentOf(link);
  const module = await engineFor(fragment);
  const parsed = module.parse(fragment);
  const model = module.model(parsed.experiment) ?? null;
  const playground = await module.open(
    parsed.experiment,
    model === null ? undefined : await weights(model),
  );
  const run = new Run(module, playground, parsed, await playground.status());
  if (parsed.experiment.at) await run.seek(parsed.experiment.at);
  return run;
}

// Which engine does the work: the one without networks at once, the CPU behind it, WebGPU where it was measured faster.
import { ignoreRejection } from "./loader.js";
import { median } from "./sessions.js";
/** @import { Experiment, Schema } from "../types.js" */
/** @import { Loader } from "./loader.js" */
/** @import { Engine, Open, Sessions } from "./sessions.js" */

/** WebGPU takes over on "auto" when a unit of this session's work takes it less than this share of the CPU's time. */
const margin = 0.8;
/** Timed units that a comparison needs on either engine. */
const enough = 3;
/** Settings that say how much work a step is. */
const amounts = ["samples", "particles", "points", "data"];

/**
 * @param {object} parts
 * @param {"core" | "maths"} [parts.first] the engine that comes first
 * @param {Loader} parts.loader
 * @param {Sessions} parts.sessions
 * @param {() => Promise<"none" | "software" | "hardware">} parts.gpuKind
 * @param {() => Promise<never>} parts.lost rejects when a GPU device opened from now on goes away
 * @param {(key: string, level: "quiet" | "info" | "warning", detail?: string | Record<string, number>) => void} parts.notify
 * @param {(error: unknown) => void} parts.fail the network cannot come
 * @param {(task: () => any) => Promise<any>} parts.enqueue runs between two requests of the page
 */
export function createLadder({ first = "core", loader, sessions, gpuKind, lost, notify, fail, enqueue }) {
  /** @type {Engine | null} the one that holds what needs networks */
  let networks = null;
  /** @type {Promise<never> | null} rejects when the device of `networks` is lost */
  let gone = null;
  /** The visitor's choice: auto, cpu or webgpu. */
  let choice = "auto";
  /** Why WebGPU stays out, once that is known: it failed, or it lost a rehearsal for this kind of work. @type {Set<string>} */
  const out = new Set();
  /** Counts changes of engine: one that was overtaken must not come through. */
  let change = 0;
  let climbing = false;
  let trying = false;
  /** What labs say of themselves. @type {Map<string | null, Promise<Schema>>} */
  const known = new Map();

  const core = async () => ({ device: /** @type {const} */ ("core"), module: await loader.engine("core") });
  const maths = async () => ({
    device: /** @type {const} */ ("maths"),
    module: await loader.engine("maths"),
  });
  /** Any engine reads and writes links and knows all labs: the one that came first does. */
  const links = () => loader.engine(first);
  /** @param {string | null} lab */
  function schema(lab) {
    const there = known.get(lab) ?? links().then((module) => module.schema(lab));
    known.set(lab, there);
    there.catch(() => known.delete(lab));
    return there;
  }
  /** @param {Experiment} experiment */
  const describe = async ({ lab }) => (await schema(lab)).lab;
  /** Whether a graphics processor does its work, that of a task or its steps: never, asked (where a visitor asks for it) or measured.
   * @param {Experiment} experiment @param {Open["doing"]} [doing] @returns {Promise<"never" | "asked" | "measured">} */
  const asksThere = async (experiment, doing) =>
    (await links()).webgpu(experiment, doing?.verb === "work" ? doing.task : undefined);
  /** What is worked on: another batch or another kind of work is another comparison. @param {Open} open */
  const workOf = ({ experiment: { lab, values }, doing }) =>
    [lab, doing.verb === "work" ? doing.task : "", ...amounts.map((key) => values[key] ?? "")].join(" ");

  /** @param {Experiment} experiment */
  async function cpuFor(experiment) {
    const model = (await links()).model(experiment) ?? null;
    const [engine] = await Promise.all([loader.engine("cpu"), model === null ? null : loader.weights(model)]);
    return { device: /** @type {const} */ ("cpu"), module: engine };
  }

  /** Moves all sessions that need networks to `engine`: prepared beside what stands, then put in its place at once.
   * @param {Engine} engine @param {Promise<never> | null} device @returns {Promise<boolean>} false if another change came first */
  async function move(engine, device) {
    const mine = ++change;
    const preparing = sessions.prepare(engine);
    let prepared;
    try {
      prepared = await (device ? Promise.race([preparing, device]) : preparing);
    } catch (error) {
      // A device that was lost may still finish later; what it prepared is nobody's then.
      preparing.then(
        (late) => late.discard(),
        () => {},
      );
      throw error;
    }
    if (mine !== change) {
      prepared.discard();
      return false;
    }
    if (!prepared.commit()) notify("why.restarted", "warning");
    networks = engine;
    gone = device;
    return true;
  }

  /** From the engine without networks to the CPU, once it and the weights are there. */
  async function climb() {
    const open = sessions.waiting();
    if (climbing || !open) return;
    climbing = true;
    try {
      const engine = networks ?? (await cpuFor(open.experiment));
      await enqueue(async () => {
        const now = sessions.waiting();
        if (!now) return;
        // Another experiment may need other weights.
        const model = now.engine.module.model(now.experiment);
        if (model) await loader.weights(model);
        if (await move(engine, gone)) notify("why.network", "quiet");
      });
    } catch (error) {
      fail(error);
    } finally {
      climbing = false;
    }
  }

  /** @param {string} key @param {"quiet" | "warning"} level @param {string} [detail] */
  async function toCpu(key, level, detail) {
    const open = sessions.newest();
    if (networks?.device === "webgpu" && open) await move(await cpuFor(open.experiment), null);
    else if (networks?.device === "webgpu") [networks, gone] = [null, null];
    notify(key, level, detail);
  }

  /** A WebGPU that wins, or was asked for, takes over; at other work than it won at, the CPU does again. */
  async function consider() {
    const open = sessions.newest();
    if (trying || !open || choice === "cpu") return;
    if (open.engine.device === "webgpu" && choice === "auto") return leave();
    if (open.engine.device !== "cpu" || out.has("failed")) return;
    const forced = choice === "webgpu";
    const webgpu = await asksThere(open.experiment, open.doing);
    if (webgpu === "never") return notify("why.never", forced ? "warning" : "quiet");
    if (!forced && (out.has(workOf(open)) || webgpu !== "measured")) return;
    trying = true;
    try {
      const kind = await gpuKind();
      if (kind === "none" || (kind === "software" && !forced)) {
        out.add("failed");
        return notify(kind === "none" ? "why.none" : "why.software", forced ? "warning" : "quiet");
      }
      if (!forced && (open.times.length < enough || !busy(open))) return;
      notify("why.loading", "quiet");
      await attempt(open, forced);
    } finally {
      trying = false;
    }
  }

  /** Back to the CPU, if WebGPU is not known to be faster at what is done now. */
  const leave = () =>
    enqueue(async () => {
      const open = sessions.newest();
      if (choice !== "auto" || open?.engine.device !== "webgpu") return;
      if ((await asksThere(open.experiment, open.doing)) !== "measured") await toCpu("why.other", "quiet");
    });

  /** Whether there is work left to compare engines by. @param {Open} open */
  const busy = ({ doing, status }) => doing.verb === "work" || status.computed < status.length;

  /** The median of `rounds` units on `engine`; null if there was less to do. @param {Engine} engine @param {Open} open @param {number} rounds */
  async function rehearse(engine, open, rounds) {
    const trial = await sessions.rehearsal(engine, open);
    try {
      await trial.unit();
      // Nothing else may run while it is timed.
      return await enqueue(async () => {
        const times = [];
        for (let round = 0; round < rounds; round++) times.push(await trial.unit());
        return times.includes(null) ? null : median(/** @type {number[]} */ (times));
      });
    } finally {
      trial.end();
    }
  }

  /** @param {Open} open @param {boolean} forced */
  async function attempt(open, forced) {
    const device = ignoreRejection(lost());
    try {
      const engine = { device: /** @type {const} */ ("webgpu"), module: await loader.engine("webgpu") };
      const theirs = await Promise.race([rehearse(engine, open, forced ? 0 : enough), device]);
      const ours = median(open.times);
      if (!forced) {
        // Nothing was left to rehearse with: the next session decides.
        if (theirs === null || ours === null) return notify("why.start", "quiet");
        if (theirs > margin * ours) {
          out.add(workOf(open));
          return notify("why.slower", "quiet", { webgpu: theirs, cpu: ours });
        }
      }
      await enqueue(async () => {
        if (choice === "cpu" || sessions.newest()?.engine.device !== "cpu") return;
        if (!(await move(engine, device))) return;
        device.catch((error) => enqueue(() => recover(error)));
        if (forced) notify("why.webgpu", "info");
        else notify("why.faster", "info", { webgpu: theirs, cpu: ours });
      });
    } catch (error) {
      loader.renew("webgpu");
      out.add("failed");
      notify("why.failed", "warning", String(/** @type {Error} */ (error).message ?? error));
    }
  }

  /** The device of the engine in use went away: the CPU goes on from what the last pull left. @param {Error} error */
  async function recover(error) {
    // Even a device that is not in use now must not be taken up again once it is lost.
    loader.renew("webgpu");
    if (networks?.device !== "webgpu") return;
    out.add("failed");
    await toCpu("why.lost", "warning", error.message);
  }

  return {
    core,
    links,
    schema,
    /** A link was read: what its lab will need may come while the page fetches the lab. @param {Experiment} experiment */
    async expect(experiment) {
      if ((await describe(experiment)).engine === "maths") ignoreRejection(loader.engine("maths"));
    },
    recover,
    /** The promise that rejects when the device in use is lost; null on the CPU. */
    gone: () => gone,
    /** @param {Experiment} experiment */
    async open(experiment) {
      choice = String(experiment.values.device ?? "auto");
      const { engine } = await describe(experiment);
      if (engine === "core") return sessions.open(await core(), experiment, true);
      if (engine === "maths") return sessions.open(await maths(), experiment, true);
      if (engine === "core-then-networks" && !networks) return sessions.open(await core(), experiment, false);
      if ((await asksThere(experiment)) === "never")
        return sessions.open(await cpuFor(experiment), experiment, false);
      networks ??= await cpuFor(experiment);
      return sessions.open(networks, experiment, false);
    },
    /** The network of a file in the place of the one that `experiment` asks or trains, once it has been tried. @param {Experiment} experiment @param {Uint8Array | null} file */
    async bring(experiment, file) {
      if (file) await sessions.test(await cpuFor(experiment), experiment, file);
      sessions.bring(file && { lab: experiment.lab, file });
    },
    /** What goes on behind a picture that stands. */
    async idle() {
      await climb();
      await consider();
    },
    /** Chosen by hand, a failure of before is no reason not to try. @param {string} device */
    async use(device) {
      choice = device;
      out.clear();
      change++;
      if (device === "cpu") return enqueue(() => toCpu("why.chosen", "quiet"));
      if (device === "auto" && networks?.device === "webgpu" && (await gpuKind()) === "software")
        return enqueue(() => toCpu("why.software", "quiet"));
      await consider();
    },
    /** Everything from the start. */
    reset() {
      change++;
      [networks, gone] = [null, null];
      known.clear();
      out.clear();
      sessions.clear();
      loader.reload();
    },
  };
}

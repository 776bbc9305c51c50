// Proves this browser, in the worker that measures it: files, bits, reference runs and known constants, on every engine there is.
import { weightsOf } from "./assets.js";
import { gpuKind } from "./gpu.js";
import { loadEngine } from "./load.js";
import { sealOf } from "./poke.js";
import { answer } from "./timed.js";

/** @typedef {import("../types.js").Text} Text */
/** @typedef {"cpu" | "maths" | "webgpu"} Engine */
/** @typedef {{id: string, value: number, tolerance: number, what: Text, source: Text}} Constant */
/**
 * What is to be proved; see ui/proof.json.
 * @typedef {object} Proof
 * @property {Record<string, string>} weights SHA-256 of the files
 * @property {{what: Text, link: string, webgpu: boolean, long?: boolean, check: string, source: Text}[]} runs links with the fingerprint that they must come to; long: an emulated card would take half an hour
 * @property {{engine: Engine, link: string, readouts: Constant[]}[]} numbers
 */
/**
 * One thing that was proved, or was not.
 * @typedef {object} Proved
 * @property {"weights" | "bits" | "run" | "number"} kind
 * @property {number | string} of which one: its place in the list, or its name
 * @property {Engine | null} engine
 * @property {boolean | null} holds null: it could not be tried here
 * @property {string} [found] @property {number | null} [value] @property {number | null} [gap]
 */

const nothing = { frames: [], readouts: false };
/** @param {Proof} proof @param {(proved: Proved) => void} tell @param {(kind: string) => void} tellGpu */
export async function prove({ weights, runs, numbers }, tell, tellGpu) {
  /** @type {Map<string, Promise<Uint8Array>>} */
  const files = new Map();
  /** @param {string} name */
  const bytesOf = (name) => {
    const known =
      files.get(name) ??
      fetch(weightsOf(name).url).then(async (got) => new Uint8Array(await got.arrayBuffer()));
    files.set(name, known);
    return known;
  };
  for (const [name, seal] of Object.entries(weights)) {
    const found = await sealOf(await bytesOf(name));
    tell({
      kind: "weights",
      of: name,
      engine: null,
      holds: found === null ? null : found === seal,
      found: found ?? "",
    });
  }

  /** @param {any} module @param {string} link */
  async function reach(module, link) {
    const { experiment } = module.parse(link);
    const model = module.model(experiment) ?? null;
    const playground = await module.open(experiment, model === null ? undefined : await bytesOf(model));
    const { length } = await playground.status();
    await playground.seek(Math.min(experiment.at ?? 0, length), nothing);
    return playground;
  }

  const { module: cpu } = await loadEngine("cpu", () => {});
  const { module: maths } = await loadEngine("maths", () => {});
  for (const [i, { engine, link, readouts }] of numbers.entries()) {
    const playground = await reach(engine === "maths" ? maths : cpu, link);
    const answered = await playground.look({ frames: [], readouts: true });
    for (const { id, value, tolerance } of readouts) {
      const measured =
        answered.readouts.find((/** @type {{id: string}} */ one) => one.id === id)?.value ?? null;
      const gap = measured === null ? null : Math.abs(measured - value);
      tell({
        kind: "number",
        of: `${i} ${id}`,
        engine,
        holds: gap !== null && gap <= tolerance,
        value: measured,
        gap,
      });
    }
    playground.free();
  }

  /** @param {Engine} engine @param {any} module @param {string} [gpu] */
  async function run(engine, module, gpu) {
    for (const [i, { link, check, webgpu, long }] of runs.entries()) {
      if (engine === "webgpu" && !webgpu) continue;
      if (long && gpu === "software") {
        tell({ kind: "run", of: i, engine, holds: null, found: "long" });
        continue;
      }
      const playground = await reach(module, link);
      const { verdict, rms } = await playground.compare(check);
      playground.free();
      tell({
        kind: "run",
        of: i,
        engine,
        holds: verdict === "exact" || verdict === "close",
        found: verdict,
        gap: rms,
      });
    }
  }
  await run("cpu", cpu);

  /** @type {Map<string, Float32Array>} */
  const references = new Map();
  const specs = cpu.drawn_workloads();
  for (const spec of specs) {
    const workload = await cpu.drawn_workload(spec.id, new Float32Array());
    const { answers } = await answer(spec, workload, 0, Number.POSITIVE_INFINITY);
    workload.free();
    references.set(spec.id, answers);
    const found = cpu.hash_of(answers);
    tell({ kind: "bits", of: spec.id, engine: "cpu", holds: found === spec.hash, found });
  }

  const kind = await gpuKind();
  tellGpu(kind);
  if (kind === "none") return;
  const { module: webgpu } = await loadEngine("webgpu", () => {});
  // A device that is emulated would learn for minutes.
  const learning = (/** @type {{unit: string}} */ { unit }) => unit === "step";
  for (const spec of specs) {
    if (kind === "software" && learning(spec)) continue;
    const workload = await webgpu.drawn_workload(spec.id, references.get(spec.id));
    const { answers } = await answer(spec, workload, 0, Number.POSITIVE_INFINITY);
    const gap = await workload.error(0, answers);
    workload.free();
    tell({ kind: "bits", of: spec.id, engine: "webgpu", holds: gap <= spec.tolerance, gap });
  }
  await run("webgpu", webgpu, kind);
}

// Measures this browser, in a worker of its own: the workloads that are drawn, on the processor and then on WebGPU. Or proves it.
import { gpuKind } from "./gpu.js";
import { loadEngine } from "./load.js";
import { prove } from "./proving.js";
import { answer, countGpu, timed } from "./timed.js";
/** @import { Spec } from "./timed.js" */

/** @typedef {Spec & {hash: string}} Drawn the hash of what it answers on every processor */
/** @typedef {{id: string, engine: "cpu" | "webgpu", good: boolean, error: number | null, times: number[], first: number, dispatches: number}} Row ms a unit; of the first call ms altogether */

const port = /** @type {{postMessage(message: any): void, onmessage: any}} */ (/** @type {any} */ (self));
const counted = countGpu();
const how = { budget: 1000, most: 200, counted };

/** A device that takes so many ms for a picture is one that is emulated; what is heavy would take it minutes. */
const slow = 1000;
const heavy = ["w1b16", "w3", "w4"];

async function all() {
  const { module: cpu } = await loadEngine("cpu", () => {});
  /** @type {Drawn[]} */
  const specs = cpu.drawn_workloads();
  port.postMessage({ specs });
  /** @type {Map<string, Float32Array>} */
  const references = new Map();
  for (const spec of specs) {
    port.postMessage({ now: { id: spec.id, engine: "cpu" } });
    const workload = await cpu.drawn_workload(spec.id, new Float32Array());
    const { answers, ms } = await answer(spec, workload, 0, Number.POSITIVE_INFINITY);
    references.set(spec.id, answers);
    const good = cpu.hash_of(answers) === spec.hash;
    const { times } = await timed(spec, workload, how);
    workload.free();
    port.postMessage({
      row: { id: spec.id, engine: "cpu", good, error: null, times, first: ms, dispatches: 0 },
    });
  }
  const kind = await gpuKind();
  port.postMessage({ kind });
  if (kind === "none") return;
  const { module: webgpu } = await loadEngine("webgpu", () => {});
  let picture = 0;
  for (const spec of specs) {
    if (heavy.includes(spec.id) && picture > slow) continue;
    port.postMessage({ now: { id: spec.id, engine: "webgpu" } });
    const workload = await webgpu.drawn_workload(spec.id, references.get(spec.id));
    const { times, first, error, counts } = await timed(spec, workload, how);
    workload.free();
    if (spec.id === "w1b1") picture = Math.min(...times);
    const good = error <= spec.tolerance;
    const { dispatches } = counts;
    port.postMessage({
      row: { id: spec.id, engine: "webgpu", good, error, times, first: first.ms, dispatches },
    });
  }
  await tellAdapter();
}

/** What the graphics processor is called. */
async function tellAdapter() {
  const adapter = await /** @type {any} */ (navigator).gpu.requestAdapter();
  const { vendor, architecture, description } = adapter?.info ?? {};
  port.postMessage({ adapter: [vendor, architecture, description].filter(Boolean).join(" ") });
}

/** @param {import("./proving.js").Proof} proof */
const proved = (proof) =>
  prove(
    proof,
    (proved) => port.postMessage({ proved }),
    (kind) => {
      port.postMessage({ kind });
      if (kind !== "none") void tellAdapter();
    },
  );

port.onmessage = (/** @type {{data: {proof?: import("./proving.js").Proof}}} */ { data }) =>
  void (data.proof ? proved(data.proof) : all()).then(
    () => port.postMessage({ done: true }),
    (error) => port.postMessage({ failure: String(error?.message ?? error) }),
  );

// Times a standard workload: every answer is checked before its time counts, and what goes to the GPU is counted.

/** @typedef {{id: string, unit: string, units: number, parts: number, error: string, tolerance: number}} Spec see crate/workloads.rs */
/** @typedef {{dispatches: number, passes: number, submits: number, writes: number, written: number, readbacks: number, buffers: number, bindGroups: number, pipelines: number}} Counts `written`: bytes; `pipelines`: asked for, compiled ahead or not */

/** Counts from now on what goes to the GPU; an addition a call is all that it costs. @returns {Counts} */
export function countGpu() {
  const counted = {
    dispatches: 0,
    passes: 0,
    submits: 0,
    writes: 0,
    written: 0,
    readbacks: 0,
    buffers: 0,
    bindGroups: 0,
    pipelines: 0,
  };
  /** @param {string} type @param {string[]} names @param {keyof Counts} as @param {(args: any[]) => number} [by] */
  function count(type, names, as, by = () => 1) {
    const prototype = /** @type {any} */ (globalThis)[type]?.prototype;
    for (const name of prototype ? names : []) {
      const original = prototype[name];
      prototype[name] = function (/** @type {any[]} */ ...args) {
        counted[as] += by(args);
        return original.apply(this, args);
      };
    }
  }
  count("GPUComputePassEncoder", ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"], "dispatches");
  count("GPUCommandEncoder", ["beginComputePass"], "passes");
  count("GPUQueue", ["submit"], "submits");
  count("GPUQueue", ["writeBuffer"], "writes");
  // A part of what is given, in its own elements, or all of it.
  count("GPUQueue", ["writeBuffer"], "written", ([, , data, , size]) =>
    size === undefined ? data.byteLength : size * (data.BYTES_PER_ELEMENT ?? 1),
  );
  count("GPUBuffer", ["mapAsync"], "readbacks");
  count("GPUDevice", ["createBuffer"], "buffers");
  count("GPUDevice", ["createBindGroup"], "bindGroups");
  count("GPUDevice", ["createComputePipeline"], "pipelines");
  return counted;
}

/** Least, median and most. @param {number[]} times */
export function spread(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return { least: sorted[0], median: sorted[sorted.length >> 1], most: sorted[sorted.length - 1] };
}

/** The answers to call number `call`, one after the other; past the budget no further part is asked for. @param {Spec} spec @param {any} workload @param {number} call @param {number} budget ms */
export async function answer(spec, workload, call, budget) {
  let passed = await workload.input(call);
  const answers = [];
  const began = performance.now();
  while (answers.length < spec.parts && (!answers.length || performance.now() - began < budget))
    answers.push((passed = await workload.part(answers.length, passed)));
  const ended = performance.now();
  return {
    answers: Float32Array.from(answers.flatMap((answer) => [...answer])),
    units: (spec.units * answers.length) / spec.parts,
    ms: ended - began,
    ended,
  };
}

/**
 * Calls a workload until `budget` is spent: the first call, two to warm up if there is time for them, then the timed ones.
 * @param {Spec} spec @param {any} workload as crate/web/bench.rs has it @param {{budget: number, most: number, counted: Counts}} how ms, and calls at most
 */
export async function timed(spec, workload, { budget, most, counted }) {
  let error = 0;
  /** @param {number} call */
  async function once(call) {
    const before = { ...counted };
    const { answers, units, ms, ended } = await answer(spec, workload, call, budget);
    const gap = await workload.error(call, answers);
    // A reference that is not there says nothing; a number that is none says that all is wrong.
    if (gap !== undefined) error = Math.max(gap, error);
    const counts = Object.fromEntries(
      Object.entries(counted).map(([key, n]) => [
        key,
        (n - before[/** @type {keyof Counts} */ (key)]) / units,
      ]),
    );
    return { ms, each: ms / units, ended, units, counts };
  }
  const first = await once(0);
  let call = 1;
  while (call < 3 && first.ms < budget / 10) await once(call++);
  const done = [];
  for (
    let spent = 0;
    done.length < most && (!done.length || spent < budget);
    spent += done[done.length - 1].ms
  )
    done.push(await once(call++));
  const last = done[done.length - 1];
  return {
    error,
    calls: done.length,
    units: last.units,
    times: done.map(({ each }) => each),
    counts: last.counts,
    first,
  };
}

// Runs one standard workload on one engine: checks every answer, times calls, counts what goes to the GPU.
const asked = new URLSearchParams(location.search);
const [engine, id] = ["engine", "workload"].map((key) => /** @type {string} */ (asked.get(key)));
const [budget, most] = ["budget", "calls"].map((key) => Number(asked.get(key)));

/** Counted before the engine starts; an addition a call is all that it costs. */
const counted = { dispatches: 0, passes: 0, submits: 0, writes: 0, bindGroups: 0 };
/** @param {string} type @param {string[]} names @param {keyof typeof counted} as */
function count(type, names, as) {
  const prototype = /** @type {any} */ (globalThis)[type]?.prototype;
  for (const name of prototype ? names : []) {
    const original = prototype[name];
    prototype[name] = function (/** @type {any[]} */ ...args) {
      counted[as]++;
      return original.apply(this, args);
    };
  }
}
count("GPUComputePassEncoder", ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"], "dispatches");
count("GPUCommandEncoder", ["beginComputePass"], "passes");
count("GPUQueue", ["submit"], "submits");
count("GPUQueue", ["writeBuffer"], "writes");
count("GPUDevice", ["createBindGroup"], "bindGroups");

async function open() {
  const module = await import(`/engine/${engine}/chailou.js`);
  await module.default();
  const spec = module.workload_spec(id);
  const files = await Promise.all(
    spec.files.map(async (/** @type {string} */ name) => {
      const answer = await fetch(`/data/${name}`);
      if (!answer.ok) throw new Error(`the file ${name} is missing in the folder of the workloads`);
      return [name, new Uint8Array(await answer.arrayBuffer())];
    }),
  );
  return { spec, workload: await module.open_workload(id, Object.fromEntries(files)) };
}

/** @param {number} origin when the navigation began */
async function run(origin) {
  const { spec, workload } = await open();
  let error = 0;
  /** Calls number `call`; past the budget no further part is asked for. @param {number} call */
  async function once(call) {
    let passed = await workload.input(call);
    const before = { ...counted };
    const answers = [];
    const began = performance.now();
    while (answers.length < spec.parts && (!answers.length || performance.now() - began < budget)) {
      answers.push((passed = await workload.part(answers.length, passed)));
    }
    const ended = performance.now();
    const units = (spec.units * answers.length) / spec.parts;
    const gap = await workload.error(call, Float32Array.from(answers.flatMap((answer) => [...answer])));
    // A reference that is not there says nothing; a number that is none says that all is wrong.
    if (gap !== undefined) error = Math.max(gap, error);
    const counts = Object.fromEntries(
      Object.entries(counted).map(([key, n]) => [
        key,
        (n - before[/** @type {keyof typeof counted} */ (key)]) / units,
      ]),
    );
    return { ms: ended - began, each: (ended - began) / units, ended, units, counts };
  }
  const first = await once(0);
  let call = 1;
  // Two to warm up, if there is time for them.
  while (call < 3 && first.ms < budget / 10) await once(call++);
  const timed = [];
  for (
    let spent = 0;
    timed.length < most && (!timed.length || spent < budget);
    spent += timed[timed.length - 1].ms
  )
    timed.push(await once(call++));
  const last = timed[timed.length - 1];
  const adapter = engine === "webgpu" ? await /** @type {any} */ (navigator).gpu?.requestAdapter() : null;
  return {
    spec,
    error,
    calls: timed.length,
    units: last.units,
    times: timed.map(({ each }) => each),
    counts: last.counts,
    first: first.ms,
    navigation: performance.timeOrigin + first.ended - origin,
    isolated: crossOriginIsolated,
    adapter: adapter && `${adapter.info.vendor} ${adapter.info.architecture}`,
    software: adapter ? adapter.info.isFallbackAdapter : null,
  };
}

self.onmessage = ({ data }) =>
  void run(data).then(postMessage, (error) => postMessage({ failure: String(error?.message ?? error) }));

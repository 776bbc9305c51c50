// Runs one standard workload on one engine, for the page of the bench.
import { countGpu, spread, timed } from "../../../www/engine/timed.js";
import { opened, started } from "./opened.js";

const asked = new URLSearchParams(location.search);
const [engine, id] = ["engine", "workload"].map((key) => /** @type {string} */ (asked.get(key)));
const [grows, sizes] = [asked.get("grows"), asked.get("sizes")?.split(",").map(Number)];
const [budget, most] = ["budget", "calls"].map((key) => Number(asked.get(key)));

const counted = countGpu();

/** @param {number} origin when the navigation began */
async function run(origin) {
  const { spec, workload } = await opened(await started(engine), id);
  const { first, ...measured } = await timed(spec, workload, { budget, most, counted });
  const adapter = engine === "webgpu" ? await /** @type {any} */ (navigator).gpu?.requestAdapter() : null;
  return {
    spec,
    ...measured,
    first: first.ms,
    navigation: performance.timeOrigin + first.ended - origin,
    isolated: crossOriginIsolated,
    adapter: adapter && `${adapter.info.vendor} ${adapter.info.architecture}`,
    software: adapter ? adapter.info.isFallbackAdapter : null,
  };
}

/** The median ms of a call, size by size. */
async function grow() {
  const module = await started(engine);
  const spec = module.workload_spec(grows === "batch" ? "w1b1" : "w2f");
  const medians = [];
  for (const size of sizes ?? []) {
    const workload = await module.scaled_workload(grows, size);
    const { times } = await timed(spec, workload, { budget, most, counted });
    medians.push(spread(times).median);
    workload.free();
  }
  return { medians };
}

self.onmessage = ({ data }) =>
  void (grows ? grow() : run(data)).then(postMessage, (error) =>
    postMessage({ failure: String(error?.message ?? error) }),
  );

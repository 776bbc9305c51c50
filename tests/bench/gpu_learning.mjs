// Learning on WebGPU in Node through Dawn: gradients and Adam beside the processor's, then W3 and W4, checked and timed.
// node tests/bench/gpu_learning.mjs ENGINES [--no-twins] [--cases 0,3] [--lessons 0,2] [--workloads DIR] [--only w3,w4] [--calls N]
// [--seconds N] [--profile]; ENGINES is the folder that `./build.sh bench` fills; cases are networks of any size, lessons those of
// the page's own trainings; the first N calls of ten steps are checked, five unless
// said (a software device takes minutes for one); 0 seconds: nothing is timed.
import fs from "node:fs";
import path from "node:path";
import { countGpu } from "../../www/engine/timed.js";
import { start } from "./dawn.mjs";
import { asked, end, row } from "./options.mjs";
import { watched } from "./profile.mjs";

const { engines, option, flag } = asked(
  "ENGINES [--no-twins] [--cases 0,3] [--lessons 0,2] [--workloads DIR] [--only w3,w4] [--calls N] [--seconds N] [--profile]",
);
const { gpu_learning_gaps, gpu_training_gaps, gpu_learning_lost, open_workload, workload_spec } =
  await start(engines);
const profile = flag("profile") ? watched() : undefined;

/** @param {(at: number) => Promise<[string, number | null, number][]>} gaps @param {string | undefined} cases */
async function tried(gaps, cases) {
  const chosen = cases?.split(",").filter(Boolean).map(Number);
  for (let at = 0; ; at++) {
    if (chosen && !chosen.includes(at)) {
      if (at > Math.max(-1, ...chosen)) break;
      continue;
    }
    const rows = await gaps(at);
    if (!rows) break;
    // What is no number was lost on the way: infinity.
    for (const [name, off, may] of rows)
      row(`${name}: ${off?.toExponential(1)} of ${may}`, off !== null && off < may);
  }
}

if (!flag("no-twins")) {
  await tried(gpu_learning_gaps, option("cases"));
  await tried(gpu_training_gaps, option("lessons"));
  row(`a lost device says: ${await gpu_learning_lost()}`);
}

const folder = option("workloads");
if (!folder) end();

/** What WebGPU is asked for. */
const counts = countGpu();

const learnt = ["w3", "w4"];
for (const id of (option("only") ?? learnt.join()).split(",").filter((id) => learnt.includes(id))) {
  const { files, units, tolerance } = workload_spec(id);
  const bytes = (name) => new Uint8Array(fs.readFileSync(path.join(folder, name)));
  const before = { ...counts };
  let begin = performance.now();
  const workload = await open_workload(id, Object.fromEntries(files.map((name) => [name, bytes(name)])));
  const opened = performance.now() - begin;
  let off = 0;
  let first = 0;
  let call = 0;
  for (; call < Number(option("calls", 5)); call++) {
    const input = await workload.input(call);
    begin = performance.now();
    const losses = await workload.part(0, input);
    if (call === 0) first = performance.now() - begin;
    const error = await workload.error(call, losses);
    off = Math.max(off, error ?? Infinity);
  }
  row(
    `${id}: opened in ${opened.toFixed(0)} ms, first call ${first.toFixed(0)} ms with ${counts.pipelines - before.pipelines} pipelines; ` +
      `losses of ${call * units} steps ${off.toExponential(1)} away from the reference, as a share of each`,
    off < tolerance,
  );
  const seconds = Number(option("seconds", 3));
  if (seconds > 0) {
    const times = [];
    const made = { ...counts };
    const until = performance.now() + 1000 * seconds;
    for (; times.length < 5 || performance.now() < until; call++) {
      const input = await workload.input(call);
      begin = performance.now();
      await workload.part(0, input);
      times.push((performance.now() - begin) / units);
    }
    times.sort((a, b) => a - b);
    const each = (key) => (counts[key] - made[key]) / (times.length * units);
    row(
      `${id}: ${times[0].toFixed(3)} / ${times[times.length >> 1].toFixed(3)} / ${times.at(-1).toFixed(3)} ms a step (least / median / most of ` +
        `${times.length} calls of ${units}); a step has ${each("dispatches")} dispatches, ${each("submits")} submits, ${each("readbacks")} readbacks, ${each("written").toFixed(0)} bytes there`,
    );
    const more = ["buffers", "bindGroups", "pipelines"].map((key) => counts[key] - made[key]);
    row(
      `${id}: ${times.length * units} steps made ${more.join(", ")} buffers, groups, pipelines`,
      !more.some(Boolean),
    );
  }
  if (profile) {
    const input = await workload.input(0);
    await profile(() => workload.part(0, input), units);
  }
}
end();

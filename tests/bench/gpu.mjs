// Our WebGPU operators in Node through Dawn (npm package `webgpu`): the laws of plans, then workloads, checked and timed.
// node tests/bench/gpu.mjs ENGINES [--workloads DIR] [--seconds N] [--pictures 1,16] [--profile] [--no-laws] [--no-twins]; ENGINES is the folder of `./build.sh bench`.
import fs from "node:fs";
import path from "node:path";
import { start } from "./dawn.mjs";
import { asked, end, row } from "./options.mjs";
import { watched } from "./profile.mjs";

const { engines, option, flag } = asked(
  "ENGINES [--workloads DIR] [--seconds N] [--pictures 1,16] [--profile] [--no-laws] [--no-twins]",
);
const { GpuBench } = await start(engines);
const profile = flag("profile") ? watched() : undefined;

const bench = await GpuBench.open();
const names = ["dispatches", "submits", "written", "read", "pipelines"];
const counts = () => Object.fromEntries([...bench.counts()].map((n, i) => [names[i], n]));

if (!flag("no-laws")) {
  await bench.laws();
  row("laws: hold");
}
if (!flag("no-twins")) {
  for (const [name, counts] of bench.twins()) {
    for (const pictures of counts) {
      const error = await bench.twin(name, pictures);
      row(
        `${name} of ${pictures}: ${error.toExponential(1)} of the largest number beside the processor's`,
        error < 2e-5,
      );
    }
  }
}

const folder = option("workloads");
if (folder) {
  const bytes = (name) => fs.readFileSync(path.join(folder, name));
  const floats = (name) => new Float32Array(Uint8Array.from(bytes(name)).buffer);
  const seconds = Number(option("seconds", 3));

  /** Calls `run` until time is up; its answers are checked by `error` first. */
  const measure = async (name, open, run, error, tolerance) => {
    const before = counts();
    const begin = performance.now();
    const network = open();
    const answer = await run(network);
    const first = performance.now() - begin;
    const made = counts();
    const times = [];
    const until = performance.now() + 1000 * seconds;
    while (times.length < 1 || performance.now() < until) {
      const start = performance.now();
      await run(network);
      times.push(performance.now() - start);
    }
    const after = counts();
    const each = (key) => (after[key] - made[key]) / times.length;
    times.sort((a, b) => a - b);
    const off = error(answer);
    row(
      [
        `${name}: ${times[0].toFixed(3)} / ${times[times.length >> 1].toFixed(3)} ms (least / median of ${times.length})`,
        `first ${first.toFixed(0)} ms with ${made.pipelines - before.pipelines} pipelines`,
        `${each("dispatches")} dispatches, ${each("submits")} submits, ${each("written")} bytes there, ${each("read")} back`,
        `error ${off.toExponential(1)}`,
      ].join("  "),
      off < tolerance,
    );
    await profile?.(() => run(network));
  };
  const gap = (a, b) =>
    a.reduce(
      (most, x, i) => Math.max(most, Number.isNaN(x) ? Infinity : Math.abs(x - b[i])),
      a.length === b.length ? 0 : Infinity,
    );
  const manifest = bytes("w1.json").toString();
  const [weights, x, t, y] = [bytes("w1.bin"), floats("w1_x.bin"), floats("w1_t.bin"), floats("w1_y.bin")];
  for (const pictures of option("pictures", "1,16").split(",").map(Number)) {
    const numbers = pictures * 1024;
    await measure(
      `w1 of ${pictures}`,
      () => bench.w1(manifest, weights),
      (network) => network.forward(x.subarray(0, numbers), t.subarray(0, pictures)),
      (eps) => gap(eps, y.subarray(0, numbers)),
      5e-6,
    );
  }
}
end();

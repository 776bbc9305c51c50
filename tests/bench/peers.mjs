// The standard workloads by other libraries beside our engine, in turns in one process; those whose packages are there.
// node tests/bench/peers.mjs ENGINES --workloads DIR [--device cpu|webgpu] [--only w1b1,w3] [--seconds N] [--packages DIR]; ENGINES is the folder
// that `./build.sh bench` fills; packages are looked for from DIR, from here and in NODE_PATH.
import fs from "node:fs";
import path from "node:path";
import { countGpu, spread, timed } from "../../www/engine/timed.js";
import { load, start } from "./dawn.mjs";
import { found } from "./found.mjs";
import { asked, end, row } from "./options.mjs";
import * as jax from "./peers/jax.mjs";
import * as ort from "./peers/ort.mjs";
import { table } from "./table.mjs";

const { engines, option } = asked(
  "ENGINES --workloads DIR [--device cpu|webgpu] [--only w1b1,w3] [--seconds N] [--packages DIR]",
);
const ROUNDS = 3;
const device = option("device", "cpu");
const folder = option("workloads");
const seconds = Number(option("seconds", 3));
const only = option("only")?.split(",");
if (!folder || seconds === 0) end();

const ours = await (device === "webgpu" ? start(engines) : load(engines));
const counted = countGpu();

/** Who takes part beside us: a name, what it can, and how it opens a workload. */
const peers = [];
for (const { package_name, can, captured, load, open } of [ort, jax]) {
  const there = found(package_name, [engines, option("packages", ".")]);
  if (!there) {
    console.log(
      `${package_name} is not here: npm install ${package_name} in any folder, then --packages FOLDER`,
    );
    continue;
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(there, "package.json"), "utf8"));
  const name = `${package_name} ${version}`;
  try {
    const library = await load(there, device);
    peers.push({ name, can, open: (id, files) => open(library, id, files, device) });
    if (captured && device === "webgpu")
      peers.push({
        name: `${name}, graph captured`,
        can: captured,
        open: (id, files) => open(library, id, files, device, true),
      });
  } catch (error) {
    console.log(`${name} does not start: ${error.message}`);
  }
}

if (!peers.length) end();

/** ms after which nobody waits any more: a device may never answer. */
const PATIENCE = 30_000 + 1000 * seconds;
const silence = () =>
  new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE),
  );

/** Times of one who takes part, round by round; calls are counted on, for training goes on. */
class Contestant {
  calls = 0;
  error = 0;
  rounds = [];

  /** Opened when its turn comes first: what others compile, all wait for. */
  constructor(name, open) {
    Object.assign(this, { name, open });
  }

  async round(spec) {
    this.workload ??= await this.open();
    const { calls, workload } = this;
    const from_here = {
      input: (call) => {
        this.calls = calls + call + 1;
        return workload.input(calls + call);
      },
      part: (part, input) => workload.part(part, input),
      error: (call, answers) => workload.error(calls + call, answers),
    };
    const { error, times, counts, first } = await timed(spec, from_here, {
      budget: (1000 * seconds) / ROUNDS,
      most: 200,
      counted,
    });
    this.first ??= first.ms;
    this.error = Math.max(this.error, error);
    this.counts = counts;
    this.rounds.push(spread(times));
  }
}

const head = [
  "workload",
  "by",
  "unit",
  "least ms",
  "median ms",
  "most ms",
  "first call ms",
  "dispatches",
  "submits",
  "error",
];
console.log(`In one process, ${ROUNDS} rounds in turns; the median of the rounds' medians:`);
for (const id of only ?? ["w1b1", "w1b16", "w2f", "w2kv", "w3", "w4"]) {
  const rows = [head];
  const spec = ours.workload_spec(id);
  const files = Object.fromEntries(
    spec.files.map((name) => [name, new Uint8Array(fs.readFileSync(path.join(folder, name)))]),
  );
  const workload = await ours.open_workload(id, files);
  const all = [new Contestant("ours", () => workload)];
  for (const { name, can, open } of peers) {
    if (!can.includes(id)) continue;
    all.push(
      new Contestant(name, async () => {
        const theirs = await open(id, files);
        // Our workload hands out inputs and knows references.
        return {
          input: (call) => workload.input(call),
          part: theirs.part,
          error: (call, answers) => workload.error(call, answers),
        };
      }),
    );
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of all.filter(({ failure }) => !failure)) {
      try {
        await Promise.race([one.round(spec), silence()]);
      } catch (error) {
        one.failure = String(error.message ?? error);
      }
    }
  }
  for (const { name, rounds, error, first, counts, failure } of all) {
    const of = (key) => rounds.map((round) => round[key]);
    const good = !failure && error < spec.tolerance;
    if (failure) rows.push([id, name, `failed: ${failure}`.slice(0, 100)]);
    else
      rows.push([
        id,
        name,
        spec.unit,
        ...(good
          ? [Math.min(...of("least")), spread(of("median")).median, Math.max(...of("most"))].map((ms) =>
              ms.toPrecision(3),
            )
          : ["void", "void", "void"]),
        first.toFixed(0),
        counts.dispatches.toFixed(1),
        counts.submits.toFixed(1),
        error.toExponential(1),
      ]);
    if (name === "ours" && !good) row(`${id}, ours: ${failure ?? error}`, false);
  }
  table(rows);
}
end();

// Measures what a visitor waits for and what the engines can do, and prints it as Markdown.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { page } from "./page.mjs";
import { table } from "./table.mjs";
import { missing, peers, scaling, workloads } from "./workloads.mjs";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    steps: { type: "string", default: "40" },
    webgpu: { type: "boolean", default: false },
    workloads: { type: "string" },
    scaling: { type: "boolean", default: false },
    "workloads-only": { type: "boolean", default: false },
    engines: { type: "string" },
    only: { type: "string" },
    seconds: { type: "string", default: "20" },
    flag: { type: "string", multiple: true, default: [] },
    packages: { type: "string", default: "." },
  },
});
const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
const target =
  process.env.CARGO_TARGET_DIR ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "chailou-target");

/** The workloads without a browser. @param {string} folder */
async function native(folder) {
  const profile = existsSync(join(target, "release", "chailou")) ? "release" : "debug";
  const run = promisify(execFile)(join(target, profile, "chailou"), ["bench", "all", "--workloads", folder], {
    maxBuffer: 1e7,
  });
  const { stdout } = await run.catch(({ stderr, message }) => {
    throw new Error(stderr || message);
  });
  const rows = [
    ...stdout.matchAll(
      /^(\w+): error (\S+ \(.+?\)); ms a (\w+) min (\S+) median (\S+) max (\S+), (\d+) calls$/gm,
    ),
  ].map(([, id, error, unit, ...times]) => [id, unit, ...times, error]);
  if (!rows.length) throw new Error(`chailou bench answered: ${stdout}`);
  console.log(`\nThe same natively, CPU engine, \`${profile}\` profile:`);
  table([["workload", "unit", "min ms", "median ms", "max ms", "timed calls", "error"], ...rows]);
}

const list = (/** @type {string | undefined} */ text) => text?.split(",");
const choice = {
  data: options.workloads ?? "",
  engines: process.env.BENCH_ENGINES ?? join(target, "bench"),
  executablePath,
  seconds: Number(options.seconds),
  devices: list(options.engines),
  only: list(options.only),
  flags: options.flag,
};
if (options.scaling) {
  await scaling(choice);
  process.exit();
}
try {
  const lacks = options.workloads
    ? missing(choice)
    : "name the folder that holds their files: --workloads DIR";
  if (lacks && (options.workloads || options["workloads-only"])) throw new Error(lacks);
  if (!options["workloads-only"])
    await page({
      runs: Number(options.runs),
      steps: Number(options.steps),
      webgpu: options.webgpu,
      executablePath,
    });
  if (lacks) console.log(`\nThe standard workloads W1 to W4 were left out; ${lacks}.`);
  else {
    const bad =
      (await workloads(choice)) +
      (choice.devices?.includes("cpu") === false
        ? 0
        : await peers({ ...choice, packages: options.packages }));
    if (!options["workloads-only"]) await native(choice.data);
    if (bad) throw new Error(`${bad} of the workloads failed or gave wrong numbers`);
  }
} catch (error) {
  console.error(`\nbench: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
}

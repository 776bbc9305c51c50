// The standard workloads in Chromium, each on each engine with a profile of its own, and beside other libraries, in turns in one worker;
// wrong numbers void a time.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { spread } from "../../www/engine/timed.js";
import { head, PEERS, ROUNDS } from "./contest.mjs";
import { found } from "./found.mjs";
import { serve } from "./serve.mjs";
import { kilobytes, ms, table } from "./table.mjs";

const project = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** What a software adapter can answer within minutes. */
const LIGHT = ["w1b1", "w2f", "w2kv", "w3", "w4"];
export const WORKLOADS = ["w1b1", "w1b16", "w1c1", "w1c16", "w2f", "w2kv", "w2nokv", "w3", "w4"];
export const ENGINES = ["cpu", "webgpu"];

/**
 * @typedef {object} Choice
 * @property {string} data the folder with the files of the workloads
 * @property {string} engines the folder with a build of each engine
 * @property {string} executablePath
 * @property {string[]} [devices] engines; all by default
 * @property {string[]} [only] workloads; by default all on the CPU and the light ones on WebGPU
 * @property {number} seconds of timed calls a workload
 * @property {string[]} flags of Chromium
 */

/** @param {string} address @param {string} engine @param {string} asked what for, as the page's address has it @param {Omit<Choice, "data">} choice */
async function measure(address, engine, asked, { executablePath, seconds, flags }) {
  const args = [
    ...(engine === "webgpu" ? ["--enable-unsafe-webgpu"] : []),
    "--disable-background-networking",
    "--disable-component-update",
    ...flags,
  ];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.goto(
      `${address}tests/bench/site/index.html?engine=${engine}&${asked}&budget=${1000 * seconds}&calls=200`,
    );
    await page.waitForFunction(() => /** @type {any} */ (globalThis).answer, undefined, {
      timeout: 600_000,
      polling: 200,
    });
    const answer = await page.evaluate(() => /** @type {any} */ (globalThis).answer);
    if (answer.failure) throw new Error(answer.failure);
    return answer;
  } finally {
    await browser.close();
  }
}

/** @param {any} answer @param {Map<string, number>} sent */
function row({ spec, error, calls, units, times, counts, first, navigation, software }, sent) {
  const bytes = (/** @type {string} */ under) =>
    [...sent].filter(([path]) => path.startsWith(under)).reduce((sum, [, bytes]) => sum + bytes, 0);
  const { least, median, most } = spread(times);
  const good = error < spec.tolerance;
  const time = (/** @type {number} */ value) => (good ? ms(value) : "void");
  const rate = (/** @type {number} */ n) => (software === null ? "" : n.toFixed(n % 1 ? 1 : 0));
  const count = `${calls}${units < spec.units ? ` of ${units} ${spec.unit}s` : ""}`;
  return [
    time(navigation),
    time(first),
    spec.unit,
    time(least),
    time(median),
    time(most),
    count,
    rate(counts.dispatches),
    rate(counts.passes),
    rate(counts.submits),
    kilobytes(bytes("/engine/")),
    kilobytes(bytes("/data/")),
    `${error.toExponential(1)} ${spec.error}${good ? "" : `, more than ${spec.tolerance}`}`,
  ];
}

/** Prints the table; answers how many measurements failed or were void. @param {Choice} choice */
export async function workloads(choice) {
  const { address, taken, stop } = await serve({
    "/": project,
    "/engine/": choice.engines,
    "/data/": choice.data,
  });
  const rows = [];
  const adapters = new Set();
  let bad = 0;
  try {
    for (const engine of choice.devices ?? ENGINES) {
      for (const id of choice.only ?? (engine === "cpu" ? WORKLOADS : LIGHT)) {
        process.stderr.write(`${engine} ${id} …\n`);
        taken();
        try {
          const answer = await measure(address, engine, `workload=${id}`, choice);
          if (answer.adapter) adapters.add(`${answer.adapter}${answer.software ? ", software" : ""}`);
          if (!(answer.error < answer.spec.tolerance)) bad++;
          rows.push([`${id} ${engine}`, ...row(answer, taken())]);
        } catch (error) {
          bad++;
          rows.push([`${id} ${engine}`, `failed: ${/** @type {Error} */ (error).message}`]);
        }
      }
    }
  } finally {
    stop();
  }
  console.log(
    `\nThe standard workloads, each in a fresh Chromium with a fresh profile, checked against float64 references${adapters.size ? `; WebGPU on ${[...adapters].join(" and ")}` : ""}:`,
  );
  table([
    [
      "workload, engine",
      "navigation to first result ms",
      "first call ms",
      "unit",
      "min ms",
      "median ms",
      "max ms",
      "timed calls",
      "dispatches a unit",
      "passes",
      "submits",
      "engine fetched kB",
      "files fetched kB",
      "error",
    ],
    ...rows,
  ]);
  return bad;
}

/**
 * Prints what our CPU engine and the other libraries take for the same work, in turns in one worker a workload; answers how many went wrong.
 * The pages are not cross-origin isolated, as most are not: everybody has one thread.
 * @param {Choice & {packages: string}} choice `packages`: a folder from which their npm packages are looked for, too
 */
export async function peers(choice) {
  const names = PEERS.map(({ package_name }) => package_name);
  const there = names.flatMap((name) => {
    const folder = found(name, [choice.packages]);
    return folder ? [{ name, folder }] : [];
  });
  for (const name of names.filter((name) => !there.some((one) => one.name === name)))
    console.log(`\n${name} is not here: npm install ${name} in any folder, then --packages FOLDER`);
  const versions = there.map(({ name, folder }) => [
    name,
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version,
  ]);
  const { address, stop } = await serve(
    {
      "/": project,
      ...Object.fromEntries(there.map(({ name, folder }) => [`/packages/${name}/`, folder])),
      "/engine/": choice.engines,
      "/data/": choice.data,
    },
    false,
  );
  const can = new Set(
    PEERS.filter(({ package_name }) => there.some(({ name }) => name === package_name)).flatMap(
      ({ can }) => can,
    ),
  );
  const rows = [];
  let bad = 0;
  try {
    for (const id of (choice.only ?? WORKLOADS).filter((id) => can.has(id))) {
      process.stderr.write(`peers ${id} …\n`);
      const asked = `workload=${id}&peers=${encodeURIComponent(JSON.stringify(Object.fromEntries(versions)))}`;
      try {
        const answer = await measure(address, "cpu", asked, choice);
        if (answer.wrong) bad++;
        rows.push(...answer.rows);
      } catch (error) {
        bad++;
        rows.push([id, "all", `failed: ${/** @type {Error} */ (error).message}`]);
      }
    }
  } finally {
    stop();
  }
  if (rows.length) {
    console.log(
      `\nIn turns in one worker of Chromium a workload, one thread each, ${ROUNDS} rounds; the median of the rounds' medians:`,
    );
    table([head(false), ...rows]);
  }
  return bad;
}

/** What grows, and the sizes that it grows through. @type {Record<string, {of: string, sizes: number[]}>} */
const GROWTHS = {
  batch: { of: "W1, pictures in a batch", sizes: [1, 2, 4, 8, 16, 32, 64] },
  context: { of: "W2 forward with its maps, characters", sizes: [32, 64, 128, 256, 512] },
  width: { of: "W2 forward, numbers a position", sizes: [64, 128, 256, 512] },
};

/** Prints and plots how cost grows. @param {Omit<Choice, "data">} choice */
export async function scaling(choice) {
  const { address, stop } = await serve({
    "/": project,
    "/engine/": choice.engines,
  });
  try {
    for (const engine of choice.devices ?? ENGINES)
      for (const [grows, { of, sizes }] of Object.entries(GROWTHS)) {
        const { medians } = await measure(address, engine, `grows=${grows}&sizes=${sizes}`, choice);
        const most = Math.log2(Math.max(...medians) / Math.min(...medians) + 1);
        console.log(
          `\n${of}, engine ${engine}; the power is that of cost between a size and the one before:`,
        );
        table([
          ["size", "median ms", "ms a unit", "power", "on a logarithmic scale"],
          ...sizes.map((size, i) => [
            size,
            ms(medians[i]),
            (medians[i] / size).toFixed(3),
            i ? (Math.log(medians[i] / medians[i - 1]) / Math.log(size / sizes[i - 1])).toFixed(2) : "",
            "#".repeat(Math.round(1 + (39 * Math.log2(medians[i] / Math.min(...medians) + 1)) / most)),
          ]),
        ]);
      }
  } finally {
    stop();
  }
}

/** What is missing to run them, or nothing. @param {Choice} choice */
export function missing({ data, engines, devices, only }) {
  const unknown = [
    ...(only ?? []).filter((id) => !WORKLOADS.includes(id)),
    ...(devices ?? []).filter((id) => !ENGINES.includes(id)),
  ];
  if (unknown.length)
    return `there is no ${unknown.join(", ")}: workloads are ${WORKLOADS.join(", ")}, engines ${ENGINES.join(", ")}`;
  if (!existsSync(join(data, "w1.bin")))
    return `${data} does not hold the files of the workloads (w1.bin and others)`;
  const built = (devices ?? ENGINES).filter(
    (engine) => !existsSync(join(engines, engine, "chailou_bg.wasm")),
  );
  return built.length
    ? `the engine ${built.join(" and ")} is not built for the workloads: ./build.sh bench --workloads DIR builds it`
    : null;
}

// What the page weighs, how long its first live frame takes in a fresh profile on three lines, and a step.
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { serveOver } from "./line.mjs";
import { timeCloud, timeHeld, timeSpectrum, timeSteps } from "./steps.mjs";
import { spread } from "../../www/engine/timed.js";
import { kilobytes, ms, table } from "./table.mjs";
import { visit } from "./visit.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "dist");

/** @typedef {{runs: number, steps: number, webgpu: boolean, executablePath: string}} Options */
/** @typedef {Awaited<ReturnType<typeof visit>>} Visit */

const megabits = (/** @type {number} */ n) => (n * 1e6) / 8;
/** Name, line, and within how many ms the first live frame has to stand. @type {[string, import("./line.mjs").Line | null, number][]} */
const LINES = [
  ["no limit, the server on the same machine", null, 500],
  ["9 Mbit/s, 60 ms round trip", { bytesPerSecond: megabits(9), roundTrip: 60 }, 1500],
  ["1.6 Mbit/s, 150 ms round trip", { bytesPerSecond: megabits(1.6), roundTrip: 150 }, 3500],
];

/** Visits with profiles that have never seen the page. @param {import("./line.mjs").Line | null} line @param {Options} options */
async function visitOver(line, { runs, executablePath }) {
  const { address, stop } = await serveOver(dist, line);
  /** @type {Visit[]} */
  const visits = [];
  /** @type {string[]} */
  let fetched = [];
  let version = "";
  try {
    while (visits.length < runs) {
      const browser = await chromium.launch({ executablePath });
      version = browser.version();
      const view = { locale: "en-US", viewport: { width: 1280, height: 900 } };
      const page = await (await browser.newContext(view)).newPage();
      try {
        visits.push(await visit(page, address));
        // On a slow line it would take long until all has come that may come later.
        if (!line && visits.length === 1) fetched = await visits[0].fetched();
      } finally {
        await browser.close();
      }
    }
  } finally {
    stop();
  }
  return { visits, fetched, version };
}

/** @param {Record<string, {bytes: number, br?: number}>} files @param {string[]} fetched before the first live frame */
function tellSizes(files, fetched) {
  const unknown = fetched.filter((path) => !files[path]);
  if (unknown.length) throw new Error(`not in dist/manifest.json: ${unknown}`);
  /** @param {string} name @param {string[]} paths */
  const size = (name, paths) => [
    name,
    kilobytes(paths.reduce((sum, path) => sum + files[path].bytes, 0)),
    kilobytes(paths.reduce((sum, path) => sum + (files[path].br ?? files[path].bytes), 0)),
  ];
  const like = (/** @type {RegExp} */ pattern) => Object.keys(files).filter((path) => pattern.test(path));
  table([
    ["what", "raw kB", "brotli kB"],
    size("core engine, without networks", like(/^pkg\/core\/chailou/)),
    size("CPU engine, training included, loaded behind", like(/^pkg\/cpu\//)),
    size("WebGPU engine, loaded behind", like(/^pkg\/webgpu\//)),
    size("weights of the buildings", like(/^models\/buildings.*safetensors$/)),
    size("weights of Shakespeare", like(/^models\/shakespeare.*safetensors$/)),
    size("weights of Tang poems", like(/^models\/tang.*safetensors$/)),
    size(
      `**everything before the first live frame (${fetched.length} requests; budget 20 and 450 kB)**`,
      fetched,
    ),
  ]);
  console.log(`\nFetched before the first live frame: ${fetched.join(", ")}`);
}

/** @param {Visit[]} visits */
function tellParts(visits) {
  const parts = ({ at }) => ({
    "page and scripts: navigation to the first question": at("parse asked"),
    "engine: the rest of its fetch, compile, start": at("parse answered") - at("parse asked"),
    "open: the session, its first state, pictures, claims": at("open answered") - at("parse answered"),
    "layout and drawing": at("seen") - at("open answered"),
    "**first live frame**": at("seen"),
  });
  const all = visits.map(parts);
  console.log(`\nThe parts of it where the line has no limit (ms):`);
  table([
    ["part", "min", "median", "max"],
    .../** @type {(keyof typeof all[0])[]} */ (Object.keys(all[0])).map((part) => {
      const { least, median, most } = spread(all.map((one) => one[part]));
      return [part, ms(least), ms(median), ms(most)];
    }),
  ]);
}

/** @param {Options} options */
async function tellSteps({ steps: wished, webgpu, executablePath }) {
  console.log("\nOne step at the defaults (one building, guidance), asked and answered (ms):");
  const { address, stop } = await serveOver(dist, null);
  const rows = [];
  try {
    for (const device of /** @type {("cpu" | "webgpu")[]} */ (webgpu ? ["cpu", "webgpu"] : ["cpu"])) {
      const steps = device === "cpu" ? wished : Math.min(10, wished);
      const { times, calls } = await timeSteps(address, device, steps, executablePath);
      const { least, median, most } = spread(times);
      const name = { cpu: "CPU wasm", webgpu: "WebGPU (SwiftShader, software)" }[device];
      rows.push([name, ms(least), ms(median), ms(most), calls, steps]);
    }
  } finally {
    stop();
  }
  table([["engine", "min", "median", "max", "network calls a step", "steps"], ...rows]);
}

/** @param {Options} options */
async function tellClouds({ executablePath }) {
  console.log(
    "\nA step of a cloud, on the engine of mathematics (ms): its answer, and pictures a second while it plays:",
  );
  const { address, stop } = await serveOver(dist, null);
  const rows = [];
  try {
    for (const landscape of ["ellipse", "himmelblau"])
      for (const particles of [1000, 10_000, 100_000]) {
        const { answered, rate } = await timeCloud(address, landscape, particles, executablePath);
        const { least, median, most } = spread(answered);
        const each = ((1e6 * median) / particles).toFixed(0);
        rows.push([landscape, particles, ms(least), ms(median), ms(most), each, rate.toFixed(0)]);
      }
  } finally {
    stop();
  }
  table([["landscape", "particles", "min", "median", "max", "ns a particle", "pictures a second"], ...rows]);
}

/** Within how many ms the spectrum of a map of 512 positions has to be answered. */
const SPECTRUM = 300;

/** @param {Options} options */
async function tellSpectra({ executablePath }) {
  console.log("\nThe singular values of a head's map, on the engine of mathematics (ms), each another head:");
  const { address, stop } = await serveOver(dist, null);
  const rows = [];
  try {
    for (const [n, budget] of [
      [128, ""],
      [256, ""],
      [512, SPECTRUM],
    ])
      for (const more of ["mask=two-way", "mask=causal", "mask=two-way&kernel=elu1"]) {
        const times = await timeSpectrum(address, `v=2&lab=rank&d=64&n=${n}&${more}`, executablePath);
        const { least, median, most } = spread(times);
        rows.push([n, more, ms(least), ms(median), ms(most), budget]);
      }
  } finally {
    stop();
  }
  table([["positions", "map", "min", "median", "max", "budget"], ...rows]);
}

/** @param {Options} options */
async function tellHeld({ executablePath }) {
  console.log(
    "\nγ dragged over random keys, on the engine of mathematics (ms): pictures alone, and with all claims:",
  );
  const { address, stop } = await serveOver(dist, null);
  const rows = [];
  try {
    for (const keys of [4096, 65_536])
      for (const [name, times] of Object.entries(await timeHeld(address, keys, executablePath))) {
        const { least, median, most } = spread(times);
        rows.push([keys, name, ms(least), ms(median), ms(most)]);
      }
  } finally {
    stop();
  }
  table([["keys", "asked for", "min", "median", "max"], ...rows]);
}

/** Prints what the page weighs and how long a visitor waits. @param {Options} options */
export async function page(options) {
  const { files } = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
  const rows = [];
  /** @type {Visit[]} */
  let near = [];
  for (const [name, line, budget] of LINES) {
    process.stderr.write(`${name} …\n`);
    const { visits, fetched, version } = await visitOver(line, options);
    if (!line) {
      near = visits;
      console.log(`Measured with Chromium ${version}, ${cpus().length} cores (${cpus()[0].model}).`);
      tellSizes(files, fetched);
    }
    const { least, median, most } = spread(visits.map(({ at }) => at("seen")));
    rows.push([name, ms(least), ms(median), ms(most), budget]);
  }
  console.log(
    `\nFrom navigation to the first live frame, nothing cached, ${options.runs} fresh profiles a line; the server holds back
what the line could not carry, for page and worker together, and answers a round trip late, a new connection two (ms):`,
  );
  table([["line", "min", "median", "max", "budget"], ...rows]);
  tellParts(near);
  await tellSteps(options);
  await tellClouds(options);
  await tellSpectra(options);
  await tellHeld(options);
}

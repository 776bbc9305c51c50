// How long what can be cut takes in Chromium with one worker and with as many as the machine has cores, and whether the bits are the same:
// node tests/bench/workers.mjs [NAME…], after ./build.sh build; the page is served as it lies in www/.
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { serve } from "./serve.mjs";
import { table } from "./table.mjs";

/** Links, the task that is worked on or none for the timeline, and units of it at most. @type {Record<string, [string, string | null, number]>} */
const works = {
  "claims of ddpm, greedy": ["lab=ddpm&at=0", "greedy", 160],
  "claims of ddpm, partial noising": ["lab=ddpm&at=0", "partial_noising", 150],
  "race of ddpm": ["lab=ddpm&at=0&budget=10", "race", 40],
  "nine samples of ddpm": ["lab=ddpm&journey=rebuild&samples=9&steps=20", null, 20],
  "one sample of ddpm": ["lab=ddpm&journey=rebuild&samples=1&steps=50", null, 50],
  "nine digits": ["lab=ddpm&data=digits&journey=rebuild&samples=9&steps=100", null, 100],
  "texts of stretch": ["lab=stretch&view=measured", "read", 400],
  "training of stretch": ["lab=stretch&view=train&trained=60", "train", 60],
  "rates over widths of init": ["lab=init&view=transfer", "sweep", 264],
  "training of init": ["lab=init&view=train&trained=40", "train", 40],
  "twins of focus": ["lab=focus&part=twins&trained=60", "train", 60],
  "twins of rank": ["lab=rank&trained=60", "train", 60],
};

/** Runs in the page: what it took, in pulls of some 150 ms, and what came out. @param {{link: string, task: string | null, most: number, alone: boolean}} work */
async function time({ link, task, most, alone }) {
  const { startBeside, startEngine } = await import(
    String(new URL("/www/engine/engine.js", document.baseURI))
  );
  const maths = !link.includes("lab=ddpm");
  const engine = alone ? startBeside(maths ? "maths" : "core").engine : startEngine(maths ? "maths" : "core");
  const { experiment } = await engine.parse(`${link}&device=cpu`);
  const session = await engine.open(experiment);
  const nothing = { frames: [], readouts: false };
  let { status } = session;
  while (status.device === "core") {
    await engine.drawn();
    await new Promise((resolve) => setTimeout(resolve, 50));
    ({ status } = await session.look({ frames: ["x"], readouts: false }));
  }
  const done = () => (task ? (status.tasks[task]?.done ?? 0) : status.at);
  const began = performance.now();
  let [chunk, pulls, cores, helpedAt] = [1, 0, 1, 0];
  for (let last = -1; done() < most && done() > last; ) {
    last = done();
    const before = performance.now();
    const n = Math.min(chunk, most - last);
    ({ status } = task ? await session.work(task, n, nothing) : await session.seek(last + n, nothing));
    chunk = Math.max(1, Math.min(2 * n, Math.round((n * 150) / (performance.now() - before))));
    pulls++;
    if (status.cores > cores) [cores, helpedAt] = [status.cores, performance.now() - began];
  }
  const seconds = (performance.now() - began) / 1000;
  const { readouts } = await session.look({ frames: [], readouts: true });
  const bits = JSON.stringify([readouts, await session.fingerprint(), done()]);
  const { engineBytes } = await engine.census();
  return {
    seconds,
    units: done(),
    pulls,
    cores,
    helpedAt: helpedAt / 1000,
    megabytes: engineBytes / 2 ** 20,
    bits,
  };
}

const asked = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const server = await serve({ "/": root });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium" });
const rows = [];
for (const [name, [link, task, most]] of Object.entries(works)) {
  if (asked.length && !asked.some((word) => name.includes(word))) continue;
  const runs = [];
  for (const alone of [true, false]) {
    const page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && console.error(message.text()));
    await page.route("**/blank", (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
    );
    await page.goto(`${server.address}blank`);
    runs.push(await page.evaluate(time, { link, task, most, alone }));
    await page.close();
  }
  const [one, more] = runs;
  if (one.bits !== more.bits) throw new Error(`${name}: other bits`);
  rows.push([
    name,
    `${more.units}`,
    one.seconds.toFixed(1),
    more.seconds.toFixed(1),
    `${more.cores}`,
    more.helpedAt.toFixed(1),
    one.megabytes.toFixed(0),
  ]);
  console.log(rows.at(-1)?.join("  "));
}
table([["what", "units", "one worker, s", "more, s", "cores", "help after, s", "engine, MB"], ...rows]);
await browser.close();
server.stop();

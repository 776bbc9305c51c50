// What a lab leaves behind when another link is opened, or another lab: nothing. Nodes, listeners and memory after collecting garbage.
import { expect, test } from "./lab.js";

/** Small experiments, so that thirty of a kind take seconds; each differs from the one before in its seed. */
const labs = {
  ddpm: (seed) => `v=2&lab=ddpm&data=digits&samples=1&steps=4&seed=${seed}&at=1`,
  points: (seed) => `v=2&lab=points&particles=200&steps=4&seed=${seed}&at=1`,
  attention: (seed) => `v=2&lab=attention&model=toy&tokens=4&seed=${seed}&at=1`,
  // Nothing is drawn by lot here: the place of a grip says which link it is.
  gamma: (seed) => `v=2&lab=gamma&at=${seed % 9}&re=${place(seed)}&im=0.5`,
  flow: (seed) => `v=2&lab=flow&part=${["point", "line", "plane"][seed % 3]}&particles=200&seed=${seed}&at=1`,
  rank: (seed) => `v=2&lab=rank&n=24&mask=${["causal", "two-way", "mixed"][seed % 3]}&seed=${seed}&at=1`,
  focus: (seed) => `v=2&lab=focus&part=${["bench", "phase", "needle"][seed % 3]}&n=512&seed=${seed}&at=1`,
  stretch: (seed) =>
    `v=2&lab=stretch&view=${["terms", "window", "cancel"][seed % 3]}&length=1024&seed=${seed}&at=1`,
  init: (seed) =>
    `v=2&lab=init&view=${["signal", "truncation", "attention", "residual"][seed % 4]}&width=64&n=64&seed=${seed}`,
  riemann: (seed) =>
    `v=2&lab=riemann&tool=${["geodesic", "fan", "loop", "circle", "region"][seed % 5]}&at=1&u=${place(seed)}`,
};
/** A number of two digits of its own for each. @param {number} seed */
const place = (seed) => (1 + (seed % 90) / 100).toFixed(2);
const rounds = 30;
/** What thirty openings may add: a page that is kept counts in thousands of nodes, hundreds of listeners and megabytes. */
const most = { nodes: 600, listeners: 60, megabytes: 1, sessions: 1, devices: 1, engineMegabytes: 2 };

test.use({ contextOptions: { reducedMotion: "reduce" } });
test.describe.configure({ timeout: 120_000 });

/** @param {import("@playwright/test").Page} page */
async function createScales(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.enable");
  /** @type {string[]} */
  let chunks = [];
  devtools.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void chunks.push(chunk));
  /** Bytes of all that lives and is the page's: neither the code that V8 compiles as it goes nor what the browser keeps for itself. What the heap has in use says more: on a slow machine thirty links of the plane add up to 8 MB of compiled code, timings of long frames and what is not swept yet. */
  async function alive() {
    chunks = [];
    await devtools.send("HeapProfiler.takeHeapSnapshot", {});
    const { snapshot, nodes, strings } = JSON.parse(chunks.join(""));
    const { node_fields: fields, node_types: types } = snapshot.meta;
    const [type, name, size] = ["type", "name", "self_size"].map((field) => fields.indexOf(field));
    const numbers = strings.indexOf("system / JSArrayBufferData");
    let bytes = 0;
    for (let i = 0; i < nodes.length; i += fields.length)
      if (nodes[i + name] === numbers || !["code", "native"].includes(types[type][nodes[i + type]]))
        bytes += nodes[i + size];
    return bytes;
  }
  return async () => {
    // What a timer still holds, and what finalisers let go of, is collected in the next round.
    for (let i = 0; i < 3; i++) {
      await page.waitForTimeout(300);
      await devtools.send("HeapProfiler.collectGarbage");
    }
    const { nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
    const { sessions, devices, engineBytes } = await page.evaluate(async () => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      return engine.census();
    });
    return {
      nodes,
      listeners: jsEventListeners,
      megabytes: (await alive()) / 1e6,
      sessions,
      devices,
      // Wasm gives nothing back: what is freed is used again.
      engineMegabytes: engineBytes / 1e6,
    };
  };
}

/** Opens links one after the other, each until the page shows it. @param {import("@playwright/test").Page} page @param {string[]} links */
async function visit(page, links) {
  for (const link of links) {
    await page.evaluate((link) => void (location.hash = `#${link}`), link);
    const [, lab, , seed] = /lab=(\w+).*&(seed|re|u)=([\d.]+)/.exec(link) ?? [];
    await page.waitForFunction(
      // A number is answered: an element would be kept for whoever asked.
      ([lab, seed]) =>
        document.querySelectorAll(`.labs [href$="lab=${lab}"][aria-current]`).length &&
        ([...document.querySelectorAll(".titleblock dd")].some((cell) => cell.textContent === seed) ||
          document.querySelector(".grip")?.ariaLabel?.includes(String(Number(seed)))) &&
        document.querySelectorAll(".prose > p").length,
      [lab, seed],
      { polling: 20, timeout: 30_000 },
    );
  }
}

/** @param {import("@playwright/test").Page} page @param {(i: number) => string} link @param {number} first how many fetch, compile and fill caches */
async function weigh(page, link, first = 6) {
  const links = (/** @type {number} */ from, /** @type {number} */ count) =>
    Array.from({ length: count }, (_, i) => link(1000 + from + i));
  await page.goto(`/#${link(999)}`);
  const weighed = await createScales(page);
  await visit(page, links(0, first));
  const before = await weighed();
  await visit(page, links(first, rounds));
  const after = await weighed();
  for (const [key, count] of Object.entries(most)) {
    const what = /** @type {keyof typeof most} */ (key);
    const grown = Number((after[what] - before[what]).toFixed(1));
    expect.soft(grown, `${what} after ${rounds} links`).toBeLessThan(count);
  }
}

for (const [name, link] of Object.entries(labs))
  test(`thirty links in ${name} leave nothing behind`, ({ page }) => weigh(page, link));

test("thirty changes of lab leave nothing behind", ({ page }) => {
  const all = Object.values(labs);
  // Each lab has been there before, with its parts and in several orders: what wasm once needed it keeps, and what a large part
  // left free is shared out among small ones. It grows by 2.03 MB from the 30th to the 60th change and by 0.13 from there to the 120th.
  return weigh(page, (i) => all[i % all.length](i), 6 * all.length);
});

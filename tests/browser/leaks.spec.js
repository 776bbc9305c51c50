// Nothing of a page stays when another is opened: nodes, listeners and memory after thirty links, in each lab and across them.
import { expect, test } from "./lab.js";

/** Light experiments, told apart by their seed. */
const labs = {
  ddpm: "lab=ddpm&data=digits&samples=4&steps=20&at=3",
  points: "lab=points&supply=200&at=3",
  attention: "lab=attention&tokens=8&at=3",
};
const links = 30;

/** @param {import("./lab.js").Lab} lab @param {string} link @param {number} seed */
async function visit(lab, link, seed) {
  await lab.page.evaluate((hash) => void (location.hash = hash), `v=2&${link}&seed=${seed}`);
  await expect(lab.cell("Seed")).toHaveText(String(seed), { timeout: 30_000 });
  await lab.standsAt(3);
}

/** What the page holds, after its garbage is gone. @param {import("@playwright/test").CDPSession} browser */
async function held(browser) {
  for (let i = 0; i < 3; i++) await browser.send("HeapProfiler.collectGarbage");
  const { metrics } = await browser.send("Performance.getMetrics");
  const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { nodes: of("Nodes"), listeners: of("JSEventListeners"), heap: of("JSHeapUsedSize") };
}

for (const [where, list] of [
  ...Object.entries(labs).map(([id, link]) => [id, [link]]),
  ["all labs", Object.values(labs)],
]) {
  test(`thirty links in ${where} leave nothing behind`, async ({ lab, page }) => {
    test.setTimeout(300_000);
    const browser = await page.context().newCDPSession(page);
    await browser.send("Performance.enable");
    await page.goto(`/#v=2&${list[0]}&seed=1`);
    // Twice round: what is fetched late, or made once, is there by then.
    let seed = 1;
    for (let i = 0; i < 2 * list.length; i++) await visit(lab, list[i % list.length], ++seed);
    const before = await held(browser);
    for (let i = 0; i < links; i++) await visit(lab, list[i % list.length], ++seed);
    const after = await held(browser);
    expect(after.nodes - before.nodes, `nodes, of ${before.nodes}`).toBeLessThan(600);
    expect(after.listeners - before.listeners, `listeners, of ${before.listeners}`).toBeLessThan(60);
    expect(after.heap - before.heap, `bytes, of ${before.heap}`).toBeLessThan(6e6);
  });
}

// Links that hold, links that lie, links from the future, and the browser's own Back and Forward.
import { deflateRawSync } from "node:zlib";
import { expect, experiment, parameter, test } from "./lab.js";

test("a check that belongs to another result is called different", async ({ lab, page, stranger }) => {
  await lab.open("steps=50&at=66");
  const link = await lab.copyLink();
  await stranger.page.goto(link.replace("at=66", "at=64"));
  await expect(stranger.page.getByText(/^differs: /)).toBeVisible();
  await stranger.standsAt(64);
  await page.goto("about:blank");
  await page.goto(link.replace("lab=ddpm", "lab=ddpm&seed=8"));
  await expect(page.getByText(/^differs: /)).toBeVisible();
});

test("a check that is no fingerprint is named, and the lab opens", async ({ lab, page }) => {
  await lab.open("at=3&check=0123456789abcdef.nonsense");
  await expect(page.getByText(/check cannot be read/)).toBeVisible();
});

test("a changed setting drops the promise of the old link", async ({ lab, page }) => {
  await lab.open("at=12");
  const link = await lab.copyLink();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByText("reproduced: bit for bit")).toBeVisible();
  await lab.enter("Guidance", 2);
  await lab.addressHas({ guidance: "2", check: null, at: "12" });
  await expect(page.getByText("reproduced: bit for bit")).toBeHidden();
});

test("a setting adds no history entry, another fragment does, and Back and Forward open both", async ({
  lab,
  page,
}) => {
  await lab.open("seed=11&at=40");
  const first = await lab.pixels();
  const entries = await page.evaluate(() => history.length);
  await lab.enter("Guidance", 2);
  await lab.addressHas({ guidance: "2" });
  await lab.press("Step forward");
  await lab.addressHas({ at: "41" });
  expect(await page.evaluate(() => history.length)).toBe(entries);

  await page.evaluate(() => void (location.hash = "v=2&lab=ddpm&data=digits&seed=12&at=7"));
  await lab.standsAt(7);
  await expect(lab.settings.getByRole("textbox", { name: "Seed", exact: true })).toHaveValue("12");
  await lab.addressHas({ seed: "12", at: "7" });
  await page.goBack();
  await lab.standsAt(41);
  await lab.addressHas({ seed: "11", guidance: "2", at: "41" });
  await lab.settings.getByRole("button", { name: /^Reset Guidance to/ }).click();
  await lab.addressHas({ guidance: null, at: "41" });
  await lab.press("Step back");
  await lab.addressHas({ guidance: null, at: "40" });
  await expect.poll(lab.pixels).toEqual(first);
  await page.goForward();
  await lab.standsAt(7);
  await expect(lab.settings.getByRole("textbox", { name: "Seed", exact: true })).toHaveValue("12");
});

/** Every fragment that the page writes from now on, in order. @param {import("@playwright/test").Page} page */
const watchAddress = (page) =>
  page.addInitScript(() => {
    const written = /** @type {any} */ ((globalThis.written = /** @type {string[]} */ ([])));
    for (const verb of /** @type {const} */ (["replaceState", "pushState"])) {
      const write = history[verb].bind(history);
      history[verb] = (state, title, url) => (written.push(String(url)), write(state, title, url));
    }
  });
/** @param {import("@playwright/test").Page} page @returns {Promise<string[]>} */
const written = (page) => page.evaluate(() => /** @type {any} */ (globalThis).written);

test("Back a moment after a change: what one came back to is not written over", async ({ lab, page }) => {
  test.setTimeout(120_000);
  await watchAddress(page);
  // Buildings, for an engine that is busy when the moment comes.
  await lab.open("v=2&seed=11&samples=2&at=70");
  await page.evaluate(() => void (location.hash = "v=2&lab=ddpm&seed=12&samples=2&at=80"));
  await lab.standsAt(80, 60_000);
  await lab.addressHas({ seed: "12", at: "80" });
  const seed = lab.settings.getByRole("textbox", { name: "Seed", exact: true });
  await seed.fill("13");
  await seed.evaluate((field) => {
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    setTimeout(() => history.back(), 150);
  });
  await expect(seed).toHaveValue("11", { timeout: 60_000 });
  await lab.standsAt(70, 60_000);
  await page.waitForTimeout(1000);
  await lab.addressHas({ seed: "11", at: "70" });
  expect((await written(page)).filter((url) => url.includes("seed=13"))).toEqual([]);
});

test("on the way to a link's step its address keeps the step and the promise", async ({ lab, stranger }) => {
  test.setTimeout(120_000);
  await lab.open("v=2&steps=100&seed=21&at=150");
  await lab.standsAt(150, 60_000);
  const link = await lab.copyLink();
  const [, check] = /** @type {RegExpExecArray} */ (/(check=[^&]+)/.exec(link));
  await watchAddress(stranger.page);
  await stranger.page.goto(link);
  await stranger.standsAt(150, 60_000);
  await expect(stranger.page.getByText("reproduced: bit for bit")).toBeVisible();
  await stranger.page.waitForTimeout(500);
  for (const url of [stranger.page.url(), ...(await written(stranger.page))]) {
    expect(url).toContain("at=150");
    expect(url).toContain(check);
  }
});

test("a link that fails late says nothing on the page that came after it", async ({ lab, page, watch }) => {
  watch.expect(/Failed to load resource/);
  let fail = () => {};
  const held = new Promise((resolve) => (fail = () => resolve(undefined)));
  const script = /\/labs\/points\/[^/]+\.js$/;
  await page.route(script, async (route) => {
    await held;
    await route.abort();
  });
  const asked = page.waitForRequest(script);
  await page.goto("/#lab=points&at=3");
  await asked;
  await page.evaluate(() => void (location.hash = "v=2&data=digits&samples=9&at=3"));
  await lab.standsAt(3);
  fail();
  await page.waitForTimeout(500);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await lab.press("Step forward");
  await lab.standsAt(4);
});

test("a link to the lab that is open keeps its page, and what was open there belongs to the one before", async ({
  lab,
  page,
}) => {
  await lab.open("steps=50&seed=11&at=60");
  await lab.stage.evaluate((element) => element.setAttribute("data-mark", "first"));
  await lab.timeline.getByRole("button", { name: "Fork here" }).click();
  await expect(page.getByRole("region", { name: /^Fork at step/ })).toBeVisible();
  await page.evaluate(() => void (location.hash = "v=2&lab=ddpm&data=digits&samples=9&seed=12&at=7"));
  await lab.standsAt(7);
  await expect(lab.stage).toHaveAttribute("data-mark", "first");
  await expect(page.getByRole("region", { name: /^Fork at step/ })).toBeHidden();
});

/** Stands for what the schema says. */
const usual = Symbol("default");
const bomb = deflateRawSync(Buffer.alloc(10_000_000)).toString("base64url");
for (const [
  what,
  fragment,
  says,
  opened,
] of /** @type {[string, string, RegExp, Record<string, unknown>][]} */ ([
  ["from the future", "v=9&seed=9&at=5", /newer Chailou \(version 9/, { seed: "9" }],
  ["with a version that is none", "v=banana&at=5", /"banana" is not a version/, {}],
  ["to a lab that is not there", "v=1&lab=castle&seed=3&at=5", /castle/, { seed: "3" }],
  ["with an unknown key", "v=1&colour=red&seed=3&at=5", /colour/, { seed: "3" }],
  [
    "with numbers out of range",
    "v=1&samples=4000&guidance=-3&at=5",
    /4000 lies outside 1 to 16/,
    { samples: 16, guidance: 0 },
  ],
  [
    "with numbers that are none",
    "v=1&T=NaN&guidance=Infinity&c=1e999&steps=2.5&seed=-1&at=5",
    /"NaN" is not a whole number/,
    { T: usual, guidance: usual, c: usual, steps: usual, seed: usual },
  ],
  ["with a step that is none", "v=1&at=soon", /"soon" is not a step/, {}],
  ["with a key given twice", "v=1&seed=1&seed=2&at=5", /stands twice/, { seed: "1" }],
  [
    "with broken escapes and markup",
    "v=1&seed=%E0%A4%A&label=<img src=x onerror=alert(1)>&at=5",
    /label/,
    { label: usual },
  ],
  ["with a torn painting", "v=1&z=Y2F0IQ&at=5", /What was drawn or edited/, {}],
  ["with a painting that is no base64", "v=1&z=%%%&at=5", /What was drawn or edited/, {}],
  ["with a decompression bomb", `v=1&z=${bomb}&at=5`, /unpacks to more than/, {}],
  ["of 70 kB", `v=1&seed=3&note=${"x".repeat(70_000)}`, /bytes long; at most 65536/, { seed: usual }],
])) {
  test(`a link ${what} opens with what was usable and says so`, async ({ lab, page }) => {
    await page.goto(`/#${fragment}`);
    await expect(lab.scrub).toBeVisible();
    const notice = page.getByRole("status").filter({ hasText: "About this link" });
    await expect(notice).toContainText(says);
    if (/at=5$/.test(fragment)) await lab.standsAt(5);
    const { values, pixels } = await page.evaluate(async (fragment) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      return (await engine.parse(fragment)).experiment;
    }, fragment);
    for (const [key, value] of Object.entries(opened))
      expect(values[key], key).toBe(value === usual ? (await parameter(page, key)).default : value);
    expect(pixels).toBeNull();
    await expect(notice.getByRole("textbox")).toHaveValue(/v=/);
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toBeHidden();
  });
}

test("a step beyond the end is the end, and the page says so", async ({ lab, page }) => {
  await page.goto("/#v=1&steps=10&at=5000");
  await lab.standsAt(20);
  await expect(lab.notice(/20 steps, not 5000/)).toBeVisible();
});

test("an old link with escapes still opens as it was meant: nine digits", async ({ lab, page }) => {
  await lab.open("v=1&lab=ddpm&seed=%37%37&sampler=ddim&eta=0.5&at=9");
  await lab.addressHas({
    v: "4",
    data: "digits",
    samples: "9",
    steps: "50",
    seed: "77",
    sampler: "ddim",
    eta: "0.5",
    at: "9",
  });
  expect((await experiment(page)).values).toMatchObject({
    data: "digits",
    samples: 9,
    seed: "77",
    sampler: "ddim",
    eta: 0.5,
  });
});

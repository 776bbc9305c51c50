// The first thirty seconds: words before bytes, few controls, a run that ends with ways on, a link that invites.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { serveOver } from "../bench/line.mjs";
import { expect, experiment, root, test } from "./lab.js";

test.use({ controls: "few", contextOptions: { reducedMotion: "reduce" } });

test("over a slow line the sentence, the picture and the notes are read before any engine has come", async ({
  browser,
}) => {
  const { address, stop } = await serveOver(join(root, "dist"), { bytesPerSecond: 200_000, roundTrip: 150 });
  const context = await browser.newContext({ locale: "en-US" });
  try {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "commit" });
    await expect(page.locator(".poster:visible p")).toHaveText(/^A real, tiny diffusion model/);
    await expect(page.locator(".poster:visible img")).toBeVisible();
    await expect(page.locator("[data-notes]:visible")).toContainText(
      "To make a picture out of nothing is hard",
    );
    // A formula is set by the browser itself.
    await expect(page.locator("[data-notes]:visible math").first()).toBeVisible();
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    expect(fetched.filter((name) => /pkg\/cpu|safetensors/.test(name))).toEqual([]);
    const [paint] = await page.evaluate(() =>
      performance.getEntriesByName("first-contentful-paint").map(({ startTime }) => startTime),
    );
    test.info().annotations.push({ type: "first contentful paint", description: `${paint} ms` });
    // What was read stays where it was read when the live page comes, with formulas and phrases that act.
    await expect(page.getByRole("region", { name: "The stage" })).toBeVisible({ timeout: 30_000 });
    await expect(page.locator(".poster:visible")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Watch one fall and another rise" })).toHaveCount(1);
  } finally {
    await context.close();
    stop();
  }
});

for (const [language, lab, sentence] of [
  ["zh", "", /^一个真实的小扩散模型/],
  ["en", "attention", /^A real, tiny transformer/],
  ["zh", "gamma", /^用傅里叶变换/],
])
  test(`without scripts a link to ${lab || "nothing"} says in ${language} what this is`, async ({
    browser,
  }) => {
    // The file itself, and of its scripts only what chooses the words.
    const server = createServer(async ({ url }, response) => {
      const path = new URL(url ?? "/", "http://here").pathname.slice(1) || "index.html";
      const content = /index\.html|\.css$|first-/.test(path)
        ? await readFile(join(root, "dist", path)).catch(() => null)
        : null;
      const type = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" }[extname(path)];
      response.writeHead(content ? 200 : 404, { "content-type": type ?? "application/octet-stream" });
      response.end(content);
    });
    await new Promise((resolve) => server.listen(0, () => resolve(null)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const context = await browser.newContext({ locale: language === "zh" ? "zh-CN" : "en-US" });
    try {
      const page = await context.newPage();
      await page.goto(`http://localhost:${port}/${lab ? `#lab=${lab}` : ""}`);
      await expect(page.locator(".poster:visible p")).toHaveText(sentence);
      await expect(page.locator(".poster:visible")).toHaveCount(1);
      // A script that never comes is named.
      await expect(page.getByRole("alert")).toContainText(/start-|index-/);
    } finally {
      await context.close();
      server.close();
    }
  });

test("few controls first; all when asked for, in the link, remembered; what a link has set is shown", async ({
  lab,
  page,
}) => {
  await lab.open("at=0");
  const rows = lab.settings.locator(".control:visible");
  await expect(rows.first()).toBeVisible();
  expect(await rows.count()).toBeLessThanOrEqual(12);
  const spacing = lab.settings.getByRole("combobox", { name: "Spacing" });
  await expect(spacing).toBeHidden();
  await lab.settings.getByRole("button", { name: /^All controls \(\d+ more\)$/ }).click();
  await expect(spacing).toBeVisible();
  await lab.addressHas({ controls: "all" });
  await lab.settings.getByRole("button", { name: "Fewer controls" }).click();
  await expect(spacing).toBeHidden();
  await lab.addressHas({ controls: null });
  await page.goto("about:blank");
  await lab.open("at=0&spacing=trailing");
  await expect(spacing).toBeVisible();
});

test("the run ends with three ways on: another order from the same rubble goes beside the first", async ({
  lab,
}) => {
  await lab.open("data=digits&steps=6&at=12");
  const { stage } = lab;
  const ending = stage.getByRole("region", { name: "Not the one that fell" });
  await expect(ending).toContainText("Only 0.6 % of the old building");
  await expect(ending.getByRole("button")).toHaveCount(3);
  await ending.getByRole("button", { name: "Same rubble: 6" }).click();
  await expect(stage.getByRole("img", { name: "the original" })).toBeVisible();
  await expect(stage.getByRole("radio", { name: "Side by side" })).toBeChecked();
  await lab.standsAt(12, 30_000);
  const { forks } = await experiment(lab.page);
  expect(forks).toMatchObject([{ parent: 0, at: 6, set: { label: "6" } }]);
  // Two pictures of one step, from one rubble, to two orders.
  const [fork, original] = await stage
    .locator("canvas.screen:visible")
    .evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));
  expect(fork).not.toBe(original);
  await stage.getByRole("radio", { name: "What the model believes" }).click();
  await expect(stage.getByRole("img", { name: "the original" })).toBeHidden();
});

test("another seed plays from the start", async ({ lab }) => {
  await lab.open("data=digits&steps=4&at=8");
  await lab.stage.getByRole("button", { name: "Another seed" }).click();
  await lab.addressHas({ seed: 8 });
});

test("a link to a step shows it and invites to play from there", async ({ lab, page }) => {
  await lab.open("data=digits&steps=10&at=14");
  await page.getByRole("button", { name: "Play from here" }).click();
  await expect(page.getByRole("button", { name: "Play from here" })).toHaveCount(0);
  await expect.poll(lab.at).toBeGreaterThan(14);
});

test("the film shows below each state what the model took it for", async ({ lab, page }) => {
  await lab.open("data=digits&steps=10&at=20");
  const films = page.locator(".films canvas");
  await expect(films.nth(1)).toBeVisible();
  const inks = () =>
    films.evaluateAll((all) =>
      all.map((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(canvas.width - 30, 20, 1, 1);
        return [...data];
      }),
    );
  // At the end what stands is what it believes.
  await expect.poll(async () => new Set((await inks()).map(String)).size).toBe(1);
});

test("what is said lies over the page and moves nothing", async ({ lab, page }) => {
  await lab.open("data=digits&at=0");
  const before = await lab.stage.boundingBox();
  await page.evaluate(() => void (location.hash = "#v=2&data=digits&at=0&colour=unknown"));
  await expect(page.getByText(/colour/).first()).toBeVisible();
  expect(await lab.stage.boundingBox()).toEqual(before);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });

  test("after Fork, trunk and fork go on side by side", async ({ lab, page }) => {
    await lab.open("data=digits&steps=20&samples=1&at=24");
    await lab.timeline.getByRole("button", { name: "Fork here" }).click();
    const panel = page.getByRole("region", { name: "Fork at step 24" });
    await panel.getByRole("combobox", { name: "Rebuild as" }).selectOption("3");
    await panel.getByRole("button", { name: "Fork", exact: true }).click();
    await expect(lab.stage.getByRole("img", { name: "the original" })).toBeVisible();
    await lab.standsAt(40, 30_000);
  });
});

// Visitors differ: phones, tablets, languages, reduced motion, slow lines, and those who take the picture home.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, root, test } from "./lab.js";

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });
  test("nothing plays until it is asked to", async ({ lab, page }) => {
    await lab.open();
    await expect(lab.timeline.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    await page.waitForTimeout(1500);
    await lab.standsAt(0);
    await lab.press("Play");
    await expect.poll(lab.at).toBeGreaterThan(1);
  });
});

test("a page in the background stops asking the engine", async ({ lab, page }) => {
  await lab.open();
  await expect.poll(lab.at).toBeGreaterThan(1);
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(lab.timeline.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => false, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(lab.timeline.getByRole("button", { name: "Pause" })).toBeVisible();
});

test.describe("in a Chinese browser", () => {
  test.use({ locale: "zh-CN" });
  test("the page is Chinese, and a switch stays in the link", async ({ page, lab, stranger }) => {
    await page.goto("/#at=4");
    await expect(page.getByRole("button", { name: "复制链接" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
    await expect(page.getByRole("region", { name: "说明" }).getByRole("button").first()).toBeVisible();
    await page.getByRole("button", { name: "English" }).click();
    await expect(page.getByRole("button", { name: "Copy link" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await lab.addressHas({ lang: "en", at: "4" });
    await stranger.page.goto(await lab.copyLink());
    await expect(stranger.page.getByRole("button", { name: "Copy link" })).toBeVisible();
  });
});

test("the switch to Chinese keeps the step and the pixels", async ({ lab, page }) => {
  await lab.open("steps=50&at=42");
  const pixels = await lab.pixels();
  await page.getByRole("button", { name: "中文" }).click();
  const stage = page.getByRole("region", { name: "工地" }).getByRole("img", { name: /^第 1 个样本/ });
  await expect(stage).toBeVisible();
  await lab.addressHas({ lang: "zh", at: "42" });
  await page.getByRole("button", { name: "English" }).click();
  await lab.standsAt(42);
  expect(await lab.pixels()).toEqual(pixels);
});

test("the theme follows the browser, a choice stays in the link", async ({ lab, page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await lab.open("at=1");
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(paper).not.toBe(light);
  await page.getByRole("combobox", { name: "Theme" }).selectOption("Paper");
  await expect.poll(paper).toBe(light);
  await lab.addressHas({ theme: "light", at: "1" });
});

for (const [
  device,
  viewport,
  hasTouch,
] of /** @type {[string, {width: number, height: number}, boolean][]} */ ([
  ["phone", { width: 390, height: 844 }, true],
  ["small phone", { width: 320, height: 568 }, true],
  ["tablet", { width: 820, height: 1180 }, true],
])) {
  test.describe(`on a ${device}`, () => {
    test.use({ viewport, hasTouch });
    for (const language of ["en", "zh"]) {
      test(`nothing overflows and every control can be reached, in ${language}`, async ({ page }) => {
        await page.goto(`/#lang=${language}&at=30`);
        await expect(
          page.getByRole("slider", { name: /^(Position on the timeline|时间轴位置)$/ }),
        ).toHaveAttribute("aria-valuetext", /30/, { timeout: 30_000 });
        await expect(page.getByRole("math").first()).toBeAttached();
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
          .toBeLessThanOrEqual(viewport.width);
        const lost = [];
        for (const role of /** @type {const} */ (["button", "slider", "textbox", "combobox", "radio"])) {
          for (const control of await page.getByRole("main").getByRole(role).all()) {
            if (!(await control.isVisible())) continue;
            const box = await control.boundingBox();
            if (!box || box.x < 0 || box.x + box.width > viewport.width + 0.5)
              lost.push(
                `${role} ${await control.evaluate((element) => element.outerHTML.slice(0, 90))} ${JSON.stringify(box)}`,
              );
          }
        }
        expect(lost).toEqual([]);
      });
    }
    test("a thumb plays, pauses and seeks", async ({ lab }) => {
      await lab.open("steps=50&at=30");
      await lab.timeline.getByRole("button", { name: "Play", exact: true }).tap();
      await expect.poll(lab.at).toBeGreaterThan(31);
      await lab.timeline.getByRole("button", { name: "Pause" }).tap();
      const { width, height } = /** @type {{width: number, height: number}} */ (
        await lab.scrub.boundingBox()
      );
      await lab.scrub.tap({ position: { x: width / 2, y: height / 2 } });
      await expect.poll(async () => Math.abs((await lab.at()) - 50)).toBeLessThan(4);
    });
  });
}

test("a page turned from wide to narrow becomes narrow, in every lab and language", async ({ page }) => {
  test.setTimeout(180_000);
  const list = await readFile(join(root, "www/labs/index.js"), "utf8");
  for (const [, id] of list.matchAll(/id: "(\w+)"/g))
    for (const language of ["en", "zh"]) {
      await page.goto("about:blank");
      await page.setViewportSize({ width: 1600, height: 900 });
      await page.goto(`/#lab=${id}&lang=${language}&at=3`);
      await expect(page.locator(".scrub")).toHaveValue("3", { timeout: 30_000 });
      // Symbols are typeset and charts drawn before the page is turned.
      await expect(page.locator("[data-tex] > .katex, .symbol > .katex").first()).toBeAttached();
      if (await page.locator(".plot:visible").count())
        await expect(page.locator(".plot canvas").first()).toBeAttached();
      for (const [width, height] of [
        [1366, 768],
        [1024, 768],
        [844, 390],
        [820, 1180],
        [600, 900],
        [390, 844],
        [375, 667],
        [360, 740],
        [320, 568],
      ]) {
        await page.setViewportSize({ width, height });
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), {
            message: `${id} in ${language}, ${width} × ${height}`,
          })
          .toBeLessThanOrEqual(0);
      }
      // What was drawn wide is drawn narrow.
      for (const chart of await page.locator(".plot:visible").all())
        await expect
          .poll(() =>
            chart.evaluate((place) => (place.querySelector("canvas")?.clientWidth ?? 0) - place.clientWidth),
          )
          .toBeLessThanOrEqual(0);
    }
});

test("the saved picture is a PNG that carries its link", async ({ lab, page }) => {
  await lab.open("seed=5&steps=50&at=88");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save PNG" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^chailou.*\.png$/);
  const file = await readFile(/** @type {string} */ (await download.path()));
  expect(file.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
  /** @type {Record<string, string>} */
  const texts = {};
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const [type, data] = [
      file.toString("latin1", at + 4, at + 8),
      file.subarray(at + 8, at + 8 + file.readUInt32BE(at)),
    ];
    if (type === "IHDR") expect(data.readUInt32BE(0) * data.readUInt32BE(4)).toBeGreaterThan(100_000);
    if (type === "tEXt")
      texts[data.toString("latin1", 0, data.indexOf(0))] = data.toString("latin1", data.indexOf(0) + 1);
  }
  expect(texts.Source).toBe(await lab.copyLink());
  expect(texts.Source).toMatch(/seed=5&steps=50&at=88&check=/);
});

test("in a frame that may not save, the picture itself is offered and no file is claimed", async ({
  page,
  watch,
}) => {
  watch.expect(/Download is disallowed|can escape its sandboxing/);
  await page.route("**/frame", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><iframe sandbox="allow-scripts allow-same-origin" src="/#seed=5&at=3" width=1200 height=800></iframe>',
    }),
  );
  await page.goto("/frame");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("slider", { name: "Position on the timeline" })).toHaveAttribute(
    "aria-valuetext",
    /Step 3 /,
  );
  await frame.getByRole("button", { name: "Save PNG" }).click();
  const said = frame.getByRole("status").filter({ hasText: "may not be allowed to save" });
  const picture = said.getByRole("img");
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((/** @type {HTMLImageElement} */ image) => image.naturalWidth)).toBe(1280);
  await expect(frame.getByText("Saved as")).toHaveCount(0);
});

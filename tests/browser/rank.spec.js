// The lab of rank in a visitor's hands: masks, kernels, the boundary dragged, a tower built, the printed head reproduced; by keys, on a phone.
import { sound } from "./axe.js";
import { expect, test } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} link */
async function open(page, link = "") {
  await page.goto("about:blank");
  await page.goto(`/#v=2&lab=rank&lang=en${link.includes("at=") ? link : `${link}&at=0`}`);
  await expect(page.locator(".rank-stage .says")).not.toBeEmpty({ timeout: 15_000 });
}

/** How many colours a canvas has. @param {import("@playwright/test").Locator} canvas */
const colours = (canvas) =>
  canvas.evaluate((one) => {
    const copy = new OffscreenCanvas(one.width, one.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(one, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, one.width, one.height).data.buffer)).size;
  });

/** A number of the strip. @param {import("@playwright/test").Page} page @param {string} name */
const gauge = (page, name) =>
  page
    .getByRole("group", { name: "The head in numbers" })
    .locator("div", { has: page.getByText(name, { exact: true }) })
    .locator("dd");

test("five masks, each with its map, spectrum and tower; every step adds a layer; nothing but mathematics is fetched", async ({
  page,
}) => {
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  await open(page);
  const map = page.getByRole("img", { name: /^The attention map/ });
  const tower = page.getByRole("img", { name: /^Tokens as points/ });
  let before = "";
  for (const name of ["Two-way", "Prefix", "Anti-causal", "Half and half", "Causal"]) {
    await page.getByRole("radio", { name, exact: true }).check();
    await expect.poll(() => map.evaluate((one) => one.toDataURL())).not.toBe(before);
    before = await map.evaluate((one) => one.toDataURL());
    for (const canvas of await page.locator(".rank-stage canvas, .rank-evidence canvas").all())
      await expect.poll(() => colours(canvas)).toBeGreaterThan(20);
  }
  await page.locator(".rank-stage").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tower).toHaveAccessibleName(/after 1 layers/);
  await page.keyboard.press("End");
  await expect(tower).toHaveAccessibleName(/after 12 layers/);
  await expect.poll(() => page.url()).toContain("at=12");
  expect([...fetched].filter((path) => /\/(core|cpu|webgpu|models)\/(?!schema)/.test(path))).toEqual([]);
});

test("a link with draw=splitmix is the printed head, in the strip and in the claims", async ({ page }) => {
  await open(page, "&draw=splitmix&seed=7&mask=two-way");
  await expect(gauge(page, "σ > σ₁/10⁶")).toHaveText("64");
  await expect(gauge(page, "σ > σ₁/100")).toHaveText("47");
  await expect(gauge(page, "entropy rank")).toHaveText("27.33");
  await expect(gauge(page, "log₁₀ |det|")).toHaveText("−96.21");
  await page.getByRole("radio", { name: "Causal", exact: true }).check();
  await expect(gauge(page, "entropy rank")).toHaveText("29.29");
  await expect(page.locator('[data-claim="rank_1e6"]')).toContainText("61");
  await expect(page.locator('[data-claim="rank_1e6"]')).toContainText("conditioning, not rank");
  await expect(page.locator('[data-claim="erank_two_way"]')).toContainText("holds");
});

test("the boundary follows the hand and the keys, and the link follows the boundary; order is seen by triangles", async ({
  page,
}) => {
  await open(page, "&mask=prefix");
  const corner = page.getByRole("button", { name: /^The prefix ends after token 32 of 64/ });
  const order = page.getByRole("img", { name: /^How the output of every token changes/ });
  await expect(order).toHaveAccessibleName(/× 10⁻¹|: 0 at most/);
  const box = await corner.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y - 60, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/prefix=(1\d|2\d)\b/);
  const grip = page.getByRole("button", { name: /^The prefix ends/ });
  const dragged = Number(/prefix=(\d+)/.exec(page.url())?.[1]);
  await grip.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.url()).toContain(`prefix=${dragged + 1}`);
  await page.getByRole("radio", { name: "Causal", exact: true }).check();
  await expect(order).toHaveAccessibleName(/: \d\.\d+ at most/);
});

test("linear attention stands at its wall and the card of costs counts; a determinant that is none says so", async ({
  page,
}) => {
  await open(page, "&mask=two-way");
  await page.getByRole("combobox", { name: /Kernel/ }).selectOption("elu1");
  await expect(page.locator(".says")).toContainText("8 directions");
  await expect(gauge(page, "log₁₀ |det|")).toHaveText("none");
  const row = page.getByRole("row", { name: /^T5/ });
  await expect(row).toContainText("×2.33");
  await expect(page.getByRole("row", { name: /^GPT/ })).toContainText("12 L D²");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save spectra and spread as CSV" }).click();
  expect((await download).suggestedFilename()).toBe("chailou-rank-two-way.csv");
});

test("axe finds nothing, in the dark and on a phone, where everything fits", async ({ page }) => {
  await open(page, "&at=4&theme=dark&mask=mixed");
  await sound(page, "desk");
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "&at=7&lang=zh");
  await sound(page, "phone");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("a head of the model that ships is measured on a text of the visitor’s, and a door leads to the lab where it writes, and back", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("radio", { name: "Of a model", exact: true }).check();
  await expect(page.locator(".says")).toContainText("layer 1, head 1, on 85 characters", { timeout: 30_000 });
  await page.getByRole("textbox", { name: "The text that the model reads" }).fill("Good night, good night!");
  await expect(page.locator(".says")).toContainText("on 23 characters");
  await expect(page.locator('[data-claim="model_gap"]')).toContainText("holds");
  await page.getByRole("button", { name: "See this head in the attention lab" }).click();
  await expect.poll(() => page.url()).toMatch(/lab=attention.*prompt=Good/);
  await page.getByRole("button", { name: "Measure its rank" }).click({ timeout: 60_000 });
  await expect.poll(() => page.url()).toMatch(/lab=rank.*source=model/);
  await expect(page.locator(".says")).toContainText("on 23 characters", { timeout: 30_000 });
});

test("twins are trained by one button, seed by seed, to a verdict; other settings leave them alone, and rewinding ends it", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page, "&task=sort&steps=50&seeds=3");
  const twins = page.locator(".twins");
  await expect(twins.locator(".twin-says")).toContainText("only the masks differ");
  await twins.getByRole("button", { name: "Train the twins" }).click();
  await expect(twins.locator(".pace")).toContainText("seed 1 of 3");
  await expect(twins.locator(".pace")).toHaveText("3 of 3 seeds trained", { timeout: 120_000 });
  await expect(twins.locator(".twin-says")).toContainText(
    /^(No difference to be seen|GPT is left|UniLM is left).*± .*3 seeds, paired t test, p = /,
  );
  await expect(page.locator('[data-claim="twin_difference"]')).toHaveClass(/holds|fails/);
  await expect.poll(() => page.url()).toContain("trained=150");
  for (const canvas of await twins.locator("canvas").all()) expect(await colours(canvas)).toBeGreaterThan(20);
  await page.getByRole("radio", { name: "Prefix", exact: true }).check();
  await expect.poll(() => page.url()).toContain("mask=prefix");
  await expect(twins.locator(".steps")).toHaveText("training steps: 150");
  await twins.getByRole("button", { name: "Rewind" }).click();
  await expect(twins.locator(".steps")).toHaveText("training steps: 0");
  await expect.poll(() => page.url()).not.toContain("trained");
});

test("a link learns its twins again, as far as it says", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page, "&task=copy&twins=gaps&steps=50&seeds=3&trained=60");
  const twins = page.locator(".twins");
  await expect(twins.locator(".steps")).toHaveText("training steps: 60", { timeout: 60_000 });
  await expect(twins.locator(".pace")).toHaveText("1 of 3 seeds trained");
  await expect(twins.locator(".twin-says")).toContainText("half and half less two-way");
});

// The lab of concentration in a visitor's hands: six questions, a query turned up, a needle dragged, a text that grows; by keys, on a phone.
import { sound } from "./axe.js";
import { expect, readNumber, test } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} link */
async function open(page, link = "") {
  await page.goto("about:blank");
  await page.goto(`/#v=2&lab=focus&lang=en${link.includes("at=") ? link : `${link}&at=11`}`);
  await expect(page.locator(".focus-stage .says")).not.toBeEmpty({ timeout: 15_000 });
}

/** How many colours a canvas has. @param {import("@playwright/test").Locator} canvas */
const colours = (canvas) =>
  canvas.evaluate((one) => {
    const copy = new OffscreenCanvas(one.width, one.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(one, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, one.width, one.height).data.buffer)).size;
  });

/** The tokens that the chosen kernel comes to, as the picture says them aloud. @param {import("@playwright/test").Page} page */
const tokens = async (page) => {
  const said = (await page.locator(".main-figure canvas").getAttribute("aria-label")) ?? "";
  return readNumber(/([\d\u2009.]+) effective tokens/.exec(said)?.[1].replaceAll("\u2009", "") ?? "");
};

test("each of six questions has three pictures and its number to turn, and the text grows where it is read; nothing but mathematics is fetched", async ({
  page,
}) => {
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  await open(page);
  for (const [i, [part, id, dial]] of [
    ["Kernels", "bench", "Turn: Sharpness γ"],
    ["Phase change", "phase", "Turn: Sharpness γ"],
    ["Needle", "needle", "Turn: Margin of the needle m"],
    ["Shape of q̃", "shape", "Turn: Shape of q̃"],
    ["Decay", "decay", "Turn: Decay λ"],
    ["Log-n scaling", "scaling", "Turn: Sharpness γ"],
  ].entries()) {
    await page.getByRole("radio", { name: part, exact: true }).check();
    await expect(page.locator(".focus-stage")).toHaveAttribute("data-part", id);
    const canvases = page.locator(".focus-pictures canvas");
    await expect(canvases).toHaveCount(3);
    for (const canvas of await canvases.all()) await expect.poll(() => colours(canvas)).toBeGreaterThan(20);
    const main = page.locator(".focus-stage .main-figure canvas");
    const picture = () => main.evaluate((/** @type {HTMLCanvasElement} */ one) => one.toDataURL());
    const before = await picture();
    await page.getByRole("slider", { name: dial }).fill(String(300 + 40 * i));
    await expect.poll(picture).not.toBe(before);
    // The one says the same at every length, the other compares all of them.
    if (["shape", "scaling"].includes(id)) continue;
    // A slider keeps these keys for itself.
    await page.locator(".focus-stage").focus();
    const turned = await picture();
    await page.keyboard.press("Home");
    await expect.poll(() => page.url()).toMatch(/at=0/);
    await expect.poll(picture).not.toBe(turned);
    await page.keyboard.press("End");
    await expect.poll(() => page.url()).toMatch(/at=11/);
  }
  expect([...fetched].filter((path) => /\/(core|cpu|webgpu|models)\/(?!schema)/.test(path))).toEqual([]);
});

test("the query turned up narrows softmax and not the identity, and the link follows", async ({ page }) => {
  await open(page);
  const dial = page.getByRole("slider", { name: "Turn: Sharpness γ" });
  await expect.poll(() => tokens(page)).toBeGreaterThan(300);
  await dial.fill("500");
  await expect.poll(() => page.url()).toContain("gamma=6");
  await expect.poll(() => tokens(page)).toBeLessThan(20);
  await page.getByRole("combobox", { name: "Kernel", exact: true }).selectOption("identity");
  await expect.poll(() => tokens(page)).toBeGreaterThan(2000);
  // A row of the picture chooses its kernel.
  const main = page.locator(".main-figure canvas");
  const box = await main.boundingBox();
  await main.click({ position: { x: 300, y: box.height * 0.68 } });
  await expect.poll(() => page.url()).toContain("kernel=decay");
  await expect.poll(() => tokens(page)).toBe(19);
});

test("the needle follows the hand and the keys; the slip stands beside its correction", async ({ page }) => {
  await open(page, "&part=needle");
  const needle = page.getByRole("button", { name: /^Needle at m = 10\./ });
  const box = await needle.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/margin=1[3-9]/);
  await expect(page.locator(".main-figure canvas")).toHaveAttribute("aria-label", /needle (9\d|100) %/);
  await page.getByRole("button", { name: /^Needle at m = / }).focus();
  const before = Number(/margin=([\d.]+)/.exec(page.url())?.[1]);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(() => Number(/margin=([\d.]+)/.exec(page.url())?.[1])).toBeCloseTo(before - 1, 1);
  await open(page, "&part=shape&shape=1");
  await expect(page.getByRole("heading", { name: "The article says" })).toBeVisible();
  await expect(page.getByText("One-hot is sparsest at any d", { exact: false }).first()).toBeVisible();
  await expect(page.locator('[data-claim="article_dimension"]')).toContainText("fails");
  await expect(page.locator('[data-claim="one_hot_floor"]')).toContainText("holds");
});

test("axe finds nothing, on a phone too, where everything fits", async ({ page }) => {
  await open(page, "&theme=dark");
  await sound(page, "desk");
  await page.setViewportSize({ width: 390, height: 844 });
  for (const part of ["bench", "phase", "needle", "shape", "twins"]) {
    await open(page, `&part=${part}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await sound(page, "phone");
  await open(page, "&part=needle");
  await page.getByRole("slider", { name: "Turn: Margin of the needle m" }).fill("900");
  await expect.poll(() => page.url()).toContain("margin=27");
});

test("four kernels are trained side by side, and asked with more pairs than they learnt from", async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto("/#v=3&lab=focus&lang=en&part=twins&pairs=2&steps=50&seeds=1");
  const twins = page.locator(".twins");
  await expect(page.locator(".focus-pictures")).toBeHidden();
  await expect(page.locator(".focus-exam")).toBeHidden();
  await twins.getByRole("button", { name: "Train the twins" }).click();
  await expect(twins.locator(".pace")).toHaveText("1 of 1 seeds trained", { timeout: 120_000 });
  await expect(page.locator(".focus-exam")).toBeVisible();
  await expect(page.locator(".focus-exam tbody tr")).toHaveCount(4);
  await expect(page.locator('[data-claim="twin_recurrent"]')).toHaveClass(/holds/);
  await sound(page, "twins");
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("radio", { name: "Kernels", exact: true }).check();
  await expect(page.locator(".focus-pictures")).toBeVisible();
  await expect(twins).toBeHidden();
  // What was trained is still there.
  await page.getByRole("radio", { name: "Twins", exact: true }).check();
  await expect(twins.locator(".steps")).toHaveText("training steps: 50");
});

// The lab of stretching in a visitor's hands: six views, a bias turned up, a distance dragged, schemes and ways to stretch, a text that grows; on a phone.
import { sound } from "./axe.js";
import { expect, readNumber, test } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} link */
async function open(page, link = "") {
  await page.goto("about:blank");
  await page.goto(`/#v=2&lab=stretch&lang=en${link.includes("at=") ? link : `${link}&at=12`}`);
  await expect(page.locator(".stretch-stage .says")).not.toBeEmpty({ timeout: 15_000 });
}

/** How many colours a canvas has. @param {import("@playwright/test").Locator} canvas */
const colours = (canvas) =>
  canvas.evaluate((one) => {
    const copy = new OffscreenCanvas(one.width, one.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(one, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, one.width, one.height).data.buffer)).size;
  });

/** Presses a name under a picture; the notes have the same. @param {import("@playwright/test").Page} page @param {string} name */
const choose = (page, name) =>
  page.locator(".stretch-stage").getByRole("button", { name, exact: true }).click();

/** A number that the large picture says aloud. @param {import("@playwright/test").Page} page @param {RegExp} pattern */
const said = async (page, pattern) =>
  readNumber(
    pattern.exec((await page.locator(".main-figure canvas").getAttribute("aria-label")) ?? "")?.[1] ?? "",
  );

test("each of six views has three pictures, its number to turn, and a text that grows; nothing but mathematics is fetched", async ({
  page,
}) => {
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  await open(page);
  for (const [i, [view, id, dial]] of [
    ["Four terms", "terms", "Turn: Length of the query’s bias |a|"],
    ["Window", "window", "Turn: Strength of the fourth term c"],
    ["Cancel or not", "cancel", "Turn: Length of the key’s bias |b|"],
    ["Family", "family", "Turn: Strength of the fourth term c"],
    ["Stretching", "tricks", "Turn: Stretched how many times s"],
    ["The article’s table", "table", ""],
  ].entries()) {
    await page.getByRole("radio", { name: view, exact: true }).check();
    await expect(page.locator(".stretch-stage")).toHaveAttribute("data-view", id);
    const canvases = page.locator(".stretch-pictures canvas");
    await expect(canvases).toHaveCount(3);
    for (const canvas of await canvases.all()) await expect.poll(() => colours(canvas)).toBeGreaterThan(20);
    const main = page.locator(".stretch-stage .main-figure canvas");
    const picture = () => main.evaluate((/** @type {HTMLCanvasElement} */ one) => one.toDataURL());
    // A way to stretch that listens to its number.
    if (id === "tricks") await choose(page, "NTK");
    const before = await picture();
    if (dial) {
      await page.getByRole("slider", { name: dial }).fill(String(500 + 60 * i));
      await expect.poll(picture).not.toBe(before);
    } else await expect(page.locator(".turn")).toBeHidden();
    await page.locator(".stretch-stage").focus();
    const turned = await picture();
    await page.keyboard.press("Home");
    await expect.poll(() => page.url()).toMatch(/at=0/);
    await expect.poll(picture).not.toBe(turned);
    await page.keyboard.press("End");
    await expect.poll(() => page.url()).toMatch(/at=12/);
  }
  expect([...fetched].filter((path) => /\/(core|cpu|webgpu|models)\/(?!schema)/.test(path))).toEqual([]);
});

test("beyond the critical strength the window stops growing; schemes and ways to stretch are chosen under the pictures", async ({
  page,
}) => {
  await open(page, "&view=window&c=4");
  const mass = () => said(page, /nearest keys get ([\d.]+)/);
  await expect.poll(mass).toBeCloseTo(0.305, 3);
  await expect(page.locator('[data-claim="critical_strength"]')).toContainText("fails");
  await page.getByRole("slider", { name: "Turn: Strength of the fourth term c" }).fill("500");
  await expect.poll(() => page.url()).toContain("c=16");
  await expect.poll(mass).toBeCloseTo(0.997, 3);
  await expect(page.locator('[data-claim="window_drift"]')).toContainText("holds");
  await page.getByRole("radio", { name: "Family", exact: true }).check();
  await choose(page, "NoPE");
  await expect.poll(() => page.url()).toContain("scheme=nope");
  await expect.poll(mass).toBeCloseTo(0.125, 3);
  await page.getByRole("radio", { name: "Stretching", exact: true }).check();
  const unseen = () => said(page, /(\d+) pairs at angles/);
  await expect.poll(unseen).toBe(33);
  await choose(page, "YaRN");
  await expect.poll(unseen).toBe(0);
});

test("the distance follows the hand and the keys; the table stands as the article’s, beside its warning", async ({
  page,
}) => {
  await open(page);
  const grip = page.getByRole("button", { name: /^Distance k = 64\./ });
  const box = await grip.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 5 });
  await page.mouse.up();
  const k = () => Number(/[&#]k=(\d+)/.exec(page.url())?.[1]);
  await expect.poll(k).toBeGreaterThan(100);
  await page.getByRole("button", { name: /^Distance k = / }).focus();
  const before = k();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(k).toBe(before - Math.round(before * 0.1));
  await open(page, "&view=table");
  await expect(page.getByText("Printed by the article, not measured here", { exact: false })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Its author warns" })).toBeVisible();
  await expect(page.getByText("did not reproduce the gain reliably", { exact: false }).first()).toBeVisible();
  const table = page.getByRole("region", { name: /^As the article prints it/ });
  await expect(table.getByRole("row", { name: /^with bias/ })).toContainText("39.55 %");
});

test("networks that ship read long texts before one’s eyes; the verdict is in words, and a trick is for what is turned", async ({
  page,
}) => {
  test.slow();
  await open(page, "&view=measured&lane3=none&texts=1&at=0");
  await expect(page.locator(".stretch-stage .read")).toContainText("6 of 6", { timeout: 60_000 });
  await expect(page.locator("p.verdict:visible")).toContainText(/Not to be told apart|The bias/);
  await expect(page.getByText("no replication of the article’s table", { exact: false })).toBeVisible();
  const beyond = () => page.locator('[data-claim="loss_beyond"]').textContent();
  const before = await beyond();
  await page.locator('.panel [data-key="trick"] select').first().selectOption("rerope");
  await expect(page.locator(".stretch-stage .read")).toContainText("6 of 6", { timeout: 60_000 });
  await expect.poll(beyond).not.toBe(before);
  // Its first head on the beginning of this text, where maps are looked at.
  await page.getByRole("button", { name: "Look inside RoPE", exact: true }).click();
  await expect.poll(() => page.url()).toMatch(/lab=attention.*model=places.*scheme=rope/);
  await expect(page.locator(".stage canvas").first()).toBeVisible({ timeout: 60_000 });
});

test("axe finds nothing, on a phone too, where everything fits", async ({ page }) => {
  await open(page, "&theme=dark");
  await sound(page, "desk");
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of ["terms", "cancel", "tricks", "measured", "train", "table"]) {
    await open(page, `&view=${view}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await sound(page, "phone");
  await open(page, "&view=window");
  await page.getByRole("slider", { name: "Turn: Strength of the fourth term c" }).fill("900");
  await expect.poll(() => page.url()).toContain("c=28.8");
});

// The lab of beginnings in a visitor's hands: a gain turned until the line lies flat, a cut dragged, switches, a typed activation; on a phone.
import { sound } from "./axe.js";
import { expect, test } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} link */
async function open(page, link = "") {
  await page.goto("about:blank");
  await page.goto(`/#v=2&lab=init&lang=en&width=64${link}${link.includes("at=") ? "" : "&at=0"}`);
  await expect(page.locator(".init-stage .says")).not.toBeEmpty({ timeout: 15_000 });
}

/** How many colours a canvas has. @param {import("@playwright/test").Locator} canvas */
const colours = (canvas) =>
  canvas.evaluate((one) => {
    const copy = new OffscreenCanvas(one.width, one.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(one, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, one.width, one.height).data.buffer)).size;
  });

/** What the large picture says aloud. @param {import("@playwright/test").Page} page */
const main = (page) => page.locator(".init-stage .main-figure canvas");

test("each of four views has three pictures and a number to turn; nothing but mathematics is fetched", async ({
  page,
}) => {
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  await open(page, "&depth=12&n=64");
  for (const [name, id, dial] of [
    ["Signal", "signal", "Turn: Gain"],
    ["Cut and tune", "truncation", "Turn: Cut"],
    ["The √d switch", "attention", "Turn: Head size d"],
    ["Residual ladder", "residual", "Turn: Ramp α"],
  ]) {
    await page.getByRole("radio", { name, exact: true }).check();
    await expect(page.locator(".init-stage")).toHaveAttribute("data-view", id);
    const canvases = page.locator(".init-stage canvas:visible");
    await expect(canvases).toHaveCount(3);
    if (id === "residual") {
      await page.locator(".init-stage").focus();
      await page.keyboard.press("End");
    }
    for (const canvas of await canvases.all()) await expect.poll(() => colours(canvas)).toBeGreaterThan(12);
    const picture = () => main(page).evaluate((/** @type {HTMLCanvasElement} */ one) => one.toDataURL());
    const before = await picture();
    await page.getByRole("slider", { name: dial }).fill("700");
    await expect.poll(picture).not.toBe(before);
  }
  expect([...fetched].filter((path) => /\/(core|cpu|webgpu|models)\/(?!schema)/.test(path))).toEqual([]);
});

test("a line is laid flat, a layer is looked at, and the link follows", async ({ page }) => {
  await open(page, "&depth=20&at=20");
  await expect(main(page)).toHaveAttribute("aria-label", /by the map 9.54 × 10⁻⁷/);
  await page.getByRole("button", { name: "Lay it flat" }).click();
  await expect.poll(() => page.url()).toContain("gain=1.41421");
  await expect(main(page)).toHaveAttribute("aria-label", /by the map (1|0.9999|1.000)\d*\./);
  const box = await main(page).boundingBox();
  await main(page).click({ position: { x: box.width / 2, y: box.height / 2 } });
  await expect(main(page)).toHaveAttribute("aria-label", /Layer (9|10|11):/);
  await expect(page.locator('[data-claim="second_moment"]')).toContainText("holds");
});

test("elu bends into SELU, a formula is typed, a wrong one is named", async ({ page }) => {
  await open(page, "&view=truncation");
  await page.getByRole("button", { name: "Bend elu: SELU" }).click();
  await expect.poll(() => page.url()).toMatch(/bend=1\.6732[\d]*/);
  await expect(main(page)).toHaveAttribute("aria-label", /second moment 1\.?/);
  await page.getByRole("combobox", { name: "Activation", exact: true }).selectOption("typed");
  const field = page.getByRole("textbox", { name: "Your activation φ(x)" });
  await field.fill("tanh(");
  await expect(page.locator("#init-formula-fault")).toContainText("missing");
  await field.fill("2tanh(x)");
  await expect(page.locator("#init-formula-fault")).toBeEmpty();
  await expect.poll(() => page.url()).toContain("activation=typed");
});

test("the switch, the norm, and a phone where everything fits", async ({ page }) => {
  await open(page, "&view=attention&d=64&n=64&theme=dark");
  await page.getByRole("radio", { name: "on: q·k/√d" }).check();
  await expect.poll(() => page.url()).toContain("scaling=root");
  await expect(page.locator('[data-claim="logit_sd"]')).toContainText("holds");
  await sound(page, "desk");
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of ["signal", "truncation", "attention", "residual"]) {
    await open(page, `&view=${view}&depth=12&n=64`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await page.getByRole("radio", { name: "ReZero / SkipInit" }).check();
  await expect.poll(() => page.url()).toContain("norm=rezero");
  await sound(page, "phone");
});

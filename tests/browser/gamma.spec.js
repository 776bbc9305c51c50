// The lab of Γ in a visitor's hands: the derivation, z and the line dragged, fields, the residual; by pointer, by keys, on a phone.
import { sound } from "./axe.js";
import { rowsOf } from "./csv.js";
import { expect, test } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} link */
async function open(page, link = "") {
  // With a step in its link nothing plays by itself.
  await page.goto(`/#v=2&lab=gamma${link.includes("at=") ? link : `${link}&at=0`}`);
  await expect(page.locator(".roads .residual")).toContainText("✓", { timeout: 15_000 });
}

test("nine steps lead from the equation to Γ, each with its formula, its picture and what is left over", async ({
  page,
}) => {
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  await open(page, "&at=0");
  for (let at = 0; at <= 8; at++) {
    await expect(page.locator(".roads .formula .katex")).toBeVisible();
    await expect(page.locator(".roads .residual")).toContainText("✓");
    const canvas = page.locator(".roads .chart > canvas");
    const inked = () =>
      canvas.evaluate((one) => {
        const copy = new OffscreenCanvas(one.width, one.height).getContext("2d", {
          willReadFrequently: true,
        });
        copy.drawImage(one, 0, 0);
        const { data } = copy.getImageData(0, 0, one.width, one.height);
        return data.reduce((sum, value, i) => (i % 4 === 3 ? sum + (value > 0) : sum), 0);
      });
    await expect.poll(inked).toBeGreaterThan(2000);
    if (at < 8) {
      const before = await page.locator(".roads .banner h2").textContent();
      await page.keyboard.press("ArrowRight");
      await expect(page.locator(".roads .banner h2")).not.toHaveText(String(before));
    }
  }
  await expect.poll(() => page.url()).toContain("at=8");
  // Nothing but its own engine, and no network.
  expect([...fetched].filter((path) => /\/(cpu|webgpu|models)\//.test(path))).toEqual([]);
});

test("z follows the hand, the keys and the field, and the link follows z", async ({ page }) => {
  await open(page);
  const grip = page.getByRole("button", { name: /^z = / });
  const box = await grip.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y - 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/re=2\.\d/);
  await page.getByRole("textbox", { name: "Re z", exact: true }).fill("0.5");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Im z", exact: true }).fill("0");
  await page.keyboard.press("Enter");
  await expect(page.locator(".plane .said")).toContainText("1.77245385");
  await grip.focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => page.url()).toMatch(/im=0\.1/);
  await page.getByRole("textbox", { name: "Re z", exact: true }).fill("-3");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Im z", exact: true }).fill("0");
  await page.keyboard.press("Enter");
  await expect(page.locator(".plane .said")).toContainText("is a pole");
});

test("the plane is pushed and zoomed, and what is seen stands in the link", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => page.url()).toMatch(/span=6\.8/);
  const canvas = page.locator("canvas.relief");
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/cx=-/);
  // A picture is there: many colours, not one.
  const colours = () =>
    canvas.evaluate(
      (one) =>
        new Set(new Uint32Array(one.getContext("2d").getImageData(0, 0, one.width, one.height).data.buffer))
          .size,
    );
  await expect.poll(colours).toBeGreaterThan(200);
});

test("axe finds nothing, on a phone too, where every part fits and a tap puts z", async ({ page }) => {
  await open(page, "&at=4&theme=dark");
  await sound(page, "desk");
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, "&at=7");
  await sound(page, "phone");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.locator("canvas.relief").click({ position: { x: 100, y: 60 } });
  await expect.poll(() => page.url()).toMatch(/re=-/);
  await page.getByRole("slider", { name: "From ω to t = exp ω" }).fill("100");
  await expect(page.locator(".roads .morph")).toBeVisible();
});

test("the picture beside the plane and how far ω was dragged into t are in the link, where a hand has set them", async ({
  page,
}) => {
  await open(page, "&at=7");
  const morph = page.getByRole("slider", { name: "From ω to t = exp ω" });
  // The step that substitutes drags it by itself.
  await expect(morph).toHaveValue("100");
  expect(page.url()).not.toMatch(/morph|picture/);
  await morph.fill("30");
  await expect.poll(() => page.url()).toContain("morph=0.3");
  await page.reload();
  await expect(morph).toHaveValue("30");
  await page.getByRole("combobox", { name: "Picture beside the plane" }).selectOption("rule");
  await expect.poll(() => page.url()).toContain("picture=rule");
  await page.getByRole("button", { name: /Undo/ }).click();
  await expect.poll(() => page.url()).not.toContain("picture");
  await expect(morph).toHaveValue("30");
  await page.getByRole("button", { name: /Redo/ }).click();
  await expect.poll(() => page.url()).toContain("picture=rule");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Picture beside the plane" })).toHaveValue("rule");
  await expect(page.locator(".roads .pictures h3").last()).toHaveText("Trapezoid magic: error by step");
  // Another step moves it by itself again.
  await page.locator("canvas.relief").blur();
  await page.getByRole("button", { name: "Step forward" }).click();
  await expect.poll(() => page.url()).not.toContain("morph");
});

test("every picture is saved as numbers, each column by its name", async ({ page }) => {
  for (const [at, head, expected] of /** @type {const} */ ([
    // Γ(1) = 1, Γ(4) = 6, to a float's digits.
    [0, "x,Γ(x),f(x)", { 1: 1, 4: 6 }],
    // One period at −n is (−1)ⁿ/n!: the comb's last two columns agree.
    [4, "x,f_N(x),n,one period at −n,(−1)^n/n!", null],
    [6, "ω,2π e^(cω−e^ω),summed", null],
  ])) {
    await page.goto("about:blank");
    await page.goto(`/#v=2&lab=gamma&lang=en&c=1&at=${at}`);
    const button = page.locator(".roads .chart .save");
    await expect(button).toBeVisible({ timeout: 30_000 });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const [first, ...rows] = await rowsOf(download);
    expect(first).toBe(head);
    expect(rows.length).toBeGreaterThan(10);
    const numbers = rows.map((row) => row.split(",").map((field) => (field ? Number(field) : null)));
    for (const [x, value] of Object.entries(expected ?? {})) {
      const row = numbers.find(([there]) => there === Number(x));
      expect(Math.abs((row?.[1] ?? 0) - value)).toBeLessThan(1e-5);
    }
    const pairs = numbers.map((row) => row.slice(-2)).filter(([a, b]) => a !== null && b !== null);
    if (!expected) for (const [a, b] of pairs) expect(Math.abs(Number(a) - Number(b))).toBeLessThan(1e-4);
  }
});

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`z, the line, the plane and the numbers in the pictures move under keys, by their names, on a ${device}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await open(page);
    const link = () => Object.fromEntries(new URLSearchParams(page.url().split("#")[1]));
    for (const [role, name, keys, changed] of /** @type {const} */ ([
      ["button", /^z = /, ["ArrowUp", "Shift+ArrowRight"], ["re", "im"]],
      ["button", /^The line Re z = /, ["ArrowLeft"], ["c"]],
      ["img", /arrow keys move it/, ["ArrowLeft", "+"], ["cx", "span"]],
    ])) {
      const before = link();
      await page.getByRole(role, { name }).first().focus();
      for (const key of keys) await page.keyboard.press(key);
      for (const key of changed) await expect.poll(() => link()[key], key).not.toBe(before[key]);
    }
    // A number in a picture is a slider: x on the real road, ω on the line, h of the rule.
    for (const [at, name, key] of /** @type {const} */ ([
      [3, /^The real road/, "x"],
      [6, /^Γ along the line/, "omega"],
    ])) {
      await open(page, `&at=${at}`);
      const before = link()[key];
      const slider = page.locator(".roads").getByRole("slider", { name });
      const value = await slider.getAttribute("aria-valuenow");
      await slider.focus();
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => link()[key], key).not.toBe(before);
      await expect(slider).not.toHaveAttribute("aria-valuenow", String(value));
    }
    const rule = page.getByRole("slider", { name: /^Trapezoid magic/ });
    const { h } = link();
    await rule.focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => link().h).not.toBe(h);
  });

// The ant's lab in a browser: every tool by its name on a desk and on a phone, a hand on the sheet, typed formulas, heat, undo.
import { expect, test } from "./lab.js";

/** What each tool measures first, by the name that a visitor reads. */
const tools = {
  "Straight line": "Distance to the second point",
  Fan: "Width of the fan at the end",
  "Carry round": "Turn of the carried arrow",
  Triangle: "Angle excess of the triangle",
  Circle: "Circumference of the circle",
  Orbit: "Newton’s orbit against the straight line",
  "Gauss–Bonnet": "∬ K dS + ∮ κ ds + Σ turning",
};
const insight = (page) => page.getByRole("region", { name: "What is measured" });

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`every tool is used by its name and its claim holds, on a ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    const fetched = new Set();
    page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
    await page.goto(
      "/#lang=en&lab=riemann&surface=kepler&length=2&u=1.2&heading=1.5&radius=0.15&u2=-0.5&v2=0.7&at=0",
    );
    await expect(page.getByRole("heading", { name: "The ant’s geometry", level: 1 })).toBeVisible();
    for (const [tool, number] of Object.entries(tools)) {
      await page.getByRole("radio", { name: tool, exact: true }).check({ force: true });
      const row = insight(page).locator("div", { hasText: number }).first();
      await expect(row).toHaveClass("holds");
    }
    // Core alone: nothing that it does not need was fetched.
    expect([...fetched].filter((path) => /models|cpu|webgpu/.test(path))).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, "nothing sticks out").toBeLessThanOrEqual(0);
  });

test("the ant is dragged and pushed by keys, the arrow comes back turned, and undo is undo", async ({
  page,
}) => {
  await page.goto("/#lang=en&lab=riemann&surface=sphere&tool=loop&u=1.2&v=-0.4&radius=0.5&at=0");
  const ant = page.getByRole("button", { name: /^The ant’s start/ });
  await expect(ant).toBeVisible();
  const turned = insight(page).locator("div", { hasText: "Turn of the carried arrow" }).first().locator("dd");
  // 2π (1 − cos ½), wherever the circle lies on the sphere.
  await expect(turned).toHaveText("0.7691714");
  const box = await ant.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 70, box.y + 30, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => page.url()).not.toContain("u=1.2&");
  await expect(turned).toHaveText("0.7691714");
  const before = page.url();
  await ant.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.url()).not.toBe(before);
  await page.getByRole("button", { name: /Undo/ }).click();
  await expect.poll(() => page.url()).toBe(before);
});

test("a typed metric is read at every key; a wrong one is named where it is wrong, and the last good one stays", async ({
  page,
}) => {
  await page.goto("/#lang=en&lab=riemann&surface=metric&u=1&at=0");
  const g = page.getByRole("textbox", { name: "Formula of G" });
  const e = page.getByRole("textbox", { name: "Formula of E" });
  const f = page.getByRole("textbox", { name: "Formula of F" });
  await e.fill("1");
  await f.fill("0");
  await g.fill("sin(u");
  await expect(page.getByText(/G, character 4: this parenthesis is never closed/)).toBeVisible();
  await expect(g).toHaveAttribute("aria-invalid", "true");
  await g.fill("sin(u)^2");
  await expect(g).toHaveAttribute("aria-invalid", "false");
  const k = insight(page).locator("div", { hasText: "Curvature K at the ant" }).first().locator("dd");
  await expect(k).toHaveText("1");
  await expect.poll(() => page.url()).toContain("z=");
  await page.reload();
  await expect(g).toHaveValue("sin(u)^2");
  await expect(k).toHaveText("1");
});

test("heat that is painted bends straight lines and travels in the link", async ({ page }) => {
  await page.goto("/#lang=en&lab=riemann&surface=hotplate&a=0.4&u=1.3&v=-0.9&heading=1.9&length=1.8&at=0");
  await page.getByRole("button", { name: "Paint hot" }).click();
  const chart = page.getByRole("img", { name: /^The chart of the sheet/ });
  const box = await chart.boundingBox();
  const before = await chart.evaluate((canvas) => canvas.toDataURL());
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 90, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toContain("z=");
  await expect.poll(() => chart.evaluate((canvas) => canvas.toDataURL())).not.toBe(before);
  await page.getByRole("button", { name: "Cool down" }).click();
  await expect.poll(() => page.url()).not.toContain("z=");
});

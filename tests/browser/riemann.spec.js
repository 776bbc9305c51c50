// The ant's lab in a browser: every tool by its name on a desk and on a phone, a hand on the sheet, typed formulas, heat, undo.
import { rowsOf } from "./csv.js";
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
  // Its claims stand on another sheet; here it only says so.
  "Natural gradient": "",
};
const insight = (page) => page.getByRole("region", { name: "What is measured" });

/** A number that is measured, by its name. */
const row = (page, name) => insight(page).locator("div", { hasText: name }).first();

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
      if (number) await expect(row(page, number)).toHaveClass("holds");
      else await expect(page.getByText("There are no Gaussians on this sheet")).toBeVisible();
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
  const k = insight(page).locator("div", { hasText: "Curvature K at the start" }).first().locator("dd");
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

test("a typed metric has its symbols in letters, where they are short", async ({ page }) => {
  await page.goto("/#lang=en&lab=riemann&surface=metric&u=1&v=0.5&at=0");
  const symbols = page.locator(".connection");
  const line = (name) => symbols.getByRole("row", { name: new RegExp(`^${name} `) });
  const type = (letter, text) => page.getByRole("textbox", { name: `Formula of ${letter}` }).fill(text);
  await type("E", "1");
  await type("F", "0");
  await type("G", "sin(u)^2");
  await expect(line("K")).toContainText("= 1");
  await expect(line("Γ¹₂₂")).toContainText("= −cos(u) sin(u)");
  await expect(line("Γ¹₂₂")).toContainText("−0.454649");
  // What is long stays a number.
  await type("E", "1 + u^2 + cos(u v)^2");
  await type("F", "u v/4");
  await type("G", "2 + exp(v) + sin(u + v^2)");
  await expect(line("K")).not.toContainText("=");
  await expect(line("K").getByRole("cell").last()).toHaveText(/^−?\d+\.\d+/);
});

test("two ways to a Gaussian: the natural one holds its claims, and the bell follows the timeline", async ({
  page,
}) => {
  await page.goto("/#lang=en&lab=riemann&surface=sphere&tool=gradient&at=0");
  await page.getByRole("button", { name: "To Fisher’s half-plane" }).click();
  for (const name of ["Natural gradient off its closed form", "Natural path moved by new coordinates"])
    await expect(row(page, name)).toHaveClass("holds");
  const goal = page.getByRole("button", { name: /^The second point/ });
  const chart = page.getByRole("img", { name: /^The chart of the sheet/ });
  const before = await chart.evaluate((canvas) => canvas.toDataURL());
  await goal.focus();
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(() => chart.evaluate((canvas) => canvas.toDataURL())).not.toBe(before);
  await page.goto("/#lang=en&lab=riemann&surface=fisher&tool=geodesic&u=-1.4&v=0.6&u2=1.4&v2=0.9&at=0");
  const bells = page.getByRole("img", { name: /One Gaussian becomes the other/ });
  await expect(bells).toBeVisible();
  const first = await bells.evaluate((canvas) => canvas.toDataURL());
  await page.getByRole("button", { name: "To the end" }).click();
  await expect.poll(() => bells.evaluate((canvas) => canvas.toDataURL())).not.toBe(first);
});

test("a region with a hole is no disc: its sum is 0, and the hole is in the link", async ({ page }) => {
  await page.goto("/#lang=en&lab=riemann&surface=sphere&tool=region&at=0");
  const sum = row(page, "∬ K dS + ∮ κ ds + Σ turning");
  await expect(sum.locator("dd")).toHaveText("6.283185");
  // The notes have a phrase of the same name.
  await page.locator(".acts").getByRole("button", { name: "Cut a hole" }).click();
  await expect.poll(() => page.url()).toContain("hole=0.4");
  await expect(page.locator(".terms")).toContainText("χ = 0");
  await expect(sum).toHaveClass("holds");
  await page.reload();
  await page.getByRole("button", { name: "Close the hole" }).click();
  await expect(page.locator(".terms")).toContainText("χ = 1");
  await expect.poll(() => page.url()).not.toContain("hole");
});

test("the saved picture has the chart and the surface, and the walk is a table", async ({ page }) => {
  await page.goto("/#lang=en&lab=riemann&surface=torus&tool=geodesic&at=40");
  const surface = page.getByRole("img", { name: /^The surface seen from outside/ });
  await expect(surface).toBeVisible();
  const [picture] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /Save.*PNG/i }).click(),
  ]);
  const { readFile } = await import("node:fs/promises");
  const bytes = (await readFile(await picture.path())).toString("base64");
  // The surface's own pixels, drawn to scale, are found at the right of the sheet.
  const inked = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d", {
      willReadFrequently: true,
    });
    pen.drawImage(image, 0, 0);
    const shades = (from, to) => {
      const { data } = pen.getImageData(from * image.width, 80, (to - from) * image.width, 400);
      return new Set(new Uint32Array(data.buffer)).size;
    };
    return [shades(0.08, 0.45), shades(0.7, 0.93)];
  }, bytes);
  expect(inked[0]).toBeGreaterThan(300);
  expect(inked[1], "the surface").toBeGreaterThan(300);
  const [csv] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the walk as CSV" }).click(),
  ]);
  const table = await rowsOf(csv);
  expect(table[0]).toBe("θ,φ,x,y,z,j,left_u,left_v");
  expect(table.length).toBe(1002);
});

test("the ant is taken along on the surface in the middle of its walk", async ({ page }) => {
  await page.goto("/#lang=en&lab=riemann&surface=sphere&u=1.2&v=0&heading=2.2&length=1&at=50");
  const surface = page.getByRole("img", { name: /^The surface seen from outside/ });
  await expect(surface).toBeVisible();
  const said = page.locator(".ant-stage .said");
  await expect(said).toContainText("s = 0.5");
  // Where the ant is drawn: its ink is black against the sheet.
  const found = await surface.evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const dark = [];
    // The ink of the page, and a little more.
    const ink = getComputedStyle(canvas)
      .color.match(/\d+/g)
      .reduce((sum, part) => sum + Number(part), 40);
    for (let i = 0; i < data.length; i += 4)
      if (data[i] + data[i + 1] + data[i + 2] < ink && data[i + 3] > 250) dark.push(i / 4);
    const mean = (of) => dark.reduce((sum, i) => sum + of(i), 0) / dark.length / devicePixelRatio;
    return [mean((i) => i % canvas.width), mean((i) => Math.floor(i / canvas.width)), dark.length];
  });
  expect(found[2], "the ant is there").toBeGreaterThan(20);
  const box = await surface.boundingBox();
  const before = await said.textContent();
  await page.mouse.move(box.x + found[0], box.y + found[1]);
  await page.mouse.down();
  await page.mouse.move(box.x + found[0] - 30, box.y + found[1] + 12, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).not.toContain("u=1.2&");
  expect(page.url()).toContain("at=50");
  await expect(said).toContainText("s = 0.5");
  expect(await said.textContent()).not.toBe(before);
});

test("under a hand only what changes is drawn, and nothing is said at every frame", async ({ page }) => {
  await page.goto("/#lang=en&lab=riemann&surface=sphere&tool=geodesic&at=0");
  const ant = page.getByRole("button", { name: /^The ant’s start/ });
  await expect(row(page, "Distance to the second point")).toHaveClass("holds");
  const box = await ant.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counted = await page.evaluate(
    ([x, y]) =>
      new Promise((done) => {
        const grip = document.elementFromPoint(x, y);
        const count = { elevation: 0, chart: 0, said: 0, frames: 0 };
        const { clearRect } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
          for (const name of ["elevation", "chart"]) if (this.canvas.classList.contains(name)) count[name]++;
          return clearRect.apply(this, box);
        };
        new MutationObserver((all) => (count.said += all.length)).observe(document.querySelector(".said"), {
          childList: true,
          characterData: true,
          subtree: true,
        });
        const step = () => {
          if (count.frames++ === 90) return done(count);
          const way = { clientX: x + 0.5 * count.frames, clientY: y + 10 * Math.sin(count.frames / 9) };
          grip.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, pointerId: 1, ...way }));
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    [x, y],
  );
  await page.mouse.up();
  expect(counted.elevation, "the timeline stands still").toBe(0);
  expect(counted.chart, "the ant follows").toBeGreaterThan(20);
  expect(counted.said, "four times a second at most").toBeLessThan(0.5 * counted.frames);
});

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`whatever a hand drags, keys move: each by its name, and the link follows, on a ${device}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    const link = () => Object.fromEntries(new URLSearchParams(page.url().split("#")[1]));
    /** Focuses a button by its name and presses keys there. */
    const press = async (name, ...keys) => {
      await page.getByRole("button", { name }).first().focus();
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.goto("/#lang=en&lab=riemann&surface=sphere&tool=geodesic&at=0");
    await expect(row(page, "Distance to the second point")).toHaveClass("holds");
    for (const [name, key] of /** @type {const} */ ([
      [/^The ant’s start/, "u"],
      [/^The ant’s heading/, "heading"],
      [/^The second point/, "u2"],
    ])) {
      const before = link()[key];
      await press(name, "ArrowRight", "Shift+ArrowUp");
      await expect.poll(() => link()[key], name.source).not.toBe(before);
    }
    // The surface turns under its own keys.
    const surface = page.getByRole("img", { name: /^The surface seen from outside/ });
    const seen = () => surface.evaluate((canvas) => canvas.toDataURL());
    const before = await seen();
    await surface.focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(seen).not.toBe(before);
    // A loop: drawn, a corner more, one moved, one taken away.
    await page.getByRole("radio", { name: "Carry round", exact: true }).check({ force: true });
    await press("Draw your own loop", "Enter");
    const corners = page.getByRole("button", { name: /^Corner \d at/ });
    await expect(corners).toHaveCount(5);
    await press("Add a corner", "Enter");
    await expect(corners).toHaveCount(6);
    const first = link().z;
    await press(/^Corner 2 at/, "ArrowUp");
    await expect.poll(() => link().z).not.toBe(first);
    const six = link().z;
    await press(/^Corner 2 at/, "Delete");
    await expect(corners).toHaveCount(5);
    await expect.poll(() => link().z).not.toBe(six);
    await expect(row(page, "Turn of the carried arrow")).toHaveClass("holds");
    for (const name of ["Shrink", "Grow", "Clear"]) {
      const { z } = link();
      await press(name, "Enter");
      await expect.poll(() => link().z, name).not.toBe(z);
    }
    // Heat: the brush is moved and presses.
    await page.goto("/#lang=en&lab=riemann&surface=hotplate&a=0.4&at=0");
    await press("Paint hot", "Enter");
    await press(/^Brush at/, "ArrowRight", "Shift+ArrowUp", "Enter");
    await expect.poll(() => link().z).toBeTruthy();
    const { z } = link();
    await press("Paint cold", "Enter");
    await press(/^Brush at/, ...Array(4).fill("Shift+ArrowLeft"), "Space");
    await expect.poll(() => link().z).not.toBe(z);
    await press("Cool down", "Enter");
    await expect.poll(() => link().z).toBeUndefined();
  });

// The lab in the plane as a visitor finds it: open, step, draw, train, share; the race; by hand, by keyboard, by ear.
import { sound } from "./axe.js";
import { expect, experiment, hash, test } from "./lab.js";

// Small enough that the CPU engine on a slow machine takes no time over it.
const small = "lab=points&particles=300&steps=12";
const plane = (/** @type {import("@playwright/test").Page} */ page) =>
  page.getByRole("region", { name: "The stage" }).getByRole("img").first();
const denoiser = (/** @type {import("@playwright/test").Page} */ page) =>
  page.getByRole("region", { name: "Denoiser" });
const drawing = (/** @type {import("@playwright/test").Page} */ page) =>
  page.getByRole("region", { name: "Draw your own data" });
const steps = async (/** @type {import("@playwright/test").Page} */ page) =>
  Number(
    /\d+/.exec(
      (await denoiser(page)
        .getByText(/training steps/)
        .first()
        .textContent()) ?? "",
    )?.[0],
  );
const pick = (/** @type {import("@playwright/test").Page} */ page, /** @type {string} */ name) =>
  page.getByRole("radiogroup", { name: "Data" }).getByRole("radio", { name }).click();

/** A face: a ring, two eyes, a mouth. @param {import("@playwright/test").Page} page */
async function drawFace(page) {
  const box = /** @type {{x: number, y: number, width: number}} */ (await plane(page).boundingBox());
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    /** @type {const} */ ([box.x + (box.width * (x + 3)) / 6, box.y + (box.width * (3 - y)) / 6]);
  /** @param {[number, number][]} places */
  async function stroke(places) {
    await page.mouse.move(...at(...places[0]));
    await page.mouse.down();
    for (const place of places.slice(1)) await page.mouse.move(...at(...place), { steps: 3 });
    await page.mouse.up();
  }
  const arc = (/** @type {number} */ r, /** @type {number} */ from, /** @type {number} */ to) =>
    Array.from(
      { length: 17 },
      (_, i) =>
        /** @type {[number, number]} */ ([
          r * Math.cos(from + ((to - from) * i) / 16),
          r * Math.sin(from + ((to - from) * i) / 16),
        ]),
    );
  await stroke(arc(2, 0, 2 * Math.PI));
  await stroke([
    [-0.7, 0.6],
    [-0.65, 0.65],
  ]);
  await stroke([
    [0.7, 0.6],
    [0.65, 0.65],
  ]);
  await stroke(arc(1.1, 1.15 * Math.PI, 1.85 * Math.PI));
}

test("the plane opens by the menu, gathers by itself, and steps both ways to the same pixels", async ({
  lab,
  page,
}) => {
  await lab.open("at=5");
  await lab.go("Diffusion in the plane");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Diffusion in the plane");
  await expect.poll(lab.at).toBeGreaterThan(2);
  await expect(plane(page)).toHaveAccessibleName(/Particles\. \d+ particles at step/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Demolish and rebuild");
  await lab.open(`${small}&at=6`);
  const before = await hash(plane(page));
  await lab.press("Step forward");
  await lab.standsAt(7);
  const after = await hash(plane(page));
  expect(after).not.toBe(before);
  await lab.press("Step back");
  await lab.standsAt(6);
  expect(await hash(plane(page))).toBe(before);
});

test("each view draws the plane differently, and the link knows it", async ({ lab, page }) => {
  await lab.open(`${small}&at=8`);
  const seen = new Set([await hash(plane(page))]);
  for (const [name, view] of [
    ["Trajectories", "trajectories"],
    ["Density", "density"],
    ["Score field", "field"],
    ["Error", "error"],
  ]) {
    await page.getByRole("radiogroup", { name: "View of the plane" }).getByRole("radio", { name }).click();
    await expect(plane(page)).toHaveAccessibleName(new RegExp(`^${name}\\.`));
    await lab.addressHas({ view, at: 8 });
    await expect.poll(async () => seen.has(await hash(plane(page)))).toBe(false);
    seen.add(await hash(plane(page)));
  }
});

test("a face drawn by hand is trained on and shared, and a stranger gets the same network", async ({
  lab,
  page,
  stranger,
}) => {
  test.setTimeout(120_000);
  await lab.open(`${small}&at=12`);
  await page.getByRole("button", { name: "Draw your own" }).click();
  await drawFace(page);
  await expect(drawing(page).getByText(/[5-9]\d\d of at most 4096 points|\d{4} of at most/)).toBeVisible();
  await drawing(page).getByRole("button", { name: "Train on it" }).click();
  await expect.poll(() => steps(page), { timeout: 40_000 }).toBeGreaterThan(20);
  await denoiser(page).getByRole("button", { name: "Pause training" }).click();
  await expect(denoiser(page).getByRole("button", { name: "Train on", exact: true })).toBeVisible();
  // The pull under way when it was paused still counts.
  await expect
    .poll(
      async () =>
        new URLSearchParams(new URL(page.url()).hash.slice(1)).get("trained") === String(await steps(page)),
      { timeout: 20_000 },
    )
    .toBe(true);
  const trained = await steps(page);
  await lab.addressHas({ data: "drawn", denoiser: "learned", trained });
  const drawn = (await experiment(page)).points;
  expect(drawn.length).toBeGreaterThan(500);
  const link = await lab.copyLink();
  const picture = await hash(plane(page));
  await stranger.page.goto(link);
  await stranger.standsAt(12, 60_000);
  await expect(stranger.page.getByText("reproduced: bit for bit")).toBeVisible({ timeout: 20_000 });
  expect(await steps(stranger.page)).toBe(trained);
  expect((await experiment(stranger.page)).points).toEqual(drawn);
  await expect.poll(() => hash(plane(stranger.page))).toBe(picture);
});

test("typed text and ready-made shapes become points; strokes are erased, undone, cleared; nothing changes without a word", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=12`);
  await page.getByRole("button", { name: "Draw your own" }).click();
  const box = drawing(page);
  const count = async () => Number(/^\d+/.exec((await box.getByRole("status").textContent()) ?? "")?.[0]);
  await expect(box.getByRole("button", { name: "Train on it" })).toBeDisabled();
  await box.getByRole("button", { name: "Smiley" }).click();
  await expect.poll(count).toBe(1300);
  await box.getByRole("radio", { name: "Erase" }).click();
  const { x, y, width } = /** @type {{x: number, y: number, width: number}} */ (
    await plane(page).boundingBox()
  );
  await page.mouse.move(x + width / 6, y + width / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 6, y + width / 3, { steps: 4 });
  await page.mouse.up();
  const erased = await count();
  expect(erased).toBeLessThan(1290);
  await box.getByRole("button", { name: "Undo stroke" }).click();
  await expect.poll(count).toBe(1300);
  await box.getByRole("button", { name: "Clear" }).click();
  await expect.poll(count).toBe(0);
  await box.getByRole("button", { name: "Back without using it" }).click();
  await expect(box).toBeHidden();
  await lab.addressHas({ data: null, z: null });
  await page.getByRole("button", { name: "Draw your own" }).click();
  await box.getByRole("textbox", { name: "Text" }).fill("Ab");
  await page.keyboard.press("Enter");
  await expect.poll(count).toBeGreaterThan(1000);
  const points = await count();
  await box.getByRole("button", { name: "Use without training" }).click();
  await lab.addressHas({ data: "drawn", denoiser: null });
  await expect.poll(async () => (await experiment(page)).points?.length).toBe(points);
  await page.reload();
  await lab.standsAt(12, 30_000);
  expect((await experiment(page)).points.length).toBe(points);
});

test("training goes by ones and tens, the same way every time, and rewinds", async ({ lab, page }) => {
  await lab.open(`${small}&at=12&denoiser=learned`);
  // An untrained network scatters its particles far beyond the plane: what is said of them tells them apart.
  const said = async () => (await plane(page).getAttribute("aria-label")) ?? "";
  const untrained = await said();
  await denoiser(page).getByRole("button", { name: "Train 10 more" }).click();
  await expect.poll(() => steps(page)).toBe(10);
  await denoiser(page).getByRole("button", { name: "Train 1 more" }).click();
  await lab.addressHas({ trained: 11 });
  await expect(denoiser(page).getByRole("img", { name: /Loss curve up to training step 11/ })).toBeVisible();
  const eleven = await said();
  expect(eleven).not.toBe(untrained);
  await denoiser(page).getByRole("button", { name: "Rewind" }).click();
  await lab.addressHas({ trained: null });
  await expect.poll(said).toBe(untrained);
  await page.getByRole("button", { name: "Undo (Ctrl+Z)" }).click();
  await lab.addressHas({ trained: 11 });
  await expect.poll(said).toBe(eleven);
});

test("what was learned outlives another look, another sampler and the exact denoiser, but not other data", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=12&denoiser=learned&trained=5`);
  expect(await steps(page)).toBe(5);
  const learned = await hash(plane(page));
  await page
    .getByRole("radiogroup", { name: "View of the plane" })
    .getByRole("radio", { name: "Error" })
    .click();
  await lab.addressHas({ view: "error", trained: 5 });
  await page
    .getByRole("radiogroup", { name: "View of the plane" })
    .getByRole("radio", { name: "Particles" })
    .click();
  await denoiser(page).getByRole("radio", { name: "exact" }).click();
  await lab.addressHas({ view: null, denoiser: null, trained: 5 });
  expect(await hash(plane(page))).not.toBe(learned);
  await denoiser(page).getByRole("radio", { name: "learned" }).click();
  await lab.addressHas({ denoiser: "learned", trained: 5 });
  await expect.poll(() => hash(plane(page))).toBe(learned);
  await pick(page, "Circles");
  await lab.addressHas({ data: "circles", trained: null });
  await expect.poll(() => steps(page)).toBe(0);
});

test("the mixture's centres and the probe's start move by hand and by keyboard", async ({ lab, page }) => {
  await lab.open(`${small}&at=12&data=mixture`);
  const centre = page.getByRole("button", { name: /^Centre \d+ at/ });
  await expect(centre).toHaveCount(8);
  await centre.first().focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await experiment(page)).points?.[0][1]).toBeCloseTo(0.1, 3);
  await page.keyboard.press("Delete");
  await expect(centre).toHaveCount(7);
  const { x, y, width } = /** @type {{x: number, y: number, width: number}} */ (
    await plane(page).boundingBox()
  );
  await page.mouse.click(x + width / 2, y + width / 2);
  await expect(centre).toHaveCount(8);
  await expect
    .poll(async () => Math.hypot(...((await experiment(page)).points?.at(-1) ?? [9])))
    .toBeLessThan(0.02);
  await page
    .getByRole("radiogroup", { name: "View of the plane" })
    .getByRole("radio", { name: "Trajectories" })
    .click();
  const probe = page.getByRole("button", { name: /^Start point of the probe/ });
  await probe.focus();
  await page.keyboard.press("ArrowRight");
  await lab.addressHas({ probe_x: "0.9" });
  await probe.hover();
  await page.mouse.down();
  await page.mouse.move(x + width / 3, y + width / 3, { steps: 5 });
  await page.mouse.up();
  await lab.addressHas({ probe_x: "-1", probe_y: "1" });
});

test("a race is run, stepped and won; its lanes are in the link", async ({ lab, page }) => {
  await lab.open(`${small}&at=12&budget=8`);
  const race = page.getByRole("region", { name: "Race of the samplers" });
  await expect(race.getByRole("img")).toHaveCount(4);
  await race.getByRole("button", { name: "One call each" }).click();
  await expect(race.getByText("1 of 4 calls").first()).toBeVisible();
  await race.getByRole("button", { name: "All at once" }).click();
  // One at each of three budgets, and whoever it does not lead by more than the error.
  await expect
    .poll(() => race.getByRole("cell", { name: /★/ }).count(), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(3);
  await expect(race.locator(".winner")).toHaveText(/calls: /);
  await expect(race.getByRole("img", { name: /At 8 calls the best is/ })).toBeVisible();
  await race.getByRole("button", { name: "Add a lane" }).click();
  await lab.addressHas({ lane4: "ddpm" });
  await expect(race.getByRole("img")).toHaveCount(5);
  await race.getByRole("button", { name: "Take lane 2 out" }).click();
  await lab.addressHas({ lane2: "heun", lane3: "ddpm", lane4: null });
  await race.getByRole("combobox", { name: "Sampler in lane 1" }).selectOption("deis");
  await lab.addressHas({ lane1: "deis" });
});

test("a picture of the plane is saved with its link", async ({ lab, page }) => {
  await lab.open(`${small}&at=12&view=density`);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save PNG" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("chailou-points-moons-seed7.png");
});

for (const language of /** @type {const} */ (["en", "zh"]))
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing in the plane, ${language}, ${theme}, with the drawing tool and narrow`, async ({
      page,
    }) => {
      await page.goto(`/#${small}&at=12&view=trajectories&budget=4&lang=${language}&theme=${theme}`);
      await expect(page.getByRole("slider").first()).toHaveAttribute("aria-valuetext", /12/, {
        timeout: 30_000,
      });
      await expect(page.getByRole("math").first()).toBeAttached();
      await sound(page, "desk");
      await page.locator(".over .button").click();
      await page.locator(".shapes button").first().click();
      await sound(page, "drawing");
      await page.setViewportSize({ width: 390, height: 844 });
      await sound(page, "phone");
    });
  }

for (const width of [390, 820]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 1000 }, hasTouch: true });
    test("nothing overflows, and a finger draws", async ({ lab, page }) => {
      await lab.open(`${small}&at=12&budget=4`);
      await expect(page.getByRole("math").first()).toBeAttached();
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth);
      await expect.poll(overflow).toBeLessThanOrEqual(width);
      await pick(page, "Draw your own");
      await expect(drawing(page)).toBeVisible();
      await plane(page).tap({ position: { x: 100, y: 100 } });
      await expect(drawing(page).getByText(/^[1-9]\d* of at most 4096 points/)).toBeVisible();
      await expect.poll(overflow).toBeLessThanOrEqual(width);
    });
  });
}

// A visit from the first frame to a link that somebody else opens; with and without WebGPU in reach.
import { expect, experiment, test } from "./lab.js";

test("the lab opens with its defaults, shows a live frame and plays by itself", async ({ lab, page }) => {
  await lab.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Demolish and rebuild");
  await expect(page).toHaveTitle(/Chailou/);
  await expect(lab.timeline.getByRole("button", { name: "Pause" })).toBeVisible();
  await expect.poll(lab.at).toBeGreaterThan(3);
  await expect(lab.cell("Engine")).toHaveText("CPU");
  await expect(lab.cell("Seed")).toHaveText("7");
  // A building first, and one of it.
  await expect(lab.stage.getByRole("radiogroup", { name: "Samples" })).toBeHidden();
  expect((await experiment(page)).values).toMatchObject({ data: "buildings", samples: 1 });
  expect(new Set(await lab.pixels()).size).toBe(3);
});

test("play goes on, pause holds still, and the end offers to play again", async ({ lab }) => {
  await lab.open("steps=50&at=10");
  await lab.timeline.getByRole("combobox", { name: "Speed" }).selectOption("2×");
  await lab.press("Play");
  await expect.poll(lab.at).toBeGreaterThan(12);
  await lab.press("Pause");
  await expect(lab.timeline.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await lab.page.waitForTimeout(300); // the pull that was under way
  const still = await lab.at();
  expect(still).toBeLessThan(100);
  const pixels = await lab.pixels();
  await lab.page.waitForTimeout(500);
  await lab.standsAt(still);
  expect(await lab.pixels()).toEqual(pixels);
  await lab.timeline.getByRole("combobox", { name: "Speed" }).selectOption("8×");
  await lab.press("Play");
  await expect(lab.timeline.getByRole("button", { name: "Play again" })).toBeVisible({ timeout: 20_000 });
  await lab.standsAt(100);
  await lab.press("Play again");
  await expect.poll(lab.at).toBeLessThan(90);
});

test("a step forward and back again shows the very same pixels, in both halves of the journey", async ({
  lab,
}) => {
  await lab.open("steps=50&at=20");
  for (const step of [20, 60]) {
    await lab.scrub.fill(String(step));
    await lab.standsAt(step);
    const before = await lab.pixels();
    await lab.press("Step forward");
    await lab.standsAt(step + 1);
    const after = await lab.pixels();
    expect(after).not.toEqual(before);
    await lab.press("Step back");
    await lab.standsAt(step);
    expect(await lab.pixels()).toEqual(before);
    await lab.press("Step forward");
    await lab.standsAt(step + 1);
    expect(await lab.pixels()).toEqual(after);
  }
});

test("to the end, to the start and scrubbing arrive at the same pixels as walking there", async ({ lab }) => {
  await lab.open("steps=50&at=57");
  const walked = await lab.pixels();
  await lab.press("To the end");
  await lab.standsAt(100);
  await lab.press("To the start");
  await lab.standsAt(0);
  await lab.scrub.fill("57");
  await lab.standsAt(57);
  expect(await lab.pixels()).toEqual(walked);
  const { width, height } = /** @type {{width: number, height: number}} */ (await lab.scrub.boundingBox());
  await lab.scrub.click({ position: { x: width / 4, y: height / 2 } });
  await expect.poll(async () => Math.abs((await lab.at()) - 25)).toBeLessThan(4);
});

test("the keys step, leap, go to both ends, play and pause", async ({ lab, page }) => {
  await lab.open("steps=50&at=50");
  for (const [key, step] of /** @type {[string, number][]} */ ([
    ["ArrowRight", 51],
    ["ArrowLeft", 50],
    ["Shift+ArrowRight", 60],
    ["Shift+ArrowLeft", 50],
    ["End", 100],
    ["ArrowRight", 100],
    ["Home", 0],
    ["ArrowLeft", 0],
    ["Shift+ArrowLeft", 0],
  ])) {
    await page.keyboard.press(key);
    await lab.standsAt(step);
  }
  await page.keyboard.press("Space");
  await expect(lab.timeline.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(lab.timeline.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("keys pressed faster than the engine answers are all counted", async ({ lab, page }) => {
  await lab.open("steps=50&at=50");
  for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowRight");
  await lab.standsAt(62);
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
  await lab.standsAt(57);
});

test("a copied link shows a stranger the same step, settings and pixels, and says so", async ({
  lab,
  stranger,
}) => {
  await lab.open("seed=41&guidance=2.5&steps=50&samples=4&selected=2&at=71");
  const pixels = await lab.pixels();
  const link = await lab.copyLink();
  expect(new URL(link).hash).toMatch(/seed=41.*at=71.*check=/);
  await stranger.page.goto(link);
  await stranger.standsAt(71);
  await expect(stranger.page.getByText("reproduced: bit for bit")).toBeVisible();
  expect(await stranger.pixels()).toEqual(pixels);
  await expect(stranger.stage.getByRole("radio", { name: "Sample 3" })).toBeChecked();
});

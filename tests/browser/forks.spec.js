// Interfering: paint on what stands, other dice, other orders; tracks side by side; partial noising, inversion, the race.
import { expect, experiment, test } from "./lab.js";

/** @param {import("./lab.js").Lab} lab */
const fork = ({ page }) => page.getByRole("region", { name: /^Fork at step/ });
/** @param {import("./lab.js").Lab} lab */
const tracks = ({ page }) => page.getByRole("region", { name: "Tracks" });
/** @param {import("./lab.js").Lab} lab @param {string | RegExp} name */
const track = (lab, name) => tracks(lab).getByRole("radio", { name });
/** How far a track says it is from its parent. @param {import("./lab.js").Lab} lab @param {RegExp} name */
const apart = async (lab, name) =>
  Number(/([\d.]+) from its parent/.exec((await track(lab, name).textContent()) ?? "")?.[1] ?? NaN);
/** Draws a line over the picture, from and to in shares of its side. @param {import("./lab.js").Lab} lab @param {[number, number]} from @param {[number, number]} to */
async function stroke({ page, pictures: [picture] }, from, to) {
  const { x, y, width, height } = /** @type {{x: number, y: number, width: number, height: number}} */ (
    await picture.boundingBox()
  );
  await page.mouse.move(x + from[0] * width, y + from[1] * height);
  await page.mouse.down();
  await page.mouse.move(x + to[0] * width, y + to[1] * height, { steps: 4 });
  await page.mouse.up();
}

/** Of the two pictures side by side one is looked at, with its equation. @param {import("./lab.js").Lab} lab */
const apartFromTrunk = ({ stage }) => stage.getByRole("radio", { name: "What the model believes" }).click();

// A fork stays where it was made: for whom things move by themselves, it plays on beside its trunk.
test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a painted fork plays beside the original, reproduces from its link, goes, and comes back", async ({
  lab,
  page,
  stranger,
}) => {
  await lab.open("steps=20&samples=1&at=28");
  const [before] = await lab.pixels();
  await lab.timeline.getByRole("button", { name: "Fork here" }).click();
  await expect(fork(lab).getByRole("heading", { name: "Fork at step 28, from the original" })).toBeVisible();
  const go = fork(lab).getByRole("button", { name: "Fork", exact: true });
  await expect(go).toBeDisabled();
  await fork(lab).getByRole("radio", { name: "Ink 1", exact: true }).check({ force: true });
  await stroke(lab, [0.15, 0.15], [0.85, 0.15]);
  await expect.poll(async () => (await lab.pixels())[0]).not.toBe(before);
  await expect(fork(lab)).toContainText("The new track differs: painted over.");
  await go.click();
  await expect(track(lab, /^fork 1/i)).toBeChecked();
  await expect(track(lab, /^fork 1/i)).toBeFocused();
  await expect.poll(async () => (await experiment(page)).forks).toMatchObject([{ parent: 0, at: 28 }]);
  const { forks } = await experiment(page);
  // Two pixels high, six wide or more, all ink.
  expect(forks[0].paint.length).toBeGreaterThanOrEqual(12);
  for (const [place, value] of forks[0].paint) expect([place < 24, value]).toEqual([true, 1]);
  await lab.press("Play");
  await expect(lab.timeline.getByRole("button", { name: "Play again" })).toBeVisible({ timeout: 20_000 });
  await lab.standsAt(40);
  expect(await apart(lab, /^fork 1/i)).toBeGreaterThan(0.02);
  await apartFromTrunk(lab);
  const [forked] = await lab.pixels();
  await track(lab, /^the original/i).click();
  await expect.poll(async () => (await lab.pixels())[0]).not.toBe(forked);
  const [original] = await lab.pixels();
  await track(lab, /^fork 1/i).click();
  await expect.poll(async () => (await lab.pixels())[0]).toBe(forked);

  await stranger.page.goto(await lab.copyLink());
  await stranger.standsAt(40);
  await expect(stranger.page.getByText("reproduced: bit for bit")).toBeVisible();
  await apartFromTrunk(stranger);
  expect((await stranger.pixels())[0]).toBe(forked);
  await expect(track(stranger, /^fork 1/i)).toBeChecked();

  await tracks(lab).getByRole("button", { name: "Delete fork 1 and what grew from it" }).click();
  await expect(tracks(lab)).toBeHidden();
  await expect.poll(async () => (await lab.pixels())[0]).toBe(original);
  await lab.addressHas({ z: null, track: null, at: "40" });
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(track(lab, /^fork 1/i)).toBeChecked();
  await apartFromTrunk(lab);
  await expect.poll(async () => (await lab.pixels())[0]).toBe(forked);
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect(tracks(lab)).toBeHidden();
  await expect.poll(async () => (await lab.pixels())[0]).toBe(original);
});

test("strokes can be taken back one by one, erased, and made without a pointer", async ({ lab, page }) => {
  await lab.open("steps=20&samples=1&at=30");
  const [bare] = await lab.pixels();
  await lab.timeline.getByRole("button", { name: "Fork here" }).click();
  await fork(lab).getByRole("radio", { name: "1×1" }).check({ force: true });
  await lab.pictures[0].focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  const painted = await lab.pixels();
  await page.keyboard.press("ArrowDown");
  await fork(lab).getByRole("radio", { name: "Erase: set to 0" }).check({ force: true });
  await lab.pictures[0].focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await fork(lab).getByRole("button", { name: "Undo stroke" }).click();
  await lab.pictures[0].focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(fork(lab).getByRole("button", { name: "Undo stroke" })).toBeDisabled();
  await lab.pictures[0].blur();
  await expect.poll(async () => (await lab.pixels())[0]).toBe(bare);
  expect(painted[0]).not.toBe(bare);
  expect((await experiment(page)).forks).toEqual([]);
  await fork(lab).getByRole("button", { name: "Cancel" }).click();
  await expect(lab.timeline.getByRole("button", { name: "Fork here" })).toBeFocused();
});

test("other dice for one step and another order from here on are forks too, and a fork can be forked", async ({
  lab,
  page,
}) => {
  await lab.open("steps=20&samples=1&at=26");
  await lab.timeline.getByRole("button", { name: "Fork here" }).click();
  await fork(lab).getByRole("checkbox", { name: "from another seed" }).check();
  const seed = fork(lab).getByRole("textbox", { name: "Seed of that noise" });
  await seed.fill("77");
  await seed.press("Enter");
  await fork(lab).getByRole("button", { name: "Fork", exact: true }).click();
  await expect(track(lab, /^fork 1.*noise 77 for one step/i)).toBeChecked();
  expect(await apart(lab, /^fork 1/i)).toBe(0);
  await lab.press("Step forward");
  await lab.standsAt(27);
  await expect.poll(() => apart(lab, /^fork 1/i)).toBeGreaterThan(0.1);

  await lab.timeline.getByRole("button", { name: "Fork here" }).click();
  await fork(lab).getByRole("combobox", { name: "Rebuild as" }).selectOption("1");
  // The fork stays where its first wish was made, whatever the timeline does meanwhile.
  await lab.press("Step forward");
  await lab.standsAt(28);
  await fork(lab).getByRole("combobox", { name: "Sampler" }).selectOption("ddim");
  await fork(lab).getByRole("button", { name: "Fork", exact: true }).click();
  await expect(track(lab, /^fork 2.*from 1 at step 27.*Rebuild as: 1/i)).toBeChecked();
  await expect
    .poll(async () => (await experiment(page)).forks)
    .toMatchObject([
      { parent: 0, at: 26, noise: "77" },
      { parent: 1, at: 27, set: { label: "1", sampler: "ddim" } },
    ]);
  await lab.press("To the end");
  await lab.standsAt(40);
  await expect.poll(() => apart(lab, /^fork 2/i)).toBeGreaterThan(0.1);
  // The parent takes its children with it, and the eye goes back to the original.
  await tracks(lab)
    .getByRole("button", { name: /^Delete fork 1/ })
    .click();
  await expect(tracks(lab)).toBeHidden();
  await expect.poll(async () => (await experiment(page)).forks).toEqual([]);
});

test("by keyboard one goes from track to track, and Delete takes one away", async ({ lab, page }) => {
  await lab.open("steps=20&samples=1&at=24");
  for (const label of ["3", "5"]) {
    if (label === "5") await track(lab, /^the original/i).click();
    await lab.timeline.getByRole("button", { name: "Fork here" }).click();
    await fork(lab).getByRole("combobox", { name: "Rebuild as" }).selectOption(label);
    await fork(lab).getByRole("button", { name: "Fork", exact: true }).click();
    await expect(track(lab, new RegExp(`Rebuild as: ${label}`))).toBeChecked();
  }
  await page.keyboard.press("ArrowLeft");
  await expect(track(lab, /^fork 1/i)).toBeChecked();
  await expect(track(lab, /^fork 1/i)).toBeFocused();
  await lab.addressHas({ track: "1", at: "24" });
  await page.keyboard.press("Delete");
  await expect(tracks(lab).getByRole("radio")).toHaveCount(2);
  await expect
    .poll(async () => (await experiment(page)).forks)
    .toMatchObject([{ parent: 0, at: 24, set: { label: "5" } }]);
});

test("a phrase forks a building: two buildings share their hour and end apart", async ({ lab, page }) => {
  test.setTimeout(120_000);
  await lab.open("v=2&steps=20&at=0");
  await lab.notes.getByRole("button", { name: "Change the order on the way up" }).click();
  await lab.standsAt(140, 60_000);
  await expect(track(lab, /Rebuild as: lighthouse/)).toBeChecked();
  await lab.press("To the end");
  await lab.standsAt(200, 60_000);
  expect(await apart(lab, /^fork 1/i)).toBeGreaterThan(0.1);
  expect((await experiment(page)).values).toMatchObject({ data: "buildings" });
});

test("ten depths are rebuilt, the deeper the farther, and each leads to its step", async ({ lab, page }) => {
  await lab.open("steps=50&samples=1&at=100");
  const noising = page.getByRole("region", { name: "How much ruin is too much?" });
  await noising.getByRole("button", { name: "Rebuild from ten depths" }).click();
  await expect(noising.getByRole("button", { name: "All rebuilt" })).toBeVisible({ timeout: 40_000 });
  const depths = noising.getByRole("button", { name: /^Demolished to t = / });
  await expect(depths).toHaveCount(10);
  const far = (await Promise.all((await depths.all()).map((depth) => depth.getAttribute("aria-label")))).map(
    (label) => Number(/within ([\d.]+)/.exec(label ?? "")?.[1]),
  );
  expect(far.every((distance) => distance >= 0)).toBe(true);
  expect(far[0]).toBeLessThan(Math.max(...far.slice(5)));
  await depths.nth(2).click();
  await lab.standsAt(15);
  await lab.addressHas({ at: "15" });
});

test("inversion goes down without dice and comes back to the very picture", async ({ lab }) => {
  await lab.open("journey=invert&sampler=ddim&steps=50&samples=1&at=100");
  await expect(lab.timeline.getByText("inverting")).toBeVisible();
  const claim = lab.claims.getByRole("listitem").filter({ hasText: "The inverted picture comes back" });
  await expect(claim).toContainText("holds");
  await lab.scrub.fill("10");
  await lab.standsAt(10);
  await expect(lab.stage.getByText(/^Down without dice/)).toBeVisible();
});

test("while it falls the two true parts add up to what stands; on the way up there is only belief", async ({
  lab,
}) => {
  await lab.open("steps=20&samples=1&at=6");
  await expect(lab.stage.getByText("what is left of the building")).toBeVisible();
  await lab.pictures[0].hover({ position: { x: 40, y: 60 } });
  const said = lab.stage.getByText(/^row \d/);
  const numbers = [
    ...((await said.textContent()) ?? "").replaceAll("−", "-").matchAll(/ (-?\d\.\d{3})/g),
  ].map(([, number]) => Number(number));
  expect(numbers).toHaveLength(3);
  // Three decimals each: three halves of a thousandth, and what f32 loses.
  expect(Math.abs(numbers[0] - numbers[1] - numbers[2])).toBeLessThan(0.0016);
  await lab.choose("What the two parts are", "What the model believes");
  await expect(lab.stage.getByText("the building the model believes in")).toBeVisible();
  await lab.choose("What the two parts are", "What is there");
  await lab.scrub.fill("30");
  await lab.standsAt(30);
  await expect(lab.stage.getByText("the building the model believes in")).toBeVisible();
  await expect(lab.stage.getByRole("radiogroup", { name: "What the two parts are" })).toBeHidden();
});

test("the slider at the stage lights the red lamp when the demolition is too short", async ({ lab }) => {
  await lab.open("samples=1&at=10");
  await expect(lab.stage.getByText(/^0.6 % of the building is left at T/)).toBeVisible();
  await lab.enter("Length", 100);
  await expect(lab.stage.getByText(/^60 % of the building still stands at T/)).toBeVisible();
  await lab.stage.getByRole("slider", { name: "Slope, at the stage" }).fill("1000");
  await expect(lab.stage.getByText(/of the building is left at T/)).toBeVisible();
});

test("the samplers race on pictures, and the winner of each budget is named", async ({ lab, page }) => {
  test.setTimeout(120_000);
  await lab.open("samples=1&budget=6&lane1=ddim&lane2=heun&lane3=none&at=0");
  const race = page.getByRole("region", { name: "Race of the samplers" });
  await race.getByRole("button", { name: "All at once" }).click();
  await expect(race.locator(".winner")).toContainText(/calls: /, { timeout: 90_000 });
  await lab.addressHas({ budget: "6", lane2: "heun" });
});

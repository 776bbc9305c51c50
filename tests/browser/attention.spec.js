// The stage of attention as a visitor finds it: text, heads and map under pointer and keys, a hand on the map, zoom, what can be taken home.
import { sound } from "./axe.js";
import { readFile } from "node:fs/promises";
import { rowsOf } from "./csv.js";
import { expect, experiment, hash, test } from "./lab.js";

/** @typedef {import("@playwright/test").Page} Page */

// A prompt of seven letters and five more: one square of twelve, large cells.
const small = "v=2&lab=attention&tokens=5";
const map = (/** @type {Page} */ page) => page.getByRole("img", { name: /^Attention map of layer/ });
const heading = (/** @type {Page} */ page) =>
  page.getByRole("region", { name: /^Layer \d · head \d$/ }).getByRole("heading", { level: 2 });
const said = (/** @type {Page} */ page) =>
  page.getByRole("status").filter({ hasText: /^Layer \d, head \d: / });
const head = (/** @type {Page} */ page, /** @type {number} */ layer, /** @type {number} */ head) =>
  page.getByRole("radio", { name: new RegExp(`^Layer ${layer}, head ${head}`) });
const letter = (/** @type {Page} */ page, /** @type {number} */ token) =>
  page
    .getByRole("listbox", { name: /^The text so far/ })
    .getByRole("option")
    .nth(token - 1);
const tool = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page
    .getByRole("radiogroup", { name: "What the hand does on the map" })
    .getByRole("radio", { name, exact: true });
const view = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByRole("radiogroup", { name: "Which run the map shows" }).getByRole("radio", { name, exact: true });
/** The share that the sentence names first. @param {Page} page */
const share = async (page) =>
  Number(/(-?[\d.]+) (?:%|points)/.exec((await said(page).textContent()) ?? "")?.[1]);

/** Where a cell of a square of `count` lies on the page. @param {Page} page @param {number} q from 1 @param {number} k @param {number} [count] */
async function cell(page, q, k, count = 12) {
  const { margin } = await page.evaluate(async () => ({
    margin: (await import(new URL("views/heatmap.js", document.baseURI).href)).margin,
  }));
  const box = /** @type {{x: number, y: number, width: number}} */ (await map(page).boundingBox());
  const unit = (box.width - margin - 1) / count;
  return /** @type {const} */ ([box.x + margin + (k - 0.5) * unit, box.y + margin + (q - 0.5) * unit]);
}

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("the text grows letter by letter, forward and back to the same map", async ({ lab, page }) => {
  await lab.open("at=5");
  await lab.go("What attention does");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What attention does");
  await lab.open(`${small}&at=3`);
  await expect(map(page)).toHaveAccessibleName(/: 10 letters$/);
  await expect(said(page)).toHaveText(/^Layer 1, head 1: .+ reads \d/);
  const before = await hash(map(page));
  await lab.press("Step forward");
  await lab.standsAt(4);
  await expect(map(page)).toHaveAccessibleName(/: 11 letters$/);
  expect(await hash(map(page))).not.toBe(before);
  await lab.press("Step back");
  await lab.standsAt(3);
  await expect.poll(() => hash(map(page))).toBe(before);
});

test.describe("with motion", () => {
  test.use({ contextOptions: { reducedMotion: "no-preference" } });
  test("it writes by itself when opened", async ({ lab, page }) => {
    await lab.open(small);
    await expect(map(page)).toHaveAccessibleName(/: 12 letters$/, { timeout: 30_000 });
    await lab.addressHas({ at: 5 });
  });
});

test("pointing shows another head, a click keeps it, and the link knows", async ({ lab, page }) => {
  await lab.open(`${small}&at=5`);
  await expect(heading(page)).toHaveText("Layer 1 · head 1");
  await head(page, 2, 3).hover();
  await expect(heading(page)).toHaveText("Layer 2 · head 3");
  await page.mouse.move(2, 2);
  await expect(heading(page)).toHaveText("Layer 1 · head 1");
  await head(page, 2, 3).click();
  await page.mouse.move(2, 2);
  await expect(heading(page)).toHaveText("Layer 2 · head 3");
  await lab.addressHas({ layer: 2, head: 3, at: 5 });
  await page.keyboard.press("ArrowDown");
  await expect(head(page, 3, 3)).toBeFocused();
  await lab.addressHas({ layer: 3, head: 3 });
  await page.reload();
  await lab.standsAt(5);
  await expect(heading(page)).toHaveText("Layer 3 · head 3");
});

test("a letter is looked at by pointer and by keys, kept by a click, and let go by Esc", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=5`);
  await letter(page, 4).hover();
  await expect(page.getByText(/^Letter 4, ‘E’/)).toBeVisible();
  await expect(said(page)).toContainText("‘E’ reads");
  await page.mouse.move(2, 2);
  await expect(page.getByText(/^Letter 12, /)).toBeVisible();
  await letter(page, 4).click();
  await page.mouse.move(2, 2);
  await lab.addressHas({ token: 4 });
  await expect(letter(page, 4)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await lab.addressHas({ token: 3 });
  await expect(said(page)).toContainText("‘M’ reads");
  await page.keyboard.press("Escape");
  await lab.addressHas({ token: null });
  await expect(letter(page, 12)).toHaveAttribute("aria-selected", "true");
});

test("a cell of the map is read by pointer and by keys, and the arrows leave the timeline alone", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=5`);
  await page.mouse.move(...(await cell(page, 5, 2)));
  await expect(said(page)).toHaveText(/: ‘O’ \(5\) reads [\d.]+ % from ‘O’ \(2\), 3 back$/);
  await page.mouse.down();
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await expect(said(page)).toContainText("(5) reads");
  await map(page).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(said(page)).toHaveText(/: ‘:’ \(6\) reads [\d.]+ % from ‘M’ \(3\), 3 back$/);
  await lab.addressHas({ token: 6, at: 5 });
  await page.keyboard.press("End");
  await expect(said(page)).toContainText("(6), itself");
  await page.keyboard.press("ArrowRight");
  await expect(said(page)).toContainText("(6), itself");
  await page.keyboard.press("Escape");
  await lab.addressHas({ token: null });
});

test("cut cells are read no more, stand in the link, and come back with undo", async ({ lab, page }) => {
  await lab.open(`${small}&at=5&layer=2&head=2`);
  await page.mouse.move(...(await cell(page, 7, 4)));
  await expect(said(page)).toContainText("(7) reads");
  const before = await share(page);
  expect(before).toBeGreaterThan(0);
  await tool(page, "Cut").click();
  await page.mouse.move(...(await cell(page, 7, 4)));
  await page.mouse.down();
  await page.mouse.move(...(await cell(page, 9, 4)), { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(...(await cell(page, 8, 4)));
  await expect(said(page)).toHaveText(/ \(8\) reads 0 % from .+ \(cut\)$/, { timeout: 20_000 });
  await expect
    .poll(async () => (await experiment(page)).surgery)
    .toEqual([
      {
        op: "cut",
        layer: 2,
        head: 2,
        cells: [
          [7, 4],
          [8, 4],
          [9, 4],
        ],
      },
    ]);
  await view(page, "Untouched").click();
  await page.mouse.move(...(await cell(page, 7, 4)));
  await expect.poll(() => share(page)).toBe(before);
  await view(page, "Difference").click();
  await page.mouse.move(...(await cell(page, 7, 4)));
  await expect(said(page)).toContainText("points less from");
  await lab.addressHas({ view: "difference" });
  await map(page).focus();
  await page.mouse.click(...(await cell(page, 8, 4)));
  await expect
    .poll(async () => (await experiment(page)).surgery)
    .toEqual([
      {
        op: "cut",
        layer: 2,
        head: 2,
        cells: [
          [7, 4],
          [9, 4],
        ],
      },
    ]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await experiment(page)).surgery ?? []).toEqual([]);
  await expect(page.getByRole("radiogroup", { name: "Which run the map shows" })).toBeHidden();
});

test("a cell is set by keyboard, a head switched off, a layer, a letter hidden: the list and the link say so", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=5`);
  await map(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await tool(page, "Set").click();
  await map(page).focus();
  await page.keyboard.press("Space");
  await expect(said(page)).toHaveText(/ \(12\) reads 100 % from ‘R’ \(1\), 11 back \(set\)$/, {
    timeout: 20_000,
  });
  const next = () => page.evaluate(() => location.hash);
  const link = await next();
  await head(page, 1, 2).click();
  await page.getByRole("button", { name: "Switch off this head" }).click();
  await expect(head(page, 1, 2)).toHaveAccessibleName(/switched off/, { timeout: 20_000 });
  await page.getByRole("combobox", { name: "What of layer 3 is switched off" }).selectOption("off");
  await letter(page, 2).click();
  await page.getByRole("button", { name: "Hide letter 2 from all later ones" }).click();
  await expect
    .poll(async () => (await experiment(page)).surgery.map((/** @type {any} */ { op }) => op), {
      timeout: 20_000,
    })
    .toEqual(["set", "head", "layer", "token"]);
  expect(await next()).not.toBe(link);
  await page.reload();
  await lab.standsAt(5);
  await expect(head(page, 1, 2)).toHaveAccessibleName(/switched off/);
  await expect(page.getByRole("combobox", { name: "What of layer 3 is switched off" })).toHaveValue("both");
});

test("the pattern of another prompt is given to a head, and taken back", async ({ lab, page }) => {
  await lab.open(`${small}&at=5&layer=1&head=3`);
  const before = await said(page).textContent();
  await page
    .getByRole("button", { name: "Patch: give this head the pattern it has on another prompt" })
    .click();
  await page.getByRole("textbox", { name: "The other prompt" }).fill("abcabcabcabc");
  await page.getByRole("button", { name: "Copy its pattern" }).click();
  await expect(head(page, 1, 3)).toHaveAccessibleName(/pattern from another prompt/, { timeout: 20_000 });
  await expect.poll(() => said(page).textContent()).not.toBe(before);
  await page
    .getByRole("button", { name: "Patch: give this head the pattern it has on another prompt" })
    .click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(head(page, 1, 3)).not.toHaveAccessibleName(/another prompt/, { timeout: 20_000 });
  await expect.poll(() => said(page).textContent()).toBe(before);
});

test("a long text is followed, seen whole, and looked at closely", async ({ lab, page }) => {
  await lab.open("v=2&lab=attention&tokens=70&at=70");
  const [follow, all, closer, farther] = ["Follow the newest letters", "All", "Closer", "Farther"].map(
    (name) => page.getByRole("button", { name, exact: true }),
  );
  await expect(follow).toHaveAttribute("aria-pressed", "true");
  // 77 letters, of which the sheet holds the last: as many as can be told apart, 64 at most.
  const box = /** @type {{width: number}} */ (await map(page).boundingBox());
  const held = Math.min(64, Math.floor((box.width - 30) / 7));
  expect(held).toBeGreaterThan(40);
  await page.mouse.move(...(await cell(page, 1, 1, held)));
  await expect(said(page)).toContainText(`(${77 - held + 1}) reads`);
  await all.click();
  await expect(all).toHaveAttribute("aria-pressed", "true");
  await page.mouse.move(...(await cell(page, 1, 1, 77)));
  await expect(said(page)).toContainText("‘R’ (1) reads 100 %");
  const whole = await hash(map(page));
  await closer.click();
  await closer.click();
  await expect(all).toHaveAttribute("aria-pressed", "false");
  const close = await hash(map(page));
  expect(close).not.toBe(whole);
  await page.mouse.move(...(await cell(page, 20, 2, 34)));
  await page.mouse.down();
  await page.mouse.move(...(await cell(page, 25, 6, 34)), { steps: 4 });
  await page.mouse.up();
  expect(await hash(map(page))).not.toBe(close);
  for (let i = 0; i < 4; i++) await farther.click();
  await page.mouse.move(...(await cell(page, 1, 1, 77)));
  await expect(said(page)).toContainText("‘R’ (1) reads 100 %");
  await follow.click();
  await expect(follow).toHaveAttribute("aria-pressed", "true");
});

test("the map goes home as a picture and as numbers whose rows sum to one; the row is there as a table", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=5&layer=4&head=1`);
  const [picture] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save PNG" }).click(),
  ]);
  expect(picture.suggestedFilename()).toBe("chailou-attention-layer4-head1-step5.png");
  expect((await readFile(await picture.path())).toString("latin1")).toContain("lab=attention");
  const [numbers] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV: save this map as numbers" }).click(),
  ]);
  expect(numbers.suggestedFilename()).toBe("chailou-attention-layer4-head1-edited-step5.csv");
  const rows = (await rowsOf(numbers)).map((row) => row.split(","));
  expect(rows.length).toBe(13);
  for (const row of rows.slice(1))
    expect(row.slice(-12).reduce((sum, value) => sum + Number(value), 0)).toBeCloseTo(1, 4);
  await page.getByText("As a table").click();
  const table = page.getByRole("table", { name: /^What letter 12, / });
  await expect(table.getByRole("row")).toHaveCount(13);
});

for (const language of /** @type {const} */ (["en", "zh"]))
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing in the attention lab, ${language}, ${theme}, wide and narrow, with surgery`, async ({
      page,
    }) => {
      // Three looks at a page of many small parts.
      test.setTimeout(150_000);
      await page.goto(`/#${small}&at=5&lang=${language}&theme=${theme}`);
      await expect(page.getByRole("slider").first()).toBeAttached({ timeout: 30_000 });
      await expect(page.getByRole("math").first()).toBeAttached();
      await sound(page, "desk");
      await page.locator("[data-token='4']").click();
      await page.locator(".head-ops button").first().click();
      await expect(page.locator(".map-views")).toBeVisible();
      await page.locator(".head-ops button").last().click();
      await page.locator(".row-table summary").click();
      await sound(page, "surgery");
      await page.setViewportSize({ width: 390, height: 844 });
      await sound(page, "phone");
    });
  }

for (const width of [390, 820]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 1000 }, hasTouch: true });
    test("nothing overflows, and a finger keeps a letter and lets it go", async ({ lab, page }) => {
      await lab.open(`${small}&at=5`);
      await expect(page.getByRole("math").first()).toBeAttached();
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(width);
      await letter(page, 3).tap();
      await lab.addressHas({ token: 3 });
      await letter(page, 3).tap();
      await lab.addressHas({ token: null });
    });
  });
}

// The lab of flows in a visitor's hands: a point, a density and a cloud; the start dragged, a landscape typed; by keys, on a phone.
import { sound } from "./axe.js";
import { rowsOf } from "./csv.js";
import { expect, test } from "./lab.js";

/** @param {import("@playwright/test").Page} page @param {string} link */
async function open(page, link = "") {
  await page.goto("about:blank");
  await page.goto(`/#v=2&lab=flow&lang=en${link.includes("at=") ? link : `${link}&at=0`}`);
  await expect(page.locator(".flow-stage .says")).not.toBeEmpty({ timeout: 15_000 });
}

/** How many pixels of a canvas are not its ground. @param {import("@playwright/test").Locator} canvas */
const colours = (canvas) =>
  canvas.evaluate((one) => {
    const copy = new OffscreenCanvas(one.width, one.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(one, 0, 0);
    return new Set(new Uint32Array(copy.getImageData(0, 0, one.width, one.height).data.buffer)).size;
  });

test("a point, a density and a cloud roll, each with three pictures, and nothing but mathematics is fetched", async ({
  page,
}) => {
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  await open(page);
  for (const [part, id] of [
    ["A point", "point"],
    ["A density", "line"],
    ["A cloud", "plane"],
  ]) {
    await page.getByRole("radio", { name: part, exact: true }).check();
    await expect(page.locator(".flow-stage")).toHaveAttribute("data-part", id);
    const canvases = page.locator(".flow-stage figure:not([hidden]) canvas");
    await expect(canvases).toHaveCount(id === "plane" ? 4 : 3);
    for (const canvas of await canvases.all()) await expect.poll(() => colours(canvas)).toBeGreaterThan(40);
    const main = page.locator(".flow-stage .main-figure canvas");
    const before = await main.evaluate((one) => one.toDataURL());
    // A radio button keeps these keys for itself.
    await page.locator(".flow-stage").focus();
    await page.keyboard.press("End");
    await expect.poll(() => page.url()).toMatch(/at=(30|60|300)/);
    await expect.poll(() => main.evaluate((one) => one.toDataURL())).not.toBe(before);
    await page.keyboard.press("Home");
  }
  expect([...fetched].filter((path) => /\/(core|cpu|webgpu|models)\/(?!schema)/.test(path))).toEqual([]);
});

test("the start follows the hand and the keys, the ways follow the start, and the link follows both", async ({
  page,
}) => {
  await open(page, "&landscape=bowl");
  const start = page.getByRole("button", { name: /^Start at x = / });
  const said = page.locator(".main-figure canvas");
  await expect(said).toHaveAttribute("aria-label", /\(−0\.9487, −0\.3162\)/);
  const box = await start.boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 80, y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/[&]x=[12]\.\d/);
  await start.focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => page.url()).toContain("y=1.05");
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(() => page.url()).toContain("y=1.55");
});

test("another landscape brings a start that suits it; one of your own is read at every key, and a wrong one is named", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("combobox", { name: /Landscape/ }).selectOption("himmelblau");
  await expect
    .poll(() => page.url())
    .toMatch(/landscape=himmelblau.*alpha=0\.01|alpha=0\.01.*landscape=himmelblau/);
  await page.getByRole("combobox", { name: /Landscape/ }).selectOption("typed");
  const field = page.getByRole("textbox", { name: "Your own landscape, f(x, y)" });
  await field.fill("x^2 + 3 y^");
  await expect(page.locator("#flow-land-fault")).toContainText("missing");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await field.fill("x^2 + 3 y^2");
  await expect(page.locator("#flow-land-fault")).toBeEmpty();
  await expect.poll(() => page.url()).toMatch(/z=/);
  await page.reload();
  await expect(field).toHaveValue("x^2 + 3 y^2");
});

test("a potential of one's own is a target on the line", async ({ page }) => {
  await open(page, "&part=line&m0=2");
  await page.getByRole("combobox", { name: /^Target/ }).selectOption("typed");
  const field = page.getByRole("textbox", { name: "Your own potential, V(x)" });
  await expect(field).toHaveValue("x^4/4 - 3x^2/2 + x/3");
  await field.fill("abs(x");
  await expect(page.locator("#flow-potential-fault")).toContainText("never closed");
  await field.fill("x^2/2 + cos(3x)");
  await expect(page.locator("#flow-potential-fault")).toBeEmpty();
  await expect.poll(() => page.url()).toMatch(/target=typed.*z=/);
  await page.getByRole("radio", { name: "A point", exact: true }).check();
  await expect.poll(() => page.url()).not.toContain("z=");
});

test("a target is drawn by hand and by keys, flows at once and travels in the link", async ({ page }) => {
  await open(page, "&part=line");
  await page.getByRole("combobox", { name: /^Target/ }).selectOption("drawn");
  await expect(page.locator(".flow-stage .says")).toContainText("Draw a density");
  const canvas = page.locator(".main-figure canvas");
  await expect(canvas).toHaveClass(/is-drawn-on/);
  const pen = page.getByRole("button", { name: /^Pen at x = 0, / });
  await expect(pen).toBeVisible();
  const [sheet, grip] = [await canvas.boundingBox(), await pen.boundingBox()];
  const middle = grip.x + grip.width / 2;
  await page.mouse.move(middle + 20, sheet.y + 0.3 * sheet.height);
  await page.mouse.down();
  for (const [far, high] of [
    [60, 0.2],
    [100, 0.4],
    [140, 0.7],
  ])
    await page.mouse.move(middle + far, sheet.y + high * sheet.height, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toMatch(/target=drawn.*z=/);
  await expect(page.locator(".titleblock")).not.toContainText(/Step\s*0 \/ 60/);
  await page.keyboard.press("Space");
  const first = new URLSearchParams(page.url().split("#")[1]).get("z");
  const again = page.getByRole("button", { name: /^Pen at x = / });
  await again.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Shift+ArrowUp");
  await expect.poll(() => new URLSearchParams(page.url().split("#")[1]).get("z")).not.toBe(first);
  await page.reload();
  await expect(again).toBeVisible();
  await page.getByRole("combobox", { name: /^Target/ }).selectOption("wells");
  await expect(again).toBeHidden();
  await expect.poll(() => page.url()).not.toContain("z=");
});

test("parameters of another name move one path and not the other; a proximal step of the cloud is laid over it", async ({
  page,
}) => {
  await open(page, "&landscape=fit&x=2&y=1.2&alpha=0.1&chart=0");
  await expect(page.locator(".main-figure .roles")).toContainText("natural gradient");
  const claims = page.locator(".claims-sheet");
  await expect(claims).toContainText("The natural gradient’s path stays what it was", { timeout: 20_000 });
  await open(page, "&part=plane&landscape=wells&plan=strings&particles=500");
  await expect(page.locator(".main-figure .roles")).toContainText("strings of the plan", { timeout: 20_000 });
  await expect(claims).toContainText("Transport and F together cost less than staying");
});

test("back to diffusion: three ways, the same data in the lab of points and back, a drawing too", async ({
  page,
}) => {
  await open(page, "&part=bridge&at=20&data=circles&particles=500&steps=25");
  const canvases = page.locator(".flow-stage figure:not([hidden]) canvas");
  for (const canvas of await canvases.all()) await expect.poll(() => colours(canvas)).toBeGreaterThan(40);
  await expect(page.locator(".titleblock")).toContainText("20 / 25");
  await page.getByRole("button", { name: /^Open this in the lab of points/ }).click();
  await expect.poll(() => page.url()).toMatch(/lab=points/);
  await expect
    .poll(() => Object.fromEntries(new URLSearchParams(page.url().split("#")[1])))
    .toMatchObject({ data: "circles", points: "400", particles: "500", steps: "25", seed: "1", at: "20" });
  const back = page.getByRole("button", { name: "See it as a way downhill" });
  await expect(back).toBeVisible();
  await expect(page.locator(".titleblock")).toContainText("20 / 25");
  await back.click();
  await expect.poll(() => page.url()).toMatch(/lab=flow/);
  await expect
    .poll(() => Object.fromEntries(new URLSearchParams(page.url().split("#")[1])))
    .toMatchObject({ part: "bridge", data: "circles", particles: "500", steps: "25", at: "20" });
  await page.goBack();
  await expect.poll(() => page.url()).toMatch(/lab=points/);
  // A drawing travels.
  const drawn = await page.evaluate(async () => {
    const { engine } = await import(document.querySelector("script[src*=start]").src);
    const points = Array.from({ length: 60 }, (_, i) => [Math.cos(i / 9), i / 30 - 1]);
    return engine.format({ lab: "points", values: { data: "drawn", lang: "en", steps: 20 }, points, at: 20 });
  });
  await page.goto(`/#${drawn}`);
  await expect(page.locator(".titleblock")).toContainText("20 / 20");
  await back.click();
  await expect.poll(() => page.url()).toMatch(/lab=flow.*data=drawn.*z=/);
  await expect(page.locator(".notices")).not.toContainText("Nothing has been drawn");
});

test("notes act, and the numbers come as a table", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "0.0573", exact: true }).click();
  await expect.poll(() => page.url()).toMatch(/target=wells.*mu=1\.5/);
  await expect(page.locator(".claims-sheet")).toContainText("0.05727", { timeout: 20_000 });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the numbers as CSV" }).click(),
  ]);
  const rows = await rowsOf(file);
  expect(rows[0]).toBe("x,target,lane 1,lane 2,lane 3,lane 4");
  const mass = rows.slice(1).map((row) => row.split(",").map(Number));
  const width = mass[1][0] - mass[0][0];
  for (const column of [1, 2])
    expect(mass.reduce((sum, row) => sum + row[column] * width, 0)).toBeCloseTo(1, 5);
});

test("axe finds nothing, on a phone too, where every part fits", async ({ page }) => {
  await open(page, "&part=line&at=20&theme=dark");
  await sound(page, "desk");
  await open(page, "&part=line&target=drawn&controls=all");
  await sound(page, "a target that is drawn");
  await page.setViewportSize({ width: 390, height: 844 });
  for (const part of ["point", "line", "plane"]) {
    await open(page, `&part=${part}&at=3`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await sound(page, "phone");
});

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}))
  test(`a drawing is a landscape and data, made here; it goes to the lab of points and comes back, on a ${device}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await open(page, "&part=plane&particles=500");
    const main = page.locator(".flow-stage .main-figure canvas");
    const pad = page.getByRole("region", { name: "Draw what it flows to" });
    await page.getByRole("button", { name: "Draw your own", exact: true }).click();
    await expect(pad).toBeVisible();
    await expect(pad.getByRole("button", { name: "Let it flow" })).toBeDisabled();
    const box = await main.boundingBox();
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.4 * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.5 * box.height, { steps: 8 });
    await page.mouse.up();
    await expect(pad.getByRole("status")).not.toContainText(/^0 /);
    await pad.getByRole("button", { name: "Undo stroke" }).click();
    await expect(pad.getByRole("status")).toContainText(/^0 /);
    // Without a pointer: a shape by its name.
    await pad.getByRole("button", { name: "Heart" }).focus();
    await page.keyboard.press("Enter");
    await expect(pad.getByRole("status")).toContainText("1200");
    await pad.getByRole("button", { name: "Let it flow" }).click();
    await expect(pad).toBeHidden();
    await expect.poll(() => page.url()).toMatch(/landscape=drawn.*z=/);
    await expect(page.locator(".titleblock")).not.toContainText(/Step\s*0 \/ 300/);
    await page.locator(".flow-stage").focus();
    await page.keyboard.press("Space");
    const link = () => Object.fromEntries(new URLSearchParams(page.url().split("#")[1]));
    const { z } = link();
    // The same points as data of the bridge, in the lab of points, and back.
    await page.getByRole("button", { name: /^Open this in the lab of points/ }).click();
    await expect.poll(link).toMatchObject({ lab: "points", data: "drawn", z });
    await page.getByRole("button", { name: "See it as a way downhill" }).click();
    await expect.poll(link).toMatchObject({ lab: "flow", part: "bridge", data: "drawn", z });
    await page.getByRole("button", { name: "Go on drawing" }).click();
    await expect(pad.getByRole("status")).toContainText("1200");
    await pad.getByRole("button", { name: "Back without using it" }).click();
    await expect.poll(link).toMatchObject({ part: "bridge", z });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    );
  });

test("whoever chooses a drawing that is not there yet, draws", async ({ page }) => {
  await open(page, "&part=bridge&particles=200");
  const pad = page.getByRole("region", { name: "Draw what it flows to" });
  await page.getByRole("combobox", { name: "Data", exact: true }).selectOption("drawn");
  await expect(pad).toBeVisible();
  await sound(page, "drawing");
  await pad.getByRole("textbox", { name: "Text" }).fill("楼");
  await page.keyboard.press("Enter");
  await pad.getByRole("button", { name: "Only set it down" }).click();
  await expect.poll(() => page.url()).toMatch(/data=drawn.*z=/);
  await page.getByRole("combobox", { name: "Data", exact: true }).selectOption("spiral");
  await expect.poll(() => page.url()).not.toContain("z=");
});

test("the cloud comes down in four geometries, each told and drawn", async ({ page }) => {
  await open(page, "&part=plane&landscape=ring&particles=300&controls=all&at=40");
  const main = page.locator(".flow-stage .main-figure canvas");
  const seen = new Set([await main.evaluate((one) => one.toDataURL())]);
  for (const [name, told] of [
    ["Particles without noise", "Nobody is shaken"],
    ["Fisher–Rao: birth and death", "Nobody moves"],
    ["Stein: particles that see each other", "pushed away from them"],
  ]) {
    await page.getByRole("combobox", { name: "Geometry", exact: true }).selectOption(name);
    await expect(page.locator(".flow-stage .says")).toContainText(told);
    await page.locator(".flow-stage").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await expect.poll(async () => seen.has(await main.evaluate((one) => one.toDataURL()))).toBe(false);
    seen.add(await main.evaluate((one) => one.toDataURL()));
  }
  await expect(page.locator(".claims-sheet")).toContainText("No particle has left");
});

// Charts leave as lines and letters that stand alone: read back by a parser, drawn as a picture, counted against what they show.
import { readFile } from "node:fs/promises";
import { expect, test } from "./lab.js";

/** A saved chart, read as any program reads it, alone. @param {import("@playwright/test").Page} page @param {string} text */
const readBack = (page, text) =>
  page.evaluate(async (text) => {
    const file = new DOMParser().parseFromString(text, "image/svg+xml");
    const of = (/** @type {string} */ name) => [...file.getElementsByTagName(name)];
    const image = new Image();
    await new Promise((resolve, reject) => {
      Object.assign(image, { onload: resolve, onerror: () => reject(new Error("not drawn")) });
      image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    });
    const canvas = Object.assign(document.createElement("canvas"), {
      width: image.width,
      height: image.height,
    });
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set(
      Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3).join()),
    );
    return {
      error: of("parsererror").length,
      title: of("title")[0]?.textContent,
      source: of("dc:source")[0]?.textContent,
      words: of("text").map((one) => one.textContent ?? ""),
      families: [...new Set(of("text").map((one) => one.getAttribute("font-family")))],
      /** How many places each path has. */
      places: of("path").map((one) => one.getAttribute("d")?.match(/[ML]/g)?.length ?? 0),
      circles: of("path").filter((one) => one.getAttribute("d")?.includes("A")).length,
      images: of("image").length,
      paper: [...data.slice(0, 3)],
      colours: colours.size,
      width: image.width,
    };
  }, text);

/** @param {import("@playwright/test").Page} page @param {string} name */
async function chart(page, name) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page
      .locator("dialog.home")
      .getByRole("button", { name: `${name}: SVG` })
      .click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^chailou-\w+-[\w-]+\.svg$/);
  const text = await readFile(await file.path(), "utf8");
  // It asks for nothing: no sheet of styles, no font, no picture from elsewhere.
  expect(text).not.toMatch(/<style|class=|@font|href="(?!data:)|var\(|NaN|undefined/);
  return readBack(page, text);
}
/** @param {import("@playwright/test").Page} page */
async function leaf(page) {
  await page.locator(".titleblock").getByRole("button", { name: "Take it home" }).click();
  await page.locator("dialog.home").getByRole("radio", { name: "Pictures and film" }).click();
  await expect(page.locator("dialog.home .taken li").first()).toBeVisible();
}

for (const theme of ["light", "dark"])
  test(`charts are saved as lines and letters, in light colours, from a ${theme} page`, async ({ page }) => {
    await page.goto(`/#v=4&lab=rank&lang=en&n=64&at=5&theme=${theme}`);
    await expect(page.locator("main .save:visible").first()).toBeEnabled({ timeout: 30_000 });
    await leaf(page);
    const look = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await look();
    const values = await chart(page, "Its singular values");
    expect(values).toMatchObject({
      error: 0,
      title: "Its singular values",
      images: 0,
      families: ["sans-serif"],
    });
    expect(values.source).toMatch(/^http.*#v=4&lab=rank/);
    // The causal mask's curve has a place for each of 64 singular values.
    expect(values.places).toContain(64);
    expect(values.words).toEqual(
      expect.arrayContaining(["Its singular values", "10⁻⁵", "Causal", "i", "rounding"]),
    );
    expect(values.words.slice(-2).join(" ")).toContain("Seed 7 · step 5");
    expect(values.paper).toEqual([251, 249, 243]);
    expect(values.colours).toBeGreaterThan(20);
    const spread = await chart(page, "Spread of tokens, and what theory says");
    // Twelve layers and where they begin.
    expect(spread.places.filter((count) => count === 13).length).toBeGreaterThanOrEqual(1);
    const tower = await chart(page, "The tower: tokens, layer by layer");
    expect(tower.circles).toBeGreaterThan(64);
    expect(await look()).toBe(before);
  });

test("a chart of the library leaves as lines, and a plane of particles with its axes", async ({ page }) => {
  await page.goto("/#v=4&lab=points&lang=en&particles=100&steps=6&at=6&theme=dark");
  await expect(page.locator(".titleblock")).toContainText("6 / 6", { timeout: 30_000 });
  await expect(page.locator(".chart .u-over").first()).toBeVisible();
  await leaf(page);
  const schedule = await chart(page, "The schedule");
  expect(schedule).toMatchObject({ error: 0, images: 0 });
  // Three curves of a thousand steps, as the library thins them out for its pixels.
  expect(schedule.places.filter((count) => count > 100).length).toBe(3);
  expect(schedule.words).toEqual(expect.arrayContaining(["ᾱₜ", "β̄ₜ", "200", "0.4"]));
  // Dots that darken as ink does are a picture of pixels; the axes around them are not.
  const plane = await chart(page, "Particles");
  expect(plane.error).toBe(0);
  expect(plane.words).toEqual(expect.arrayContaining(["−2", "2"]));
  await expect(page.locator("dialog.home [role=status]").last()).toContainText(".svg");
});

test("a poster is a sheet of A4 by its own word, and the link is in it", async ({ page }) => {
  await page.goto("/#v=4&lab=rank&lang=en&at=0");
  await expect(page.locator("main .save:visible").first()).toBeEnabled({ timeout: 30_000 });
  await leaf(page);
  const [file] = await Promise.all([
    page.waitForEvent("download", { timeout: 30_000 }),
    page.locator("dialog.home").getByRole("button", { name: "Poster for print (A4, 300 dpi)" }).click(),
  ]);
  const png = await readFile(await file.path());
  const at = png.indexOf("pHYs");
  expect(at).toBeGreaterThan(0);
  expect(at).toBeLessThan(png.indexOf("IDAT"));
  const millimetres = [16, 20].map(
    (size, i) => (1000 * png.readUInt32BE(size)) / png.readUInt32BE(at + 4 + 4 * i),
  );
  expect(millimetres.map(Math.round)).toEqual([210, 297]);
  expect(png.includes("#v=4&lab=rank")).toBe(true);
});

test("each chart of the ant, of Γ and of a way downhill is drawn in its file", async ({ page }) => {
  for (const [link, count] of /** @type {const} */ ([
    ["lab=riemann&tool=fan", 3],
    ["lab=gamma&at=2", 5],
    ["lab=flow&part=line&at=3", 3],
  ])) {
    await page.goto("about:blank");
    await page.goto(`/#v=4&lang=en&${link}`);
    await expect(page.locator("main .save:visible").first()).toBeEnabled({ timeout: 30_000 });
    await leaf(page);
    const buttons = page.locator("dialog.home .taken button");
    await expect(buttons).toHaveCount(count);
    for (const button of await buttons.all()) {
      const name = ((await button.getAttribute("aria-label")) ?? "").replace(/: SVG$/, "");
      const { error, places, images, colours, title } = await chart(page, name);
      expect([error, title]).toEqual([0, name]);
      expect(places.length + images, name).toBeGreaterThan(3);
      expect(colours, name).toBeGreaterThan(10);
    }
  }
});

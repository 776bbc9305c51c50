// What a visitor takes home, and brings back: numbers and networks in zips, films, many runs; files that are no networks are told what is wrong.
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import { sound } from "./axe.js";
import { expect, test } from "./lab.js";

// Films are encoded and networks trained here, on whatever machine that is.
test.describe.configure({ timeout: 120_000 });

const link = "/#v=4&lab=points&lang=en&denoiser=learned&trained=20&steps=6&particles=100&at=6";

/** Presses what is there, whatever the page is busy with. @param {import("@playwright/test").Locator} what */
const press = (what) => what.evaluate((element) => /** @type {HTMLElement} */ (element).click());
/** @param {import("@playwright/test").Page} page @param {string} leaf */
async function open(page, leaf) {
  await page.locator(".titleblock").getByRole("button", { name: "Take it home" }).click();
  await turn(page, leaf);
}
/** @param {import("@playwright/test").Page} page @param {string} leaf */
const turn = (page, leaf) =>
  press(page.locator("dialog.home").getByRole("radio", { name: leaf, exact: true }));
/** @param {import("@playwright/test").Page} page @param {string} name */
async function saved(page, name) {
  const [file] = await Promise.all([
    page.waitForEvent("download", { timeout: 40_000 }),
    press(page.locator("dialog.home").getByRole("button", { name, exact: true })),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}
const words = (/** @type {Uint8Array} */ bytes) => new TextDecoder().decode(bytes);

test("numbers and networks leave in zips, a network comes back, and what is none is refused", async ({
  page,
}) => {
  await page.goto(link);
  await expect(page.locator(".titleblock")).toContainText("6 / 6", { timeout: 30_000 });
  await open(page, "Numbers");
  await expect(page.locator(".home .taken li").first()).toBeVisible();
  await sound(page, "the dialog", "dialog.home");
  const numbers = unzipSync((await saved(page, "All of it (zip)")).bytes);
  const points = words(numbers["figures/x.csv"]).split("\r\n");
  expect(points[0]).toMatch(/^# http:.*lab=points/);
  expect([points[1], points.length]).toEqual(["x,y", 102]);
  const { frames } = JSON.parse(words(numbers["frames.json"]));
  expect(frames.find((/** @type {any} */ { name }) => name === "x").shape).toEqual([100, 2]);
  expect(JSON.parse(words(numbers["claims.json"])).readouts.length).toBeGreaterThan(3);

  await turn(page, "Network");
  const network = unzipSync((await saved(page, "Networks and script (zip)")).bytes);
  const file = Buffer.from(network["chailou-points-network.safetensors"]);
  expect(words(network["network.py"])).toContain("load_state_dict");
  const header = JSON.parse(words(file.subarray(8, 8 + Number(file.readBigUInt64LE(0)))));
  expect(header.__metadata__).toMatchObject({ network: "mlp", steps: "20", seed: "7" });

  const bring = (/** @type {Buffer} */ buffer) =>
    page
      .locator("dialog.home input[type=file]")
      .setInputFiles({ name: "mine.safetensors", mimeType: "application/octet-stream", buffer });
  const said = page.locator("dialog.home [role=status]");
  await bring(file.subarray(0, file.length - 4));
  await expect(said).toContainText("its length is not what its header says");
  await bring(Buffer.alloc(40, 255));
  await expect(said).toContainText("it has no header of a safetensors file");
  await bring(file);
  await expect(said).toContainText("mine.safetensors runs in the lab now", { timeout: 20_000 });
  await expect(page.locator(".training .steps")).toContainText("training steps: 0");
});

test("a film is a film, and runs over values have a mean and links", async ({ page }) => {
  await page.goto(link.replace("denoiser=learned&trained=20&", ""));
  await expect(page.locator(".titleblock")).toContainText("6 / 6", { timeout: 30_000 });
  await open(page, "Pictures and film");
  await page.getByLabel("Width of a film").selectOption("480");
  const gif = await saved(page, "GIF");
  expect(gif.bytes.subarray(0, 6).toString()).toBe("GIF89a");
  // A picture a state: as many image descriptors as graphic control extensions.
  expect(gif.bytes.toString("latin1").split("\x21\xf9\x04").length - 1).toBe(7);
  const film = await saved(page, "WEBM");
  expect(film.bytes.readUInt32BE(0)).toBe(0x1a45dfa3);
  await turn(page, "Many runs");
  await page.locator("dialog.home").getByLabel("Setting").selectOption("steps");
  await page.locator("dialog.home").getByLabel("Values").fill("4,x");
  await page.getByRole("button", { name: "Run all" }).click();
  await expect(page.locator("dialog.home [role=status]")).toContainText("“x” is no list of numbers");
  await page.locator("dialog.home").getByLabel("Values").fill("4,8");
  await page.locator("dialog.home").getByLabel("Seeds").fill("1..2");
  await page.getByRole("button", { name: "Run all" }).click();
  await expect(page.locator("dialog.home [role=status]")).toContainText("4 runs done.", { timeout: 40_000 });
  const rows = page.locator("dialog.home tbody tr");
  await expect(rows).toHaveCount(2);
  await expect(rows.first().getByRole("link")).toHaveCount(2);
  await expect(rows.first().getByRole("link").first()).toHaveAttribute("href", /steps=4/);
});

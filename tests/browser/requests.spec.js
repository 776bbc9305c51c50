// Strings, styles and code of a lab are fetched with that lab alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { labs } from "../../www/labs/index.js";
import { expect, root, test } from "./lab.js";

/** @type {{files: Record<string, {modules?: string[]}>}} */
const { files } = JSON.parse(readFileSync(join(root, "dist/manifest.json"), "utf8"));

/** Which labs' sources a fetched file holds. @param {string} path */
function labsOf(path) {
  const sources = [path, ...(files[path]?.modules ?? [])];
  return labs.map(({ id }) => id).filter((id) => sources.some((source) => source.startsWith(`labs/${id}/`)));
}

/** @param {import("@playwright/test").Page} page */
function listen(page) {
  /** @type {Set<string>} */
  const paths = new Set();
  page.on("request", (request) => paths.add(new URL(request.url()).pathname.slice(1)));
  return {
    /** What was fetched of each lab. */
    ofLabs: () => [...new Set([...paths].flatMap(labsOf))].sort(),
    has: (/** @type {RegExp} */ pattern) => [...paths].some((path) => pattern.test(path)),
  };
}

test("every lab is a script of its own, and no other script holds any of it", () => {
  for (const { id } of labs)
    expect(Object.keys(files), id).toContainEqual(expect.stringMatching(`^labs/${id}/lab-[^/]*\\.js$`));
  for (const path of Object.keys(files)) {
    const own = /^labs\/(\w+)\//.exec(path)?.[1];
    expect(labsOf(path), path).toEqual(own ? [own] : []);
  }
});

for (const { id } of labs) {
  test(`a link to ${id} fetches that lab alone`, async ({ page }) => {
    const fetched = listen(page);
    await page.goto(`/#lab=${id}&at=0`);
    await expect(page.getByRole("slider").first()).toBeVisible({ timeout: 30_000 });
    // The notes come behind the first picture, whenever that is.
    for (const part of [/lab-[^/]*\.js$/, /style-[^/]*\.css$/, /notes\.en-[^/]*\.html$/])
      await expect
        .poll(() => fetched.has(new RegExp(`^labs/${id}/${part.source}`)), { message: `${id}: ${part}` })
        .toBe(true);
    await page.waitForLoadState("networkidle");
    expect(fetched.ofLabs()).toEqual([id]);
  });
}

test("another lab comes when it is asked for", async ({ page }) => {
  const [first, second] = labs.map(({ id }) => id);
  const fetched = listen(page);
  await page.goto("/#at=0");
  await expect(page.getByRole("slider").first()).toBeVisible({ timeout: 30_000 });
  await page.waitForLoadState("networkidle");
  expect(fetched.ofLabs()).toEqual([first]);
  await page.evaluate((id) => void (location.hash = `lab=${id}&at=0`), second);
  await expect.poll(() => fetched.ofLabs(), { timeout: 30_000 }).toEqual([first, second].sort());
});

// Any static host will do: the page opens from a sub-folder, whatever the host calls wasm, under a strict policy.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, root, test as base } from "./lab.js";
import { startHost } from "../host.mjs";

/** No eval, no inline script, nothing from elsewhere. Inline styles stay: KaTeX places its boxes with them. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const FOLDER = "some/where/chailou/";
/** What the host says of a file that it does not know, wasm among them. */
const test = base.extend({
  unknown: ["", { option: true }],
  baseURL: async ({ unknown }, use) => {
    const host = await startHost(
      async (path) =>
        path.startsWith(FOLDER) ? readFile(join(root, "dist", path.slice(FOLDER.length))) : null,
      {
        headers: { "content-security-policy": POLICY, "x-content-type-options": "nosniff" },
        types: { ".wasm": unknown, ".json": unknown, "": unknown },
      },
    );
    await use(`${host.url}${FOLDER}`);
    host.close();
  },
});

for (const unknown of ["application/octet-stream", "text/plain", ""]) {
  test.describe(`a host that calls wasm ${unknown || "nothing"}`, () => {
    test.use({ unknown });
    test("opens the page in a sub-folder, with a clean console under a strict policy", async ({
      lab,
      page,
      baseURL,
    }) => {
      // The watch fails this test for any complaint, and for any request to another host.
      await page.goto(`${baseURL}#at=2`);
      await expect(lab.scrub).toBeVisible({ timeout: 30_000 });
      await lab.standsAt(2, 30_000);
      await lab.press("Step forward");
      await lab.standsAt(3, 30_000);
      // Notes, formulas and their fonts, the chart and the card come later, from the same folder.
      await expect(lab.notes.locator(".katex").first()).toBeVisible({ timeout: 30_000 });
      await expect(page.locator(".uplot").first()).toBeAttached({ timeout: 30_000 });
      expect(await page.evaluate(() => document.fonts.check("1em KaTeX_Main"))).toBe(true);
      await page.getByRole("button", { name: "Model card" }).click();
      await expect(page.getByRole("dialog").getByRole("row").first()).toBeVisible();
    });
  });
}

test("no file of the build has a name that lists of ad blockers take", async () => {
  const { files } = JSON.parse(await readFile(join(root, "dist/manifest.json"), "utf8"));
  const taken =
    /(^|\/)(ads?|adverts?|analytics|banners?|beacon|pixel|popups?|shar(e|es|ed|ing)|social|sponsors?|stats?|telemetry|track(s|er|ers|ing)?)[-_.~/]/;
  expect(Object.keys(files).filter((path) => taken.test(path))).toEqual([]);
});

test("no file of the build names an absolute path or another host to fetch from", async () => {
  const { files } = JSON.parse(await readFile(join(root, "dist/manifest.json"), "utf8"));
  for (const path of Object.keys(files).filter((path) => /\.(css|html)$/.test(path))) {
    const text = await readFile(join(root, "dist", path), "utf8");
    const fetched = [...text.matchAll(/(?:src|<link[^>]* href)="([^"]+)"|url\(([^)]+)\)/g)].map(([, a, b]) =>
      (a ?? b).replace(/^["']|["']$/g, ""),
    );
    // A picture within the page is fetched from nowhere.
    const elsewhere = fetched.filter((address) => !address.startsWith("data:image/"));
    for (const address of elsewhere) expect(address, path).toMatch(/^\.?\.?\/|^[\w-]+[./]/);
    for (const address of elsewhere) expect(address, path).not.toMatch(/^\/|^\w+:/);
  }
});

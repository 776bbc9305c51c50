// The page with the cable pulled: what was visited works, a new version comes whole or not at all, and a full disk stops nothing.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startHost } from "../host.mjs";
import { expect, root, test as base } from "./lab.js";

const sha256 = (/** @type {string | Buffer} */ text) => createHash("sha256").update(text).digest("hex");
const dist = (/** @type {string} */ path) => readFile(join(root, "dist", path));

/** The next version of the page: one script has another name, and whatever names it is another file too. */
async function nextVersion() {
  const { files } = JSON.parse(String(await dist("manifest.json")));
  const main = Object.keys(files).find((file) => /^index-[\w-]{8}\.js$/.test(file)) ?? "";
  const renamed = "index-NEWNEWNE.js";
  const page = String(await dist("index.html")).replaceAll(main, renamed);
  const worker = String(await dist("sw.js"))
    .replaceAll(main, renamed)
    .replace(sha256(await dist("index.html")), sha256(page))
    .replace(/`[0-9a-f]{16}`|"[0-9a-f]{16}"/, '"0123456789abcdef"');
  return { main, renamed, "index.html": page, "sw.js": worker };
}

const test = base.extend({
  keeps: true,
  /** What the host does now: serves this version or the next, until its cable is cut. */
  host: async ({ browserName: _ }, use) => {
    const next = /** @type {Record<string, string>} */ (await nextVersion());
    const host = { updated: false, next, url: "", cut: () => {} };
    const { url, close } = await startHost(
      async (path) => {
        const { main, renamed } = next;
        if (host.updated && path === main) return null;
        return (host.updated && next[path]) || dist(host.updated && path === renamed ? main : path);
      },
      { headers: { "cache-control": "no-cache" } },
    );
    host.cut = close;
    await use(Object.assign(host, { url }));
    host.cut();
  },
  baseURL: async ({ host }, use) => use(host.url),
});

/** Until everything that was fetched is kept. @param {import("@playwright/test").Page} page */
const kept = (page) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const all = await Promise.all(
            (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
          );
          const weights = all.flat().some(({ url }) => url.endsWith(".safetensors"));
          return weights && "kept" in document.documentElement.dataset;
        }),
      { timeout: 40_000 },
    )
    .toBe(true);

test("what was visited works without a network, and what was not says so", async ({
  lab,
  page,
  host,
  watch,
}) => {
  watch.expect(/Failed to load resource|Failed to fetch|net::ERR/);
  await lab.open("at=20&steps=10");
  await lab.press("To the end");
  await kept(page);
  const before = await lab.pixels();
  host.cut();
  await page.reload();
  await lab.standsAt(20, 30_000);
  expect(await lab.pixels(), "engine and weights are there").toEqual(before);
  await page.evaluate(() => void (location.hash = "lab=gamma"));
  await expect(page.getByRole("alert")).toContainText(/labs\/gamma|schema\/gamma/, { timeout: 20_000 });
});

test("a new version waits, whole, until it is loaded", async ({ lab, page, host }) => {
  await lab.open("at=3");
  await kept(page);
  host.updated = true;
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  const notice = lab.notice("A new version of Chailou is here");
  await expect(notice).toBeVisible({ timeout: 30_000 });
  // The old page goes on with its own engine, also when it is loaded again.
  const scripts = () =>
    page.evaluate(() => [...document.scripts].map(({ src }) => src.split("/").at(-1)).join());
  await lab.press("Step forward");
  await lab.addressHas({ at: "4" });
  await page.reload();
  await lab.standsAt(4, 30_000);
  expect(await scripts()).toContain(host.next.main);
  const loaded = page.waitForEvent("load", { timeout: 20_000 });
  await notice.getByRole("button", { name: "Load it now" }).click();
  await loaded;
  expect(await scripts()).toContain(host.next.renamed);
  await lab.standsAt(4, 30_000);
  // Everything that the old one had kept is there in its new form.
  host.cut();
  await page.reload();
  await lab.standsAt(4, 30_000);
  expect(await scripts()).toContain(host.next.renamed);
});

test("where there is no room the page goes on, says so once, and keeps nothing if asked", async ({
  lab,
  page,
  baseURL,
}) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", {
    origin: new URL(baseURL ?? "").origin,
    quotaSize: 1_500_000,
  });
  await lab.open("at=3");
  const notice = lab.notice("no room left");
  await expect(notice).toBeVisible({ timeout: 40_000 });
  await lab.press("Step forward");
  await lab.standsAt(4);
  await notice.getByRole("button", { name: "Keep nothing here" }).click();
  await expect(notice).toBeHidden();
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
});

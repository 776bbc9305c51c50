// A figure in somebody else's page: nothing but itself, without permissions, asked and steered by messages, whatever else is said to it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startHost } from "../host.mjs";
import { expect, root, test as base } from "./lab.js";

/** A host that lets everybody have its files, and pages of somebody else's. */
const test = base.extend({
  pages: [{}, { option: true }],
  baseURL: async ({ pages }, use) => {
    const host = await startHost(
      async (path) => {
        const body = pages[`/${path}`];
        return body ? { body, headers: { "content-type": "text/html" } } : readFile(join(root, "dist", path));
      },
      { headers: { "access-control-allow-origin": "*" } },
    );
    await use(host.url);
    host.close();
  },
});

/** Keeps what frames say, and asks them. */
const LISTENER = `<script>
  const heard = [];
  const waiting = new Map();
  addEventListener("message", ({ source, data }) => {
    heard.push(data);
    for (const frame of document.querySelectorAll("iframe"))
      if (frame.contentWindow === source && data.type === "height") frame.style.height = data.height + "px";
    if (data.type !== "answer") return;
    const { resolve, reject } = waiting.get(data.id) ?? {};
    if ("error" in data) reject?.(new Error(data.error));
    else resolve?.(data.value);
  });
  const say = (type, what = {}, to = 0) => frames[to].postMessage({ type, v: 1, ...what }, "*");
  const ask = (type, what = {}, to = 0) => new Promise((resolve, reject) => {
    const id = waiting.size + 1;
    waiting.set(id, { resolve, reject });
    say(type, { ...what, id }, to);
  });
</script>`;
const frame = (/** @type {string} */ link, rest = "") =>
  `<iframe title="figure" src="/#${link}&embed=1" style="width:300px;height:400px;border:0" ${rest}></iframe>`;

/** @param {import("@playwright/test").Page} page @param {string} code */
const run = (page, code) => page.evaluate(code);

test.describe("in a frame that may do nothing but run scripts", () => {
  test.use({
    pages: {
      "/post": `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"><title>A post</title>${LISTENER}${frame("lab=ddpm&data=digits&samples=9&seed=9&at=3", 'sandbox="allow-scripts"')}<iframe srcdoc="<script>top.frames[0].postMessage({type:'seek',v:1,at:9},'*')</script>" title="another"></iframe>`,
    },
  });

  test("there is one figure, and it answers its page and nobody else", async ({ page, baseURL }) => {
    await page.goto(`${baseURL}post`);
    const figure = page.frameLocator("iframe").first();
    await expect
      .poll(() => run(page, "heard.filter(({ type }) => type === 'ready').length"), { timeout: 30_000 })
      .toBe(1);
    const link = figure.getByRole("link", { name: "Demolish and rebuild · open in Chailou" });
    await expect(link).toHaveAttribute("href", /^http:.*#v=4&lab=ddpm&.*seed=9/);
    await expect(figure.getByRole("heading", { level: 1 })).toHaveCount(0);
    await expect(figure.getByRole("complementary")).toHaveCount(0);
    const overflow = () =>
      figure
        .locator("html")
        .evaluate((root) => [root.scrollHeight - innerHeight, root.scrollWidth - innerWidth]);
    await expect.poll(overflow, "it says how high it is, and is no wider than its frame").toEqual([0, 0]);

    expect(await run(page, "ask('step', { n: 2 })")).toMatchObject({ at: 5 });
    // Another frame of the page had said: seek 9.
    const set = /** @type {any} */ (await run(page, "ask('set', { values: { seed: 8, steps: 1e9 } })"));
    expect(set.warnings.map(({ key }) => key).length).toBe(1);
    expect(set.link).toMatch(/seed=8/);
    const got = /** @type {any} */ (await run(page, "ask('get', { frames: ['x'] })"));
    expect(got).toMatchObject({ lab: "ddpm", values: { seed: "8" }, playing: false });
    expect(got.frames[0].shape).toEqual([9, 1, 8, 8]);
    expect(got.readouts.length).toBeGreaterThan(0);
  });

  test("what is hostile, too much or too big changes nothing and stops nothing", async ({
    page,
    baseURL,
  }) => {
    await page.goto(`${baseURL}post`);
    await expect
      .poll(() => run(page, "heard.some(({ type }) => type === 'ready')"), { timeout: 30_000 })
      .toBe(true);
    const refused = /** @type {any} */ (
      await run(
        page,
        `(async () => {
          for (const data of [null, "seek", { type: "seek", v: 1, at: {} }, { type: "__proto__", v: 1, id: 1 }, { v: 1 }])
            frames[0].postMessage(data, "*");
          say("set", { values: { prompt: "<img src=x onerror=alert(1)>", seed: "</script>" } });
          const all = [];
          for (let i = 0; i < 5000; i++) all.push(ask("seek", { at: i % 7 }).then(() => "done", ({ message }) => message));
          const said = await Promise.all(all);
          return { busy: said.filter((word) => word === "busy").length, done: said.filter((word) => word === "done").length };
        })()`,
      )
    );
    expect(refused.busy + refused.done).toBe(5000);
    expect(refused.busy).toBeGreaterThan(4000);
    await expect(run(page, "ask('open', { link: 'x'.repeat(100001) })")).rejects.toThrow("100000");
    expect(await run(page, "ask('seek', { at: 4 })")).toMatchObject({ at: 4 });
  });
});

test.describe("two figures of one page", () => {
  test.use({
    pages: {
      "/two": `<!doctype html><title>Two</title>${LISTENER}${frame("lab=ddpm&data=digits&seed=7&at=0")}<div style="height:3000px"></div>${frame("lab=points&seed=7&data=moons")}`,
    },
  });

  test("have one engine, and the one out of sight stands still until it is seen", async ({
    page,
    baseURL,
  }) => {
    await page.goto(`${baseURL}two`);
    await expect
      .poll(() => run(page, "heard.filter(({ type }) => type === 'ready').length"), { timeout: 40_000 })
      .toBe(2);
    const census = () =>
      page.frames()[1].evaluate(async () => {
        const { engine } = await import(
          /** @type {HTMLScriptElement} */ (document.querySelector("script[src*=start]")).src
        );
        return (await engine.census()).sessions;
      });
    expect(await census(), "both are sessions of the same worker").toBe(2);
    // The first, which waits for its network, gets it although the second was opened later.
    expect(await run(page, "ask('seek', { at: 1e9 }).then(({ at, length }) => at === length)")).toBe(true);
    expect(await run(page, "ask('get', {}, 1)")).toMatchObject({ at: 0, playing: false });
    await page.locator("iframe").last().scrollIntoViewIfNeeded();
    await expect
      .poll(async () => /** @type {any} */ (await run(page, "ask('get', {}, 1)")).at, { timeout: 20_000 })
      .toBeGreaterThan(0);
    const plane = page.frameLocator("iframe").last();
    await expect(plane.getByRole("radio", { name: "Density" })).toBeVisible();
    for (const tool of ["Train", "Draw your own"])
      await expect(plane.getByRole("button", { name: tool }), "one figure, nothing else").toBeHidden();
    await page
      .locator("iframe")
      .last()
      .evaluate((element) => element.remove());
    await expect.poll(census, "what is taken away leaves nothing behind").toBe(1);
  });
});

test("the page's own button copies a line of HTML that shows what stands there", async ({ lab, page }) => {
  await lab.open("seed=9&at=2");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy embed" }).click();
  await expect(page.getByText("Copied: a line of HTML")).toBeVisible();
  const html = await page.evaluate(() => navigator.clipboard.readText());
  await page.route("**/post", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html>${html}` }),
  );
  await page.goto("/post");
  await expect(page.frameLocator("iframe").getByRole("link", { name: "open in Chailou" })).toHaveAttribute(
    "href",
    /seed=9&.*at=2/,
    { timeout: 30_000 },
  );
});

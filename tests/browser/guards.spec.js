// Are the watch and the eyes themselves awake? What they expect here, they must have noticed.
import { expect, test } from "./lab.js";

/** Serves a file of the page with something wrong in it. @param {import("@playwright/test").Page} page @param {string} file @param {(text: string) => string} damage */
const spoil = (page, file, damage) =>
  page.route(`**/${file}`, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    expect(damage(text)).not.toBe(text);
    await route.fulfill({ response: answer, body: damage(text) });
  });

test("the watch hears the page's and the worker's console, errors nobody catches, and other hosts", async ({
  lab,
  page,
  watch,
}) => {
  for (const complaint of [
    /console error: page says/,
    /console warning: page warns/,
    /console error: worker says/,
    /page error: .*thrown/,
    /page error: .*rejected/,
    // The document's policy stops the page before it asks; a worker that a file made has none, so there the watch must see.
    /page\.example.*Content Security Policy/,
    /request to another host: http:\/\/worker\.example/,
  ])
    watch.expect(complaint);
  await spoil(
    page,
    "worker-*.js",
    (text) => `${text}\nconsole.error("worker says");\nfetch("http://worker.example/").catch(() => {});`,
  );
  await lab.open("at=0");
  await page.evaluate(() => {
    console.error("page says");
    console.warn("page warns");
    setTimeout(() => {
      throw new Error("thrown");
    });
    Promise.reject(new Error("rejected"));
    fetch("http://page.example/").catch(() => {});
  });
  await page.waitForTimeout(300);
});

test.describe("a test fails for", () => {
  test.fail();
  test("a complaint nobody expected", ({ page }) => page.evaluate(() => console.error("unexpected")));
  test("an expected complaint that never came", ({ watch }) => watch.expect(/never/));
});

test("a step back that is off by one is seen in the pixels", async ({ lab, page }) => {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    let far = 0;
    Worker.prototype.postMessage = function (/** @type {any} */ message) {
      const { verb, args } = message;
      if (verb !== "seek") return post.call(this, message);
      const [id, k, want] = args;
      post.call(this, { ...message, args: [id, k < far ? k - 1 : (far = k), want] });
    };
  });
  await lab.open("at=20");
  const before = await lab.pixels();
  await lab.press("Step forward");
  await lab.standsAt(21);
  await lab.press("Step back");
  await lab.standsAt(19);
  expect(await lab.pixels()).not.toEqual(before);
});

test("weights that differ in a few bits do not reproduce a link bit for bit", async ({ lab, stranger }) => {
  await lab.open("steps=50&at=66");
  const link = await lab.copyLink();
  await stranger.page.route("**/models/digits-*.safetensors", async (route) => {
    const body = await (await route.fetch()).body();
    // The lowest bit of every hundredth weight: f16, little-endian, after the header.
    for (let i = 8 + body.readUInt32LE(0); i < body.length; i += 200) body[i] ^= 1;
    await route.fulfill({ body });
  });
  await stranger.page.goto(link);
  await expect(stranger.page.getByText(/^(reproduced within|differs: )/)).toBeVisible();
});

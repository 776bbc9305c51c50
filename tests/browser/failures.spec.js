// What goes wrong on the way: each has a sentence and a way on, and loses nothing. A worker's failed fetch is silent on the console.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, root, test } from "./lab.js";

const weights = "**/models/buildings-*.safetensors";
const failed = /Failed to load resource/;

/** @param {import("./lab.js").Lab} lab @param {RegExp} sentence */
async function stopped(lab, sentence) {
  const alert = lab.page.getByRole("alert");
  await expect(alert.getByRole("heading")).toHaveText("The work has stopped");
  await expect(alert).toContainText(sentence);
  await expect(alert.getByRole("textbox", { name: "Your link is kept:" })).toHaveValue(/seed=21/);
  return alert;
}

/** What may come instead of a file. @type {((route: import("@playwright/test").Route) => unknown)[]} */
const instead = [
  (route) => route.abort(),
  (route) => route.fulfill({ status: 404, body: "" }),
  (route) => route.fulfill({ status: 503, body: "" }),
  (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Sign in</title>" }),
];

test("any script or sheet that the page cannot do without gets the page that has stopped, and trying again opens the same link", async ({
  lab,
  page,
  watch,
}) => {
  test.setTimeout(120_000);
  watch.expect(/Failed to load|MIME type/);
  const { files } = JSON.parse(await readFile(join(root, "dist/manifest.json"), "utf8"));
  // What several other labs share is not needed here.
  /** @type {Set<string>} */
  const fetched = new Set();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname.slice(1)));
  await page.goto("/#seed=21&at=0");
  await lab.standsAt(0);
  const needed = Object.keys(files).filter(
    (path) =>
      fetched.has(path) &&
      /^(index|start|worker|common\/common|labs\/ddpm\/(lab|style))-[\w-]+\.(js|css)$/.test(path),
  );
  expect(needed.length).toBeGreaterThan(7);
  for (const [i, path] of needed.entries()) {
    await page.goto("about:blank");
    await page.route(`**/${path}`, instead[i % instead.length]);
    await page.goto("/#seed=21&at=0");
    const alert = await stopped(lab, /did not arrive|could not be started/);
    await page.unroute(`**/${path}`);
    await alert.getByRole("button", { name: "Try again" }).click();
    await lab.standsAt(0);
  }
});

for (const how of /** @type {const} */ (["main script", "worker", "engine"]))
  test(`the ${how} of which nothing comes is told after a while, and can be asked for again`, async ({
    lab,
    page,
  }) => {
    const file = { "main script": "**/index-*.js", worker: "**/worker-*.js", engine: "**/core/*.wasm" }[how];
    await page.clock.install();
    await page.route(file, () => {});
    await page.goto("/#seed=21&at=0", { waitUntil: "commit" });
    if (how === "main script") await expect(page.locator("script[src*=first]")).toBeAttached();
    else await expect(page.getByRole("status").filter({ hasText: "Unrolling the drawing" })).toBeVisible();
    const again = page.getByRole("button", { name: "Try again" });
    await expect(async () => {
      await page.clock.runFor(25_000);
      await expect(again).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.unroute(file);
    await again.click();
    await page.clock.resume();
    await lab.standsAt(0);
  });

test("a frame without an origin of its own says why nothing runs in it", async ({ page, watch }) => {
  watch.expect(/origin 'null'|Failed to load|blocked by CORS|Content Security Policy/);
  await page.route("**/frame", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><iframe sandbox="allow-scripts" src="/#lang=zh&seed=21" width=900 height=700></iframe>',
    }),
  );
  const alert = page.frameLocator("iframe").getByRole("alert");
  await page.goto("/frame");
  await expect(alert).toContainText("请在单独的标签页里打开");
  await expect(alert.getByRole("textbox")).toHaveValue(/seed=21/);
  // A host that shares its files with everybody lets the scripts come: then its policy may still refuse a worker of the frame's own.
  await page.route("/", async (route) => {
    const response = await route.fetch();
    route.fulfill({
      response,
      headers: { ...response.headers(), "content-security-policy": "worker-src 'self'" },
    });
  });
  await page.route(/\.(js|css)$/, async (route) =>
    route.fulfill({
      response: await route.fetch(),
      headers: { ...(await route.fetch()).headers(), "access-control-allow-origin": "*" },
    }),
  );
  await page.reload();
  await expect(alert).toContainText("引擎没能启动");
  await expect(alert).toContainText("请在单独的标签页里打开");
});

test("weights that do not arrive get a sentence, and trying again opens the same link", async ({
  lab,
  page,
}) => {
  await page.route(weights, (route) => route.abort());
  await page.goto("/#seed=21&at=30");
  const alert = await stopped(lab, /did not arrive \(models\/buildings\.safetensors\)/);
  await page.unroute(weights);
  await alert.getByRole("button", { name: "Try again" }).click();
  await lab.standsAt(30);
  await expect(lab.cell("Seed")).toHaveText("21");
});

test("weights that the server does not have get the same sentence", async ({ lab, page }) => {
  await page.route(weights, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/#seed=21&at=30");
  await stopped(lab, /buildings\.safetensors: 404/);
});

test("an engine that does not arrive gets a sentence, and trying again opens the same link", async ({
  lab,
  page,
}) => {
  await page.route("**/pkg/cpu/*.wasm", (route) => route.abort());
  await page.goto("/#seed=21&at=30");
  const alert = await stopped(lab, /did not arrive \(pkg\/cpu\/chailou_bg\.wasm\)/);
  await page.unroute("**/pkg/cpu/*.wasm");
  await alert.getByRole("button", { name: "Try again" }).click();
  await lab.standsAt(30);
});

test("the engine's script that does not arrive gets the same sentence, and is asked for anew", async ({
  lab,
  page,
}) => {
  await page.route("**/pkg/cpu/*.js", (route) => route.abort());
  await page.goto("/#seed=21&at=30");
  const alert = await stopped(lab, /did not arrive \(pkg\/cpu\/chailou\.js\)/);
  await page.unroute("**/pkg/cpu/*.js");
  await alert.getByRole("button", { name: "Try again" }).click();
  await lab.standsAt(30);
});

for (const [what, damage, sentence] of /** @type {[string, (bytes: Buffer) => Buffer, RegExp][]} */ ([
  ["cut off", (bytes) => bytes.subarray(0, bytes.length / 2), /The engine answered: .{12,}\./],
  ["empty", () => Buffer.alloc(0), /The engine answered: .{12,}\./],
  [
    "no weights at all but a page of HTML",
    () => Buffer.from("<!doctype html><title>Sign in to the network</title>".repeat(50)),
    /The engine answered: .{12,}\./,
  ],
  [
    "with a flipped bit in their header",
    (bytes) => ((bytes[0] ^= 0x40), bytes),
    /The engine answered: .{12,}\./,
  ],
  [
    "with numbers that are none",
    (bytes) => bytes.fill(0x7e, 8 + bytes.readUInt32LE(0)),
    /The engine answered: .{12,}\./,
  ],
])) {
  test(`weights ${what} get a sentence, and trying again with good ones opens the same link`, async ({
    lab,
    page,
  }) => {
    await page.route(weights, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        body: damage(await answer.body()),
        headers: { "content-type": "application/octet-stream" },
      });
    });
    await page.goto("/#seed=21&at=30");
    const alert = await stopped(lab, sentence);
    await page.unroute(weights);
    await alert.getByRole("button", { name: "Try again" }).click();
    await lab.standsAt(30);
  });
}

test("formulas, chart and notes that do not arrive leave the lab working", async ({ lab, page, watch }) => {
  watch.expect(failed);
  await page.route(/\/(katex|uPlot)[^/]*$|notes\.en-[^/]*\.html/, (route) => route.abort());
  await lab.open("at=2");
  await expect(page.getByText("The notes could not be fetched.")).toBeVisible();
  await page.unroute(/\/(katex|uPlot)[^/]*$|notes\.en-[^/]*\.html/);
  await lab.notes.getByRole("button", { name: "Try again" }).click();
  await expect(lab.notes.getByRole("button", { name: /set T to 100/ })).toBeVisible();
  await lab.press("Step forward");
  await lab.standsAt(3);
});

test("a model card that does not arrive can be asked for again", async ({ lab, page, watch }) => {
  watch.expect(failed);
  await lab.open("at=2");
  await page.route("**/models/digits-*.json", (route) => route.abort());
  await page.getByRole("button", { name: "Model card" }).click();
  const card = page.getByRole("dialog", { name: "The model that ships" });
  await expect(card).toContainText("The model card could not be fetched.");
  await page.unroute("**/models/digits-*.json");
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(card.getByRole("row").first()).toBeVisible();
  await expect(card).toContainText(/CC BY 4\.0/);
  await card.getByRole("button", { name: "Close" }).click();
  await expect(card).toBeHidden();
});

test("progress in bytes is shown while a slow line delivers the weights", async ({ lab, page }) => {
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route("**/models/shakespeare-*.safetensors", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/#lab=attention&at=2");
  const waiting = page.getByRole("status").filter({ hasText: "Unrolling the drawing" });
  await expect(waiting).toContainText(/engine(\d\.\d MB) of \1/);
  await expect(waiting.getByRole("progressbar")).toHaveCount(2);
  release();
  await lab.standsAt(2);
});

test("a slow line delivers the fall before the network, which goes on from there", async ({ lab, page }) => {
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route(weights, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/#steps=20&at=12");
  await lab.standsAt(12);
  await expect(lab.cell("Engine")).toHaveText("core, without networks");
  const before = await lab.pixels();
  release();
  await expect(lab.cell("Engine")).toHaveText("CPU", { timeout: 20_000 });
  await lab.standsAt(12);
  expect((await lab.pixels())[0]).toBe(before[0]);
  await lab.press("To the end");
  await lab.standsAt(40, 30_000);
});

test("WebGPU asked for where there is none gets an explanation, and the CPU does the work", async ({
  lab,
}) => {
  await lab.open("steps=50&device=webgpu&at=55");
  await expect(lab.notice(/offers no WebGPU here, so the CPU engine stays/)).toBeVisible();
  await expect(lab.cell("Engine")).toHaveText("CPU");
  await lab.press("Step forward");
  await lab.standsAt(56);
  await lab.addressHas({ device: "webgpu", at: "56" });
});

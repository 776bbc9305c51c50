// The labs in Firefox and WebKitGTK: each is opened and plays, and links made in Chromium are reproduced bit for bit; left out where they are not installed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { webkit } from "./webkit.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const port = Number(process.env.TEST_PORT ?? 4187);
const home = `http://localhost:${port}/`;
const patience = 120_000;

/** What is opened: a little of each lab, and of one a network that the link trains anew. */
const experiments = [
  "lab=ddpm&data=digits&samples=4&seed=7&steps=20&at=34",
  "lab=points&seed=3&at=40",
  "lab=points&seed=3&denoiser=learned&trained=150&at=50",
  "lab=riemann&at=0",
  "lab=attention&v=1&tokens=12&prompt=ROMEO%3A&at=9",
];

const labs = [...(await readFile(join(root, "www/labs/index.js"), "utf8")).matchAll(/id: "(\w+)"/g)].map(
  ([, id]) => id,
);

/** Where a program lies; "" if it is not installed. @param {string} name */
const find = (name) => spawnSync("which", [name], { encoding: "utf8" }).stdout.trim();
const fox = process.env.FIREFOX || find("firefox-esr") || find("firefox");

/** @param {() => Promise<unknown>} ask @param {string} what */
async function until(ask, what) {
  for (const began = Date.now(); Date.now() - began < patience; ) {
    if (await ask().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${what}: waited in vain`);
}

/** What the page's console hears, for browsers that do not tell. */
const ear = `window.heard = [];
for (const kind of ["error", "warn"]) {
  const say = console[kind];
  console[kind] = (...words) => (heard.push(kind + ": " + words.join(" ")), say(...words));
}
for (const kind of ["error", "unhandledrejection"])
  addEventListener(kind, (event) => heard.push(kind + ": " + (event.message ?? event.reason ?? event.target?.outerHTML)), true);`;

/** dist/ as any host serves it, with an ear in front of the page's own scripts. */
const server = createServer(async ({ url = "" }, answer) => {
  const path = new URL(url, home).pathname.slice(1) || "index.html";
  const body = path === "ear.js" ? ear : await readFile(join(root, "dist", path)).catch(() => null);
  if (body === null) return void answer.writeHead(404).end();
  const type = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
  }[extname(path)];
  answer.writeHead(200, { "content-type": type ?? "application/octet-stream" });
  answer.end(
    path === "index.html" ? String(body).replace("<head>", '<head><script src="ear.js"></script>') : body,
  );
});

/** Links with the fingerprint of what Chromium computed. */
async function makeLinks() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium" });
  const page = await browser.newPage();
  const links = [];
  for (const experiment of experiments) {
    await page.goto("about:blank");
    await page.goto(`${home}#${experiment}&device=cpu`);
    await page.locator(".scrub").waitFor({ state: "attached" });
    links.push(
      await page.evaluate(async (fragment) => {
        const { engine } = await import(document.querySelector("script[src*=start]").src);
        const { experiment } = await engine.parse(fragment);
        const session = await engine.open(experiment);
        let { status } = session;
        // The page's own session may have lent this one what it has learned so far.
        const left = () => Number(experiment.values.trained) - (status.tasks.train?.done ?? 0);
        while (status.tasks.train && left() > 0)
          ({ status } = await session.work("train", Math.min(50, left())));
        while (status.at < experiment.at) ({ status } = await session.seek(experiment.at));
        return engine.format({ ...experiment, check: await session.fingerprint() });
      }, experiment),
    );
  }
  await browser.close();
  return links;
}

/** @typedef {{name: string, open: (url: string) => Promise<unknown>, ask: (script: string) => Promise<any>, complaints: () => string[], close: () => Promise<unknown>}} Browser */

/** @returns {Promise<Browser>} */
async function firefox() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: fox,
    headless: true,
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const heard = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) heard.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => heard.push(String(error)));
  return {
    name: `Firefox ${await browser.version()}`,
    open: (url) => page.goto(url),
    ask: (script) => page.evaluate(script),
    complaints: () => heard,
    close: () => browser.close(),
  };
}

/** @param {Browser} browser @param {string[]} links */
async function visit(browser, links) {
  const clean = async (/** @type {string} */ where) =>
    assert.deepEqual(
      [...browser.complaints(), ...(await browser.ask("window.heard"))],
      [],
      `${browser.name}: ${where}`,
    );
  for (const lab of labs) {
    await browser.open("about:blank");
    await browser.open(`${home}#lab=${lab}&lang=en`);
    const at = "Number(document.querySelector('.scrub')?.value ?? 0)";
    await until(async () => (await browser.ask(at)) > 2, `${browser.name}: ${lab} plays`);
    await clean(lab);
  }
  for (const link of links) {
    await browser.open("about:blank");
    await browser.open(`${home}#${link}&lang=en`);
    const said =
      "document.querySelector('[data-notice=check] p')?.textContent ?? document.querySelector('[role=alert]:not([hidden])')?.textContent ?? ''";
    await until(async () => (await browser.ask(said)) !== "", `${browser.name}: ${link}`);
    assert.equal(await browser.ask(said), "reproduced: bit for bit", `${browser.name}: ${link}`);
    await clean(link);
  }
  process.stdout.write(
    `${browser.name}: ${labs.length} labs play, ${links.length} links of Chromium reproduced bit for bit\n`,
  );
}

/** @type {[string, boolean, () => Promise<Browser>][]} */
const others = [
  ["Firefox (package firefox-esr)", fox !== "", firefox],
  [
    "WebKitGTK (packages webkit2gtk-driver and xvfb)",
    Boolean(find("WebKitWebDriver") && find("Xvfb")),
    webkit,
  ],
];
const there = others.filter(([, is]) => is);
for (const [what, is] of others) if (!is) process.stdout.write(`Left out, not installed: ${what}\n`);
if (there.length) {
  await new Promise((resolve) => server.listen(port, "localhost", () => resolve(undefined)));
  try {
    const links = await makeLinks();
    for (const [, , start] of there) {
      const browser = await start();
      await visit(browser, links).finally(browser.close);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

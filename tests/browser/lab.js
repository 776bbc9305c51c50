// What the browser tests share: the watch over console and network, and a visitor's hands and eyes.
import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test as base } from "@playwright/test";

export { expect };
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Hears everything that must not happen; what a test expects it has to name. @param {string} home */
function createWatch(home) {
  /** @type {string[]} */
  const heard = [];
  /** @type {RegExp[]} */
  const expected = [];
  const { host } = new URL(home);
  return {
    /** @param {import("@playwright/test").BrowserContext} context */
    over(context) {
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
          heard.push(`console ${message.type()}: ${message.text()} ${message.location().url}`);
      });
      context.on("weberror", (error) => heard.push(`page error: ${error.error().stack ?? error.error()}`));
      context.on("request", (request) => {
        const url = new URL(request.url());
        if (!["data:", "blob:"].includes(url.protocol) && url.host !== host)
          heard.push(`request to another host: ${url}`);
      });
    },
    /** @param {RegExp} complaint what this test provokes, and therefore must hear */
    expect: (complaint) => void expected.push(complaint),
    verdict() {
      const unexpected = heard.filter((text) => !expected.some((complaint) => complaint.test(text)));
      const unheard = expected.filter((complaint) => !heard.some((text) => complaint.test(text)));
      return { unexpected, unheard: unheard.map(String) };
    },
  };
}

/** @param {import("@playwright/test").BrowserContext} context @param {string} controls */
const rememberControls = (context, controls, keeps = false) =>
  context.addInitScript(
    ({ controls, keeps }) => {
      // A frame without an origin of its own has no storage.
      if (self.origin === "null") return;
      localStorage.setItem("chailou.controls", controls);
      // What a service worker answers, no test can spoil: offline.spec.js alone has one.
      if (!keeps) localStorage.setItem("chailou.offline", "off");
    },
    { controls, keeps },
  );

/**
 * @typedef {ReturnType<typeof createWatch>} Watch
 * @typedef {ReturnType<typeof createLab>} Lab
 * @type {import("@playwright/test").TestType<any, any>}
 */
export const test = base.extend({
  /** Whether a visitor has asked for all controls before, or finds the few that one begins with. */
  controls: ["all", { option: true }],
  /** Whether what was visited is kept for a day without a network. */
  keeps: [false, { option: true }],
  context: async ({ context, controls, keeps }, use) => {
    await rememberControls(context, controls, keeps);
    await use(context);
  },
  watch: [
    async ({ baseURL, context }, use) => {
      const watch = createWatch(baseURL);
      watch.over(context);
      await use(watch);
      expect(watch.verdict(), "console, page errors and requests").toEqual({ unexpected: [], unheard: [] });
    },
    { auto: true },
  ],
  // The page is one bundle; a test may want a drawing's own numbers.
  page: async ({ page }, use) => {
    await page.route(/\/views\/[\w-]+\.js$/, (route) =>
      route.fulfill({ path: join(root, "www", new URL(route.request().url()).pathname) }),
    );
    await use(page);
  },
  lab: async ({ page }, use) => use(createLab(page)),
  /** Another visitor: a context that shares nothing with the first. */
  stranger: async (
    { browser, baseURL, watch, controls, contextOptions, viewport, locale, colorScheme },
    use,
  ) => {
    const context = await browser.newContext({ ...contextOptions, baseURL, viewport, locale, colorScheme });
    watch.over(context);
    await rememberControls(context, controls);
    await use(createLab(await context.newPage()));
    await context.close();
  },
});

/** A link to nine digits, unless it says otherwise. @param {string} fragment */
export const nine = (fragment) =>
  /(^|&)(data|v)=/.test(fragment)
    ? fragment
    : `data=digits&${/(^|&)samples=/.test(fragment) ? "" : "samples=9&"}${fragment}`;

/** The page as a visitor finds it: by role and accessible name. @param {import("@playwright/test").Page} page */
export function createLab(page) {
  /** To another lab, by the site plan. @param {string} title */
  async function go(title) {
    await page.getByRole("button", { name: "Site plan" }).click();
    await page
      .getByRole("dialog", { name: "Site plan: all labs" })
      // Lessons have names like labs.
      .getByRole("listitem")
      .getByRole("link", { name: title })
      .click();
  }
  const stage = page.getByRole("region", { name: "The stage" });
  const timeline = page.getByRole("region", { name: "Timeline" });
  const settings = page.getByRole("region", { name: "Settings" });
  const notes = page.getByRole("region", { name: "Notes" });
  const claims = page.getByRole("region", { name: "Claims, measured here and now" });
  const scrub = timeline.getByRole("slider", { name: "Position on the timeline" });
  const pictures = [
    /^Sample \d+ of \d+ at t/,
    /^The (finished picture the model predicts|real building, faded)/,
    /^The (noise the model sees|rubble thrown)/,
  ].map((name) => stage.getByRole("img", { name }));

  // What the slider says aloud is written with the picture; its place also moves under the hand before.
  const standsAt = (/** @type {number | string} */ step, timeout = 10_000) =>
    expect(scrub).toHaveAttribute("aria-valuetext", new RegExp(`^(Step|第) ${step} `), { timeout });

  /** Unless the fragment names its pictures they are digits, nine at once: they step ten times as fast as buildings.
   * @param {string} [fragment] without "at" the lab plays by itself; without anything it opens as a visitor finds it */
  async function open(fragment = "") {
    await page.goto(fragment ? `/#${nine(fragment)}` : "/");
    await expect(scrub).toBeVisible();
    // The first frame is shown before the link's step has been computed.
    const step = new URLSearchParams(fragment).get("at");
    if (step !== null) await standsAt(step, 30_000);
  }
  return {
    go,
    page,
    stage,
    timeline,
    settings,
    notes,
    claims,
    scrub,
    pictures,
    open,
    standsAt,
    at: async () => Number(/\d+/.exec((await scrub.getAttribute("aria-valuetext")) ?? "")?.[0]),
    /** @param {string} name */
    press: (name) => timeline.getByRole("button", { name, exact: true }).click(),
    /** One hash for each of the three pictures on the stage. */
    pixels: () => Promise.all(pictures.map(hash)),
    /** Waits until the address says this; it knows a wish at once, and the step when the work rests. @param {Record<string, string | number | null>} keys null: the key is not there */
    async addressHas(keys) {
      const wanted = Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [key, value === null ? null : String(value)]),
      );
      await expect
        .poll(
          () => {
            const found = new URLSearchParams(new URL(page.url()).hash.slice(1));
            return Object.fromEntries(Object.keys(keys).map((key) => [key, found.get(key)]));
          },
          { timeout: 20_000 },
        )
        .toEqual(wanted);
    },
    /** A cell of the title block by its name. @param {string} name */
    cell: (name) =>
      page
        .getByRole("contentinfo")
        .or(page.getByRole("complementary", { name: "Settings" }))
        .getByText(name, { exact: true })
        .locator("xpath=following-sibling::dd"),
    notice: (/** @type {string | RegExp} */ text) =>
      page.getByRole("status").filter({ hasText: text }).first(),
    /** A choice shown as segments. @param {string} group @param {string} option */
    choose: (group, option) =>
      page
        .getByRole("radiogroup", { name: group, exact: true })
        .getByRole("radio", { name: option, exact: true })
        .click(),
    /** An exact value typed beside a slider. @param {string} title @param {string | number} value */
    async enter(title, value) {
      const field = settings.getByRole("textbox", { name: `${title}, exact value` });
      await field.fill(String(value));
      await field.press("Enter");
    },
    /** Presses "Copy link" and answers what is on the clipboard. */
    async copyLink() {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.getByRole("button", { name: "Copy link" }).click();
      await expect(page.getByText("Link copied")).toBeVisible();
      return page.evaluate(() => navigator.clipboard.readText());
    },
  };
}

/** The SHA-256 of what a canvas shows. @param {import("@playwright/test").Locator} canvas */
export const hash = (canvas) =>
  canvas.evaluate(async (/** @type {HTMLCanvasElement} */ element) => {
    // Read from a copy: reading changes how Chromium keeps the canvas that is read, and it says so on the console.
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
      new OffscreenCanvas(element.width, element.height).getContext("2d", { willReadFrequently: true })
    );
    context.drawImage(element, 0, 0);
    const { data } = context.getImageData(0, 0, element.width, element.height);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    return `${element.width}x${element.height} ${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  });

/** What the fragment of an address holds, as the page's own engine reads it. @param {import("@playwright/test").Page} page */
export const experiment = (page) =>
  page.evaluate(async () => {
    const { engine } = await import(document.querySelector("script[src*=start]").src);
    return (await engine.parse(location.hash)).experiment;
  });

/** What the schema says of a parameter. @param {import("@playwright/test").Page} page @param {string} key */
export const parameter = (page, key) =>
  page.evaluate(async (key) => {
    const { engine } = await import(document.querySelector("script[src*=start]").src);
    return (await engine.schema()).lab.parameters.find(
      (/** @type {any} */ parameter) => parameter.key === key,
    );
  }, key);

/** Opens a link in a session of its own on the page's engine, walks to its step, and answers what the engine says there.
 * @param {import("@playwright/test").Page} page @param {string} fragment @param {{measure?: boolean, check?: string | null}} [options] */
export const askEngine = (page, fragment, { measure = false, check = null } = {}) =>
  page.evaluate(
    async ({ fragment, measure, check }) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const { experiment } = await engine.parse(fragment);
      const session = await engine.open(experiment);
      const nothing = { frames: [], readouts: false };
      const target = Math.min(experiment.at ?? session.status.length, session.status.length);
      // The network may still be on its way: then the engine that needs none stops before it.
      let { status } = session;
      while (status.limit < target) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        ({ status } = await session.look({ frames: ["x"], readouts: false }));
      }
      while (status.at < target) ({ status } = await session.step(1, nothing));
      ({ status } = await session.seek(status.at, nothing));
      while (measure && status.tasks.greedy.done < status.tasks.greedy.total)
        ({ status } = await session.work("greedy", 8, nothing));
      const { frames, readouts } = await session.look({ frames: ["x", "x0", "eps"], readouts: true });
      const answer = {
        status,
        readouts,
        fingerprint: await session.fingerprint(),
        comparison: check ? await session.compare(check) : null,
        frames: Object.fromEntries(
          frames.map((/** @type {any} */ { name, data }) => [name, Array.from(data)]),
        ),
      };
      await session.close();
      return answer;
    },
    { fragment, measure, check },
  );

const target =
  process.env.CARGO_TARGET_DIR ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "chailou-target");

/** `chailou run` of the native engine. @param {string} link */
export async function runNatively(link) {
  const { stdout } = await promisify(execFile)(
    join(target, "debug", "chailou"),
    ["run", link, "--json", "--models", join(root, "www", "models")],
    { maxBuffer: 1e8 },
  );
  return JSON.parse(stdout);
}

/** A number as the page writes it, read back: "−1.2 × 10⁻³". @param {string} text */
export function readNumber(text) {
  const plain = text
    .replaceAll("−", "-")
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/g, (sign) => (sign === "⁻" ? "-" : String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign))));
  const [, mantissa, exponent = "0"] = /(-?[\d.]+)(?: × 10(-?\d+))?/.exec(plain) ?? [];
  return mantissa === undefined ? null : Number(mantissa) * 10 ** Number(exponent);
}

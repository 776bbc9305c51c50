// One visit to the default page: when its first live frame stood, and what had been asked for until then.

/** Runs in the page before its own scripts: notes when the worker is asked and answers, and when the stage has been drawn. */
function listen() {
  /** @type {[string, number][]} */
  const heard = /** @type {any} */ ((globalThis.heard = []));
  const Original = Worker;
  globalThis.Worker = class extends Original {
    /** @type {Map<number, string>} */
    verbs = new Map();
    constructor(/** @type {any} */ ...args) {
      super(.../** @type {[any, any]} */ (args));
      heard.push(["worker", performance.now()]);
      this.addEventListener(
        "message",
        ({ data }) => data.id && heard.push([`${this.verbs.get(data.id)} answered`, performance.now()]),
      );
    }
    postMessage(/** @type {any} */ message) {
      this.verbs.set(message.id, message.verb);
      heard.push([`${message.verb} asked`, performance.now()]);
      super.postMessage(message);
    }
  };
  // The stage names its picture when it has drawn it; the frame after that it is on the screen.
  const look = () =>
    document.querySelector("main canvas[role=img][aria-label*='t =']")
      ? heard.push(["seen", performance.now()])
      : requestAnimationFrame(look);
  requestAnimationFrame(look);
}

/** When each resource was asked for, in ms since the epoch: by the clock that the frame is timed by. */
const asked = () =>
  performance
    .getEntriesByType("resource")
    .map(
      ({ name, startTime }) => /** @type {[string, number]} */ ([name, performance.timeOrigin + startTime]),
    );

/**
 * @param {import("@playwright/test").Page} page that has been nowhere yet
 * @param {string} address
 */
export async function visit(page, address) {
  /** @type {import("@playwright/test").Request[]} */
  const requests = [];
  page.on("request", (request) => requests.push(request));
  await page.addInitScript(listen);
  await page.goto(address);
  await page.waitForFunction(
    () => /** @type {any} */ (globalThis).heard.some(([name]) => name === "seen"),
    undefined,
    { timeout: 60_000 },
  );
  /** @type {{heard: [string, number][], origin: number}} */
  const { heard, origin } = await page.evaluate(() => ({
    heard: /** @type {any} */ (globalThis).heard,
    origin: performance.timeOrigin,
  }));
  /** ms from navigation to what was heard. @param {string} name */
  function at(name) {
    const found = heard.find(([heard]) => heard === name);
    if (!found) throw new Error(`Nobody heard "${name}", only ${heard.map(([name]) => name)}.`);
    return found[1];
  }
  /** The files asked for before the first live frame, also by workers. @returns {Promise<string[]>} */
  async function fetched() {
    // What is under way is not listed yet.
    await page.waitForLoadState("networkidle");
    // A busy machine can be idle once before all has been asked for.
    const known = [...requests];
    await Promise.all(known.map(async (request) => (await request.response())?.finished()));
    const lists = await Promise.all([page, ...page.workers()].map((scope) => scope.evaluate(asked)));
    const times = new Map(lists.flat());
    const { pathname: home } = new URL(address);
    return known
      .filter((request) => !request.url().startsWith("data:"))
      .filter((request) => (times.get(request.url()) ?? request.timing().startTime) <= origin + at("seen"))
      .map((request) => new URL(request.url()).pathname.slice(home.length) || "index.html");
  }
  return { at, fetched };
}

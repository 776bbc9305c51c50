// What the page weighs, how long its first live frame takes in a fresh profile, and a step.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { kilobytes, ms, spread, table } from "./table.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @returns {Promise<{address: string, stop: () => void}>} */
async function serve() {
  const port = await new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
  const server = spawn(
    process.execPath,
    [join(root, "node_modules/sirv-cli/bin.js"), "www", "--port", port, "--brotli", "--etag", "--quiet"],
    { cwd: root, stdio: "ignore" },
  );
  const address = `http://localhost:${port}/`;
  for (let i = 0; i < 100; i++) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { address, stop: () => void server.kill() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The page could not be served.");
}

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

/** One visit with a profile that has never seen the page. @param {string} address @param {string} executablePath */
async function visit(address, executablePath) {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await (
      await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 } })
    ).newPage();
    /** @type {import("@playwright/test").Request[]} */
    const requests = [];
    page.on("request", (request) => requests.push(request));
    await page.addInitScript(listen);
    await page.goto(address);
    await page.waitForFunction(() => /** @type {any} */ (globalThis).heard.some(([name]) => name === "seen"));
    const { heard, origin } = await page.evaluate(() => ({
      heard: /** @type {any} */ (globalThis).heard,
      origin: performance.timeOrigin,
    }));
    const at = (/** @type {string} */ name) =>
      /** @type {number} */ (heard.find(([heard]) => heard === name)?.[1]);
    const ends = await page
      .workers()[0]
      .evaluate(
        (origin) =>
          Object.fromEntries(
            performance
              .getEntriesByType("resource")
              .map(({ name, responseEnd }) => [
                name.split("/").at(-1),
                responseEnd + performance.timeOrigin - origin,
              ]),
          ),
        origin,
      );
    const fetched = await Promise.all(
      requests
        .filter((request) => request.timing().startTime <= origin + at("seen"))
        .map(async (request) => {
          const { responseBodySize, responseHeadersSize } = await request.sizes();
          return {
            path: new URL(request.url()).pathname.slice(1) || "index.html",
            travelled: responseBodySize + responseHeadersSize,
          };
        }),
    );
    const parts = {
      "page and scripts: navigation to the first question": at("schema asked"),
      "engine: the rest of its fetch, compile, start": at("parse answered") - at("schema asked"),
      "open: the rest of the weights' fetch, the model": at("open answered") - at("parse answered"),
      "first pull: state, pictures, claims": at("readouts answered") - at("open answered"),
      "layout and drawing": at("seen") - at("readouts answered"),
      "**first live frame**": at("seen"),
      "(for comparison) the wasm has arrived": ends["chailou_bg.wasm"],
      "(for comparison) the weights have arrived": ends["buildings.safetensors"],
    };
    return { parts, fetched, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/** Times single steps of the rebuilding half at the defaults. @param {string} address @param {"cpu" | "webgpu"} device @param {number} steps @param {string} executablePath */
async function timeSteps(address, device, steps, executablePath) {
  const browser = await chromium.launch({
    executablePath,
    args: device === "webgpu" ? ["--enable-unsafe-webgpu"] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}#device=${device}&at=0`);
    if (device === "webgpu")
      await page.getByText("WebGPU took over at the same step.").first().waitFor({ timeout: 120_000 });
    else await page.getByRole("slider").first().waitFor();
    return await page.evaluate(
      async ({ device, steps }) => {
        const { engine } = await import(new URL("engine/start.js", document.baseURI).href);
        const { experiment } = await engine.parse(`device=${device}&journey=rebuild`);
        const session = await engine.open(experiment);
        let status = await session.step(3);
        const { calls } = status;
        const times = [];
        for (let i = 0; i < steps; i++) {
          const began = performance.now();
          status = await session.step(1);
          times.push(performance.now() - began);
        }
        if (status.device !== device) throw new Error(`asked for ${device}, got ${status.device}`);
        return { times, calls: (status.calls - calls) / steps };
      },
      { device, steps },
    );
  } finally {
    await browser.close();
  }
}

/** Prints what the page weighs and how long a visitor waits. @param {{runs: number, steps: number, webgpu: boolean, executablePath: string}} options */
export async function page({ runs, steps: wished, webgpu, executablePath }) {
  const { address, stop } = await serve();
  try {
    const { files } = JSON.parse(await readFile(join(root, "www/pkg/manifest.json"), "utf8"));
    const visits = [];
    for (let i = 0; i < runs; i++) visits.push(await visit(address, executablePath));
    const [{ fetched, version }] = visits;
    const missing = fetched.filter(
      ({ path }) => !files[path] && /\.(js|css|html|wasm|safetensors)$/.test(path),
    );
    if (missing.length) throw new Error(`not in the manifest: ${missing.map(({ path }) => path)}`);

    console.log(
      `Measured with Chromium ${version}, ${cpus().length} cores (${cpus()[0].model}); the server is on the same machine.`,
    );
    /** @param {string} name @param {string[]} paths */
    const size = (name, paths) => [
      name,
      ...["bytes", "brotli"].map((kind) =>
        kilobytes(paths.reduce((sum, path) => sum + files[path][kind], 0)),
      ),
    ];
    const before = fetched.map(({ path }) => path).filter((path) => files[path]);
    table([
      ["what", "raw kB", "brotli kB"],
      size("CPU engine", ["pkg/cpu/chailou.js", "pkg/cpu/chailou_bg.wasm"]),
      size("WebGPU engine, loaded behind", ["pkg/webgpu/chailou.js", "pkg/webgpu/chailou_bg.wasm"]),
      size("weights", ["models/buildings.safetensors"]),
      size(`all ${fetched.length} files before the first live frame`, [...new Set(before)]),
      [
        "the same as it travelled, with headers",
        "",
        kilobytes(fetched.reduce((sum, { travelled }) => sum + travelled, 0)),
      ],
    ]);

    console.log(
      `\nFrom navigation to the first live frame, nothing cached, ${visits.length} fresh profiles (ms):`,
    );
    table([
      ["part", "min", "median", "max"],
      .../** @type {(keyof typeof visits[0]["parts"])[]} */ (Object.keys(visits[0].parts)).map((part) => {
        const { least, median, most } = spread(visits.map(({ parts }) => parts[part]));
        return [part, ms(least), ms(median), ms(most)];
      }),
    ]);

    console.log("\nOne step at the defaults (one building, guidance), asked and answered (ms):");
    const rows = [];
    for (const device of /** @type {("cpu" | "webgpu")[]} */ (webgpu ? ["cpu", "webgpu"] : ["cpu"])) {
      const steps = device === "cpu" ? wished : Math.min(10, wished);
      const { times, calls } = await timeSteps(address, device, steps, executablePath);
      const { least, median, most } = spread(times);
      rows.push([
        { cpu: "CPU wasm", webgpu: "WebGPU (SwiftShader, software)" }[device],
        ms(least),
        ms(median),
        ms(most),
        calls,
        steps,
      ]);
    }
    table([["engine", "min", "median", "max", "network calls a step", "steps"], ...rows]);
  } finally {
    stop();
  }
}

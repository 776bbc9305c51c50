// The page in a real Chromium, twice: without WebGPU, and with WebGPU on SwiftShader.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const port = Number(process.env.TEST_PORT ?? 4187);
const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
// Whatever asks for another host must fail as it would without a network.
const alone = [
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const chromium = (/** @type {string[]} */ ...args) => ({
  launchOptions: { executablePath, args: [...alone, ...args] },
});

export default defineConfig({
  testDir: ".",
  outputDir: join(root, "test-results"),
  workers: Number(process.env.TEST_WORKERS ?? 1),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    actionTimeout: 10_000,
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
    colorScheme: "light",
  },
  projects: [
    { name: "no WebGPU", testIgnore: /webgpu\.spec/, use: chromium() },
    // Opening, the journey, the links and the transformer behave alike with an adapter in reach; the rest has no business with it.
    {
      name: "WebGPU",
      testMatch: /(webgpu|journey|induction)\.spec/,
      timeout: 120_000,
      use: chromium("--enable-unsafe-webgpu"),
    },
  ],
  webServer: {
    command: `npx sirv dist --port ${port} --brotli --gzip --etag --quiet`,
    cwd: root,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});

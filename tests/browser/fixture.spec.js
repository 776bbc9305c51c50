// The ninth lab: one that has no time, seed, model or draws is a lab like any other, in a page that knows it by one line of the list.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { root } from "./lab.js";

const types = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const entry = '  { id: "fixture", load: () => import("./fixture/lab.js") },\n];';

/** Where the sources of the page lie, and in their place the fixture's. @param {string} path */
async function source(path) {
  if (path.startsWith("labs/fixture/")) return readFile(join(root, "tests/fixture/page", path.slice(13)));
  if (path.startsWith("pkg/core/")) return readFile(join(String(process.env.FIXTURE_ENGINE), path.slice(9)));
  // The sources take their libraries from where the build finds them.
  if (path.startsWith("node_modules/")) return readFile(join(root, path));
  const text = await readFile(join(root, "www", path));
  return path === "labs/index.js" ? String(text).replace(/\];\s*$/, entry) : text;
}

test("a lab of sixty lines is opened, changed, shared, drawn and judged", async ({ page }) => {
  test.skip(
    !process.env.FIXTURE_ENGINE,
    "FIXTURE_ENGINE names no engine with the fixture: ./build.sh test makes one",
  );
  const server = createServer(async (request, response) => {
    const path = new URL(String(request.url), "http://here").pathname.slice(1) || "index.html";
    const content = await source(path).catch(() => null);
    response.writeHead(content ? 200 : 404, {
      "content-type": types[extname(path)] ?? "application/octet-stream",
    });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, () => resolve(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  /** @type {string[]} */
  const wrong = [];
  const fetched = new Set();
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname));
  try {
    await page.goto(`http://localhost:${port}/#v=2&lab=fixture&a=3`);
    await expect(page.getByRole("heading", { name: "A sine", level: 1 })).toBeVisible();
    const stage = page.locator(".stage canvas").first();
    const ink = () =>
      stage.evaluate((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.reduce((sum, value, i) => (i % 4 === 3 ? sum + (value > 0) : sum), 0);
      });
    await expect.poll(ink).toBeGreaterThan(100);
    // The claim is measured and holds.
    await expect(page.getByText("The first zero")).toBeVisible();
    await expect(page.getByText(/1\.0472/)).toBeVisible();
    // Its one setting changes the curve and the link; back is back.
    const before = await stage.evaluate((canvas) => canvas.toDataURL());
    const field = page.getByRole("spinbutton").or(page.locator(".panel input[type=text]")).first();
    await field.fill("5");
    await field.press("Enter");
    await expect.poll(() => page.url()).toContain("a=5");
    await expect.poll(() => stage.evaluate((canvas) => canvas.toDataURL())).not.toBe(before);
    await page.getByRole("button", { name: /Undo/ }).click();
    await expect.poll(() => stage.evaluate((canvas) => canvas.toDataURL())).toBe(before);
    // What it lacks, the page does not show.
    for (const name of ["Seed", "Network calls", "Model card"])
      await expect(page.getByText(name, { exact: true })).toBeHidden();
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeHidden();
    // And nothing that it does not need was fetched.
    expect([...fetched].filter((path) => /\/(cpu|webgpu|models)\//.test(path))).toEqual([]);
    expect(wrong).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

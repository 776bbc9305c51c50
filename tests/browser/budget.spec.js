// What may travel before the first live frame of the default page, cold: the budget that every new thing must fit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { visit } from "../bench/visit.mjs";
import { expect, root, test } from "./lab.js";

/** Brotli bytes of everything fetched before the first live frame: page, styles, scripts, the core engine. */
const BYTES = 450_000;
/** Requests until then, the page itself among them. */
const REQUESTS = 20;

test("the first live frame comes within its budget of bytes and requests, without networks and weights", async ({
  page,
  baseURL,
}) => {
  const { files } = JSON.parse(readFileSync(join(root, "dist/manifest.json"), "utf8"));
  const fetched = await (await visit(page, baseURL)).fetched();
  const bytes = fetched.reduce((sum, path) => sum + (files[path].br ?? files[path].bytes), 0);
  const said = `${bytes} bytes in ${fetched.length} requests: ${fetched.join(", ")}`;
  test.info().annotations.push({ type: "before the first live frame", description: said });
  // The count must have seen what the worker fetches, or it has seen nothing.
  expect(fetched.filter((path) => path.startsWith("pkg/core/chailou")).length, said).toBe(2);
  expect(bytes, said).toBeLessThanOrEqual(BYTES);
  expect(fetched.length, said).toBeLessThanOrEqual(REQUESTS);
  expect(said).not.toMatch(/pkg\/(cpu|webgpu)|safetensors/);
});

test("whatever is worth packing travels packed", async ({ page }) => {
  /** @type {import("@playwright/test").Response[]} */
  const answers = [];
  page.on("response", (answer) => answers.push(answer));
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  for (const answer of answers.filter((answer) => /\.(js|css|wasm|html|safetensors)$/.test(answer.url())))
    expect((await answer.allHeaders())["content-encoding"], answer.url()).toBe("br");
});

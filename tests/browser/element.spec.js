// <chailou-lab> and the npm package in a page of another origin, as its author would use them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, root, test as base } from "./lab.js";
import { startHost } from "../host.mjs";

const made = mkdtempSync(join(tmpdir(), "chailou-npm-"));
base.beforeAll(() => void execFileSync("node", [join(root, "bundle", "npm.mjs"), made]));
base.afterAll(() => rmSync(made, { recursive: true }));

const test = base.extend({
  chailou: async ({ browserName: _ }, use) => {
    const host = await startHost((path) => readFile(join(root, "dist", path)), {
      headers: { "access-control-allow-origin": "*" },
    });
    await use(host.url);
    host.close();
  },
  baseURL: async ({ chailou }, use) => {
    const page = `<!doctype html><title>A post</title><script type="module" src="${chailou}embed/chailou-lab.js"></script>
<chailou-lab id="first" link="${chailou}#lab=points&data=moons&seed=9&at=3" lang="zh" theme="dark"></chailou-lab>
<div style="height:4000px"></div><chailou-lab id="second" link="lab=points&at=1" controls="none"></chailou-lab>`;
    const host = await startHost(async (path) =>
      path === "index.html" ? page : path.startsWith("npm/") ? readFile(join(made, path.slice(4))) : null,
    );
    await use(host.url);
    host.close();
  },
});

test("figures come when they are nearly in sight, in their words and colours, and are read and steered", async ({
  page,
  watch,
}) => {
  watch.expect(/request to another host/);
  await page.goto("/");
  const first = page.locator("#first");
  const figure = first.locator("iframe").contentFrame();
  await expect(figure.getByRole("link", { name: "在“拆楼”里打开" })).toBeVisible({ timeout: 40_000 });
  await expect(figure.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect.poll(() => first.evaluate((/** @type {any} */ lab) => lab.value?.at)).toBe(3);
  expect(await page.locator("#second iframe").getAttribute("src")).toBe(null);
  const said = await first.evaluate(async (/** @type {any} */ lab) => {
    let inputs = 0;
    lab.addEventListener("input", () => inputs++);
    const readouts = new Promise((resolve) =>
      lab.addEventListener("readouts", ({ detail }) => resolve(detail), { once: true }),
    );
    const step = await lab.step(2);
    const { warnings } = await lab.set({ seed: 11 });
    const { frames, values } = await lab.get(["x"]);
    const many = (await readouts).length;
    lab.link = "lab=points&data=circles&at=0";
    for (let i = 0; i < 200 && lab.value.values.data !== "circles"; i++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const refused = await lab.set({ lab: "ddpm" }).catch((/** @type {Error} */ { message }) => message);
    return {
      inputs,
      step: step.at,
      warnings,
      shape: frames[0].shape,
      seed: values.seed,
      many,
      data: lab.value.values.data,
      refused,
    };
  });
  expect(said).toMatchObject({ step: 5, warnings: [], seed: "11", data: "circles" });
  expect(said.shape.at(-1)).toBe(2);
  expect(said.inputs).toBeGreaterThan(1);
  expect(said.many).toBeGreaterThan(0);
  expect(said.refused).toMatch(/names of parameters/);
  await page.locator("#second").scrollIntoViewIfNeeded();
  await expect
    .poll(() => page.locator("#second").evaluate((/** @type {any} */ lab) => lab.value?.at), {
      timeout: 30_000,
    })
    .toBe(1);
  await expect(page.locator("#second iframe").contentFrame().getByRole("slider")).toHaveCount(0);
});

test("the npm package opens a link in a page, to the same bits as the page does", async ({ page, watch }) => {
  watch.expect(/request to another host/);
  await page.goto("/");
  const said = await page.evaluate(async () => {
    const { open } = await import(/** @type {any} */ ("/npm/index.js"));
    const run = await open("lab=ddpm&data=digits&seed=3&steps=10&at=20");
    const { x } = await run.frames("x");
    const { figure } = await import(/** @type {any} */ ("/npm/page/embed/chailou-lab.js"));
    return { shape: x.shape, link: await run.link(), element: figure("lab=points").localName };
  });
  expect(said.shape.slice(1)).toEqual([1, 8, 8]);
  expect(said.link).toMatch(/steps=10&at=20&check=\w+/);
  expect(said.element).toBe("chailou-lab");
});

// Every figure of numbers has a button beside it that saves them, in every view of every lab.
import { sound } from "./axe.js";
import { rowsOf } from "./csv.js";
import { expect, test } from "./lab.js";

const views = {
  ddpm: ["", "journey=invert"],
  points: ["", "view=trajectories", "view=density", "view=field", "view=error"],
  attention: [""],
  gamma: Array.from({ length: 9 }, (_, at) => `at=${at}`),
  riemann: [
    ...["geodesic", "fan", "loop", "triangle", "circle", "orbit", "region"].map((tool) => `tool=${tool}`),
    "tool=gradient&surface=fisher&u=-1&v=1",
  ],
  flow: ["", "part=line", "part=plane", "part=plane&geometry2=fisherrao", "part=bridge"],
  rank: [""],
  focus: ["bench", "phase", "needle", "shape", "decay", "scaling", "twins"].map((part) => `part=${part}`),
  stretch: ["terms", "window", "cancel", "family", "tricks", "measured", "train", "table"].map(
    (view) => `view=${view}`,
  ),
  init: ["signal", "truncation", "attention", "residual", "train", "transfer"].map((view) => `view=${view}`),
};
/** Where nothing was trained or measured yet there is nothing to save. @param {string} view @param {string} name */
const waits = (view, name) =>
  /train|twins|transfer|measured/.test(view) || /: (Held-out loss|Difference in held-out)/.test(name);

test.describe("numbers", () => {
  test.describe.configure({ timeout: 120_000 });
  for (const [lab, all] of Object.entries(views))
    test(`${lab}: each figure has its button, and its table begins with the link`, async ({ page }) => {
      for (const view of all) {
        await page.goto("about:blank");
        await page.goto(`/#v=4&lab=${lab}&lang=en&${view}`);
        const main = page.locator("main");
        await expect(page.locator(".titleblock")).toBeVisible({ timeout: 30_000 });
        await expect(main.locator(".save:visible").first()).toBeVisible();
        const lacking = await main.evaluate((main) =>
          [...main.querySelectorAll("canvas:is([role=img], [role=slider]), .plot")]
            .filter((one) => one.checkVisibility() && one.getClientRects().length > 0)
            .filter((one) => !one.closest("[data-figure]"))
            .map((one) => one.outerHTML.slice(0, 200)),
        );
        expect(lacking, `${view}: figures without a table`).toEqual([]);
        const buttons = main.locator(".save:visible");
        expect(await buttons.count(), view).toBe(await main.locator('[data-figure=""]:visible').count());
        for (const own of await main.locator('[data-figure="own"]:visible').all())
          expect(
            await own.locator("xpath=ancestor-or-self::section").getByText("CSV").count(),
          ).toBeGreaterThan(0);
        for (const button of await buttons.all()) {
          const name = (await button.getAttribute("aria-label")) ?? "";
          expect(name).toMatch(/^Save these numbers: \S/);
          if (!waits(view, name)) await expect(button, `${view}: ${name}`).toBeEnabled({ timeout: 20_000 });
          if (await button.isDisabled()) continue;
          const [file] = await Promise.all([
            page.waitForEvent("download"),
            button.evaluate((element) => /** @type {HTMLElement} */ (element).click()),
          ]);
          expect(file.suggestedFilename()).toMatch(new RegExp(`^chailou-${lab}-[\\w-]+\\.csv$`));
          const rows = await rowsOf(file);
          expect(rows.length, `${view}: ${name}`).toBeGreaterThan(1);
          expect(
            rows.some((row) => row.split(",").some((field) => field && Number.isFinite(Number(field)))),
          ).toBe(true);
        }
      }
    });

  test("what learns has its numbers once it has learnt, and those that ship once they have read", async ({
    page,
  }) => {
    await page.goto("/#v=4&lab=init&lang=en&view=train&depth=2");
    await page.locator(".twins .tool:not(.play)").first().click();
    for (const name of ["Held-out loss", "A step over the rate", "Gradient of the first"])
      await expect(page.getByRole("button", { name: `Save these numbers: ${name}` })).toBeEnabled({
        timeout: 30_000,
      });
    await page.goto("about:blank");
    await page.goto("/#v=4&lab=stretch&lang=en&view=measured");
    for (const name of ["Loss by place", "Accuracy by", "Attention by distance"])
      await expect(page.getByRole("button", { name: `Save these numbers: ${name}` })).toBeEnabled({
        timeout: 60_000,
      });
  });
});

test("the button is reached by keys, as large as a finger on a phone, and axe finds nothing", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    ...{
      baseURL,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      acceptDownloads: true,
    },
  });
  const page = await context.newPage();
  for (const [lab, language, said] of /** @type {const} */ ([
    ["init", "en", "Save these numbers: "],
    ["rank", "zh", "保存这些数："],
  ])) {
    await page.goto("about:blank");
    await page.goto(`/#v=4&lab=${lab}&lang=${language}`);
    const button = page.locator("main .save:visible").first();
    await expect(button).toBeEnabled({ timeout: 30_000 });
    await expect(button).toHaveAttribute("aria-label", new RegExp(`^${said}`));
    const { width, height } = (await button.boundingBox()) ?? { width: 0, height: 0 };
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    await sound(page, lab, "main .stage");
  }
  await page.locator("main .save:visible").first().focus();
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect((await rowsOf(file)).length).toBeGreaterThan(1);
  await context.close();
});

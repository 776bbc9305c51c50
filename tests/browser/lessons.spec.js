// For a class: a page that presents, a lesson that asks before it shows, one that is written here and given on, one from elsewhere, a code.
import jsqr from "jsqr";
import { expect, test } from "./lab.js";

test.use({ controls: "few", contextOptions: { reducedMotion: "reduce" } });
const decode = /** @type {any} */ (jsqr.default ?? jsqr);

test("a presentation shows what its link names, locks what it locks, steps by a clicker's keys, and Escape leaves", async ({
  lab,
  page,
}) => {
  await lab.open("data=digits&samples=1&steps=10&guidance=2&at=4&present=1&lock=guidance");
  await expect(lab.settings.locator(".control:visible")).toHaveCount(4);
  await expect(lab.settings.getByRole("slider", { name: "Guidance" })).toBeDisabled();
  await expect(lab.settings.getByRole("slider", { name: "Steps" })).toBeEnabled();
  for (const away of [lab.notes, lab.claims, page.getByRole("button", { name: "Copy link" })])
    await expect(away).toBeHidden();
  await page.keyboard.press("PageDown");
  await lab.standsAt(6);
  await page.keyboard.press("PageUp");
  await lab.standsAt(4);
  await page.keyboard.press("p");
  await page.mouse.move(300, 200);
  await expect(page.locator(".laser")).toBeVisible();
  const box = await page.locator(".laser").boundingBox();
  expect([box.x + box.width / 2, box.y + box.height / 2].map(Math.round)).toEqual([300, 200]);
  await lab.addressHas({ present: "1", lock: "guidance", guidance: 2, at: 4 });
  await page.keyboard.press("Escape");
  await expect(lab.notes).toBeVisible();
  await lab.addressHas({ present: null, guidance: 2 });
  // Where no setting stands beside the picture, it has the whole width; part is chosen on the stage.
  await page.setViewportSize({ width: 1600, height: 900 });
  for (const link of ["present=1&at=4", "lab=flow&part=line&present=1&at=4"]) {
    await page.evaluate((to) => void (location.hash = to), link);
    await expect(lab.settings).toBeHidden();
    const [stage, sheet] = await Promise.all(
      [".stage", ".sheet"].map((part) => page.locator(part).first().boundingBox()),
    );
    expect(stage.width).toBeGreaterThan(0.9 * sheet.width);
  }
});

test("a lesson asks, measures and says whether one saw it coming; its steps are in the address", async ({
  lab,
  page,
}) => {
  await page.goto("/#lesson=diffusion&step=2");
  const dock = page.getByRole("region", { name: "Lesson: What a diffusion model does" });
  const show = dock.getByRole("button", { name: "Show what happens" });
  await expect(show).toBeDisabled();
  // What would answer it is not read on the stage.
  await expect(page.getByText("of the building is left at T")).toBeHidden();
  await dock.getByRole("spinbutton").fill("0.01");
  await show.click();
  await lab.standsAt(100, 30_000);
  await expect(dock.getByText("You saw it coming.")).toBeVisible({ timeout: 30_000 });
  await expect(dock.getByText("0.006482")).toBeVisible();
  await dock.getByRole("button", { name: "Next" }).click();
  await expect(dock.getByText("Step 3 of 7")).toBeVisible();
  await lab.addressHas({ lesson: "diffusion", step: 3, at: 100 });
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("radio", { name: "另一座城堡" })).toBeVisible();
  await page.goBack();
  await expect(dock.getByText("Step 2 of 7")).toBeVisible();
  await dock.getByRole("button", { name: "Leave the lesson" }).click();
  await expect(page.locator(".lesson")).toHaveCount(0);
  await lab.addressHas({ lesson: null, step: null });
});

test("the lesson on training goes to its end: both networks learn, each check is met by what is measured", async ({
  lab,
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto("/#lesson=training");
  const dock = page.getByRole("region", { name: "Lesson: Train one here" });
  const next = dock.getByRole("button", { name: "Next" });
  const train = page.getByRole("button", { name: "Train", exact: true });
  /** @param {string} option @param {RegExp} after */
  async function guess(option, after) {
    const show = dock.getByRole("button", { name: "Show what happens" });
    await expect(show).toBeDisabled();
    await dock.getByRole("radio", { name: option }).check();
    await show.click();
    await expect(dock.getByText("You saw it coming.")).toBeVisible({ timeout: 30_000 });
    await expect(dock.getByText(after)).toBeVisible();
  }
  await expect(dock.getByText("Step 1 of 6")).toBeVisible({ timeout: 30_000 });
  await expect(dock.getByText("The loss fell below 0.3")).toBeHidden();
  await train.click();
  await expect(dock.getByText("The loss fell below 0.3")).toBeVisible({ timeout: 40_000 });
  await next.click();
  await guess("no: one noisy point may have come from many", /It stays near 0\.23/);
  await lab.standsAt(50, 30_000);
  await next.click();
  await guess("long nothing, then all at once", /The next step lets you see it/);
  await next.click();
  await expect(dock.getByText("There it is")).toBeHidden();
  await train.click();
  await expect(dock.getByText("There it is: an induction head.")).toBeVisible({ timeout: 40_000 });
  await next.click();
  await guess("it is ruined", /Two layers work together/);
  // More than blind guessing, which costs 3.3: it insists on the wrong letters.
  const measured = dock.getByRole("term").filter({ hasText: "Measured here and now" }).locator("+ dd");
  expect(parseFloat((await measured.textContent()) ?? "")).toBeGreaterThan(1.7);
  await next.click();
  await expect(dock.getByText("Step 6 of 6")).toBeVisible();
  await lab.addressHas({ lesson: "training", step: 6 });
  // The last step leaves the tools to draw and train one's own.
  await expect(page.getByRole("button", { name: "Draw your own" })).toBeVisible();
  await dock.getByRole("button", { name: "Finish" }).click();
  await expect(page.locator(".lesson")).toHaveCount(0);
  await lab.addressHas({ lesson: null, step: null });
});

test("one's own visit becomes a lesson that others open from a link and from a file; its texts are texts", async ({
  lab,
  page,
  stranger,
}) => {
  await lab.open("data=digits&samples=1&steps=10&at=10");
  await page.getByRole("button", { name: "Teach" }).click();
  await page.getByRole("button", { name: "Write a lesson" }).click();
  const desk = page.getByRole("complementary", { name: "Your lesson" });
  await desk.getByRole("textbox", { name: "Title, in English" }).fill("Rubble");
  await desk.getByRole("button", { name: "Make what stands here a step" }).click();
  await expect(desk.getByRole("status")).toContainText("step 1");
  await lab.press("To the end");
  await lab.standsAt(20, 30_000);
  await desk.getByRole("button", { name: "Make what stands here a step" }).click();
  await expect(desk.getByRole("status")).toContainText("step 2");
  // Nothing was said yet: the fault names the step, and that step comes up.
  await desk.getByRole("button", { name: "Copy as a link" }).click();
  await expect(desk.getByRole("status")).toContainText("steps[0].text");
  const text = desk.getByRole("textbox", { name: "What it says (**bold**, $formula$) · English" });
  await text.fill('**Bold** <img src=x onerror="document.title=1">');
  await desk.getByRole("button", { name: "Step 2" }).click();
  await text.fill("The end.");
  await desk.getByRole("button", { name: "Try it" }).click();
  await expect(desk).toHaveCount(0);
  await page
    .getByRole("region", { name: "Lesson: Rubble" })
    .getByRole("button", { name: "Leave the lesson" })
    .click();
  await expect(page.locator(".lesson")).toHaveCount(0);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await desk.getByRole("button", { name: "Copy as a link" }).click();
  await expect(desk.getByRole("status")).toContainText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    desk.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  await stranger.page.goto(link);
  const dock = stranger.page.getByRole("region", { name: "Lesson: Rubble" });
  await expect(dock.locator("strong", { hasText: "Bold" })).toBeVisible();
  await expect(dock.getByText("<img src=x")).toBeVisible();
  await expect(dock.locator("img")).toHaveCount(0);
  await stranger.standsAt(10, 30_000);
  await dock.getByRole("button", { name: "Next" }).click();
  await stranger.standsAt(20, 30_000);
  await dock.getByRole("button", { name: "Leave the lesson" }).click();
  await stranger.page.getByRole("button", { name: "Teach" }).click();
  await stranger.page.locator("input[type=file]").setInputFiles(await file.path());
  await expect(dock.getByText("Step 1 of 2")).toBeVisible();
});

test("a lesson from another server comes after a question that names it; a wrong one is told what is wrong", async ({
  lab,
  page,
  watch,
}) => {
  watch.expect(/request to another host: https:\/\/lessons\.example/);
  let body = JSON.stringify({
    "chailou-lesson": 1,
    title: { en: "Away" },
    steps: [{ link: "data=digits&at=0", text: { en: "From elsewhere." } }],
  });
  await page.route("https://lessons.example/**", (route) =>
    route.fulfill({ body, contentType: "application/json", headers: { "access-control-allow-origin": "*" } }),
  );
  await page.goto("/#lesson=https://lessons.example/a.json");
  const question = page.getByRole("dialog", { name: "Open a lesson from lessons.example?" });
  await question.getByRole("button", { name: "Without it" }).click();
  await expect(lab.scrub).toBeVisible();
  await expect(page.locator(".lesson")).toHaveCount(0);
  await page.evaluate(() => void (location.hash = "#lesson=https://lessons.example/a.json"));
  await question.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByText("From elsewhere.")).toBeVisible();
  body = body.replace("From elsewhere.", "x".repeat(3000));
  await page.evaluate(() => void (location.hash = "#lesson=https://lessons.example/b.json"));
  await question.getByRole("button", { name: "Open it" }).click();
  await expect(page.locator('[data-notice="lesson"]')).toContainText("steps[0].text.en is too long");
});

test("a camera reads the code for a class as the link to what stands there", async ({
  lab,
  page,
  baseURL,
}) => {
  await lab.open("data=digits&samples=1&steps=10&at=7");
  await page.getByRole("button", { name: "Teach" }).click();
  const code = page.getByRole("img", { name: /^Code for a camera/ });
  await expect(code).toBeVisible();
  const picture = await code.screenshot({ scale: "css" });
  const { width, height, data } = await page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      pen.drawImage(bitmap, 0, 0);
      const image = pen.getImageData(0, 0, bitmap.width, bitmap.height);
      return { width: image.width, height: image.height, data: [...image.data] };
    },
    [...picture],
  );
  const read = decode(Uint8ClampedArray.from(data), width, height);
  expect(read?.data).toMatch(new RegExp(`^${baseURL}#v=4&lab=ddpm&data=digits.*&at=7&check=`));
});

test("a browser proves itself: every reference value agrees; a poke changes what is computed, and its seal, and can be undone", async ({
  lab,
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto("/#data=digits&samples=1&steps=10&at=20&verify");
  const sheet = page.getByRole("dialog", { name: /^Is it real/ });
  await expect(sheet.getByText("All 24 agree.")).toBeVisible({ timeout: 90_000 });
  await expect(sheet.getByRole("row")).toHaveCount(24 + 4);
  await sheet.getByRole("button", { name: "Close" }).click();
  await lab.addressHas({ verify: null, at: 20 });
  await lab.standsAt(20, 30_000);
  const before = (await lab.pixels())[0];
  await expect(lab.cell("Weights")).toHaveText("461ac0a1");
  await page.getByRole("button", { name: "Poke it" }).click();
  await expect(lab.cell("Weights")).not.toHaveText("461ac0a1");
  await expect.poll(async () => (await lab.pixels())[0]).not.toBe(before);
  await lab
    .notice(/d1\.conv1\.weight/)
    .getByRole("button", { name: "Turn it back" })
    .click();
  await expect(lab.cell("Weights")).toHaveText("461ac0a1");
  await expect.poll(async () => (await lab.pixels())[0]).toBe(before);
});

// Everything a visitor can change: each kind of control, the samples, the gallery, the brush, the notes.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, experiment, parameter, root, test } from "./lab.js";

test("each kind of control changes the picture and the link, and the step stays", async ({ lab }) => {
  await lab.open("steps=20&at=30");
  const seen = [(await lab.pixels())[0]];
  /** @param {Record<string, string>} keys */
  const changed = async (keys) => {
    await lab.addressHas({ ...keys, at: "30" });
    await lab.standsAt(30);
    // The address may know the wish before the picture is there.
    await expect
      .poll(async () => seen.includes((await lab.pixels())[0]), { message: JSON.stringify(keys) })
      .toBe(false);
    seen.push((await lab.pixels())[0]);
  };
  const seed = lab.settings.getByRole("textbox", { name: "Seed", exact: true });
  await seed.fill("12345678901234567890");
  await seed.press("Enter");
  await changed({ seed: "12345678901234567890" });
  await lab.enter("Guidance", 3.5);
  await changed({ guidance: "3.5" });
  await lab.settings.getByRole("combobox", { name: "Rebuild as" }).selectOption("3");
  await changed({ label: "3" });
  await lab.choose("Schedule", "Linear");
  await changed({ schedule: "linear" });
  await lab.choose("Fresh noise", "0 (greedy)");
  await changed({ sigma: "zero" });
  await lab.settings.getByRole("combobox", { name: "Sampler" }).selectOption("ddim");
  await changed({ sampler: "ddim" });
  await lab.enter("Fresh noise", 0.5);
  await changed({ eta: "0.5" });
  await lab.enter("Length", 400);
  await changed({ T: "400" });
  await lab.settings.getByRole("button", { name: "Roll a new seed" }).click();
  await expect(seed).not.toHaveValue("12345678901234567890");
  await changed({ seed: await seed.inputValue() });
});

test("a slider obeys hand and keys, and refuses what lies outside its range", async ({ lab, page }) => {
  await lab.open("at=10");
  const guidance = lab.settings.getByRole("slider", { name: "Guidance" });
  await guidance.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const { default: usual, step } = await parameter(page, "guidance");
  await lab.addressHas({ guidance: String(Number((usual + 2 * step).toFixed(6))), at: "10" });
  const box = /** @type {{width: number, height: number}} */ (await guidance.boundingBox());
  await guidance.click({ position: { x: box.width - 1, y: box.height / 2 } });
  await lab.addressHas({ guidance: "8", at: "10" });
  // What is shown is what is used, with a sentence for whatever is not as it was typed.
  const field = lab.settings.getByRole("textbox", { name: "Guidance, exact value" });
  const seed = lab.settings.getByRole("textbox", { name: "Seed" });
  for (const [where, typed, used, key] of /** @type {const} */ ([
    [field, "99", "8", "guidance"],
    [field, "-1", "0", "guidance"],
    [field, "nonsense", "0", "guidance"],
    [seed, "-1", "0", "seed"],
    [seed, "3.7", "4", "seed"],
    [seed, "18446744073709551616", "18446744073709551615", "seed"],
    [seed, "seven", "18446744073709551615", "seed"],
  ])) {
    await where.fill(typed);
    await where.press("Enter");
    await expect(where).toHaveValue(used);
    const said = lab.settings.getByRole("status").filter({ hasText: `“${typed}”` });
    await expect(said).toContainText(used);
    await lab.addressHas({ [key]: used });
  }
  await seed.fill("1e6");
  await seed.press("Enter");
  await expect(seed).toHaveValue("1000000");
  await expect(lab.settings.getByRole("status").filter({ hasText: /“/ })).toHaveText([/“nonsense”/]);
  await lab.addressHas({ seed: "1000000" });
});

test("only the controls that the sampler and the schedule know are shown", async ({ lab }) => {
  await lab.open("at=0");
  await expect(lab.settings.getByRole("radiogroup", { name: "Fresh noise" })).toBeVisible();
  await expect(lab.settings.getByRole("slider", { name: "Fresh noise" })).toBeHidden();
  await lab.settings.getByRole("combobox", { name: "Sampler" }).selectOption("ddim");
  await expect(lab.settings.getByRole("slider", { name: "Fresh noise" })).toBeVisible();
  await expect(lab.settings.getByRole("radiogroup", { name: "Fresh noise" })).toBeHidden();
  await expect(lab.settings.getByRole("slider", { name: "Slope" })).toBeVisible();
  await lab.choose("Schedule", "Cosine");
  await expect(lab.settings.getByRole("slider", { name: "Slope" })).toBeHidden();
});

test("one setting goes back to its default, then all of them do", async ({ lab }) => {
  await lab.open("guidance=4&samples=2&seed=5&at=10");
  const all = lab.settings.getByRole("button", { name: "Reset all" });
  await lab.settings.getByRole("button", { name: /^Reset Guidance to/ }).click();
  await lab.addressHas({ guidance: null, samples: "2", seed: "5" });
  await all.click();
  await lab.addressHas({ guidance: null, samples: null, seed: null, at: "10" });
  await expect(all).toBeDisabled();
});

for (const popover of [true, false])
  test(`every question mark answers with the schema's paragraph and one link, and Escape closes it${popover ? "" : ", in a browser without popovers, too"}`, async ({
    lab,
    page,
  }) => {
    if (!popover)
      await page.addInitScript(() => {
        // Reflect as before Chrome 114: neither the methods nor the attribute.
        for (const name of ["showPopover", "hidePopover", "togglePopover", "popover"])
          delete HTMLElement.prototype[/** @type {"popover"} */ (name)];
      });
    await lab.open("at=0");
    // The page's own source: the engine without networks says no words.
    const { parameters } = JSON.parse(
      await readFile(join(root, "www/pkg/core/schema/ddpm.json"), "utf8"),
    ).lab;
    let asked = 0;
    for (const { title, help, link } of parameters) {
      for (const about of await lab.settings
        .getByRole("button", { name: `About ${title.en}`, exact: true })
        .all()) {
        if (!(await about.isVisible())) continue;
        await about.click();
        const bubble = page.getByText(help.en).locator("xpath=ancestor::*[@class='help']");
        // Two parameters may share a title; the one that is hidden has its own paragraph.
        if (!(await bubble.count())) {
          await page.keyboard.press("Escape");
          continue;
        }
        await expect(bubble).toBeVisible();
        await expect(bubble.getByRole("link")).toHaveAttribute("href", link.href);
        await page.keyboard.press("Escape");
        await expect(bubble).toBeHidden();
        await expect(about).toBeFocused();
        asked++;
      }
    }
    expect(asked).toBeGreaterThanOrEqual(10);
  });

test("another sample takes the stage by pointer and by key, at the same step", async ({ lab, page }) => {
  await lab.open("steps=50&at=70");
  const [first] = await lab.pixels();
  await lab.stage.getByRole("radio", { name: "Sample 5" }).click();
  await expect(lab.stage.getByRole("img", { name: /^Sample 5 of 9/ })).toBeVisible();
  await expect.poll(async () => (await lab.pixels())[0]).not.toBe(first);
  await lab.addressHas({ selected: "4", at: "70" });
  await page.keyboard.press("ArrowRight");
  await expect(lab.stage.getByRole("radio", { name: "Sample 6" })).toBeChecked();
  await lab.addressHas({ selected: "5", at: "70" });
  await lab.stage.getByRole("radio", { name: "Sample 1" }).click();
  await expect.poll(async () => (await lab.pixels())[0]).toBe(first);
});

test("one sample alone needs no grid, and sixteen fit", async ({ lab }) => {
  await lab.open("samples=1&at=5");
  await expect(lab.stage.getByRole("radiogroup", { name: "Samples" })).toBeHidden();
  await lab.enter("Samples", 16);
  await expect(lab.stage.getByRole("radiogroup", { name: "Samples" }).getByRole("radio")).toHaveCount(16);
  await lab.standsAt(5);
});

test("the film strip seeks where it is clicked", async ({ lab, page }) => {
  await lab.open("steps=50&at=100");
  const film = page.getByTitle("Film strip: click or drag to seek");
  const { width, height } = /** @type {{width: number, height: number}} */ (await film.boundingBox());
  for (const [place, step] of [
    [0.5, 50],
    [0.002, 0],
    [0.998, 100],
  ]) {
    await film.click({ position: { x: width * place, y: height / 2 } });
    await lab.standsAt(step);
  }
});

test("a digit picked by eye is what stands at the start", async ({ lab, page }) => {
  await lab.open("at=0");
  const [before] = await lab.pixels();
  await lab.settings.getByRole("button", { name: /^A real digit 3/ }).click();
  await expect(lab.settings.getByRole("button", { name: /^A real digit 3/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect.poll(async () => (await lab.pixels())[0]).not.toBe(before);
  await lab.addressHas({ at: "0" });
  const quick = Number((await experiment(page)).values.picture);

  await lab.settings.getByRole("button", { name: "All 360, or paint one" }).click();
  const dialog = page.getByRole("dialog", { name: "Which building?" });
  const thumbs = dialog.getByRole("group", { name: /^Real handwritten digits/ });
  await expect(thumbs.getByRole("button")).toHaveCount(360);
  await lab.choose("Show only", "3");
  expect(await thumbs.getByRole("button").count()).toBeLessThan(60);
  const other = thumbs.getByRole("button", { pressed: false }).last();
  const name = /** @type {string} */ (await other.getAttribute("aria-label"));
  expect(name).toMatch(/^Digit 3, picture \d+$/);
  await other.click();
  const picked = name.split(" ").at(-1);
  expect(Number(picked)).not.toBe(quick);
  await lab.addressHas({ picture: /** @type {string} */ (picked), at: "0" });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("what is painted stands on the stage, travels in the link and can be undone", async ({
  lab,
  page,
  stranger,
}) => {
  await lab.open("at=0");
  const [real] = await lab.pixels();
  await lab.settings.getByRole("button", { name: "All 360, or paint one" }).click();
  const dialog = page.getByRole("dialog", { name: "Which building?" });
  const sheet = dialog.getByRole("img", { name: /^Paint over it/ });
  const { width, height } = /** @type {{width: number, height: number}} */ (await sheet.boundingBox());
  await dialog.getByRole("button", { name: "Blank paper" }).click();
  await sheet.click({ position: { x: width / 16, y: height / 16 } });
  await sheet.click({ position: { x: (15 * width) / 16, y: (15 * height) / 16 } });
  await expect(dialog.getByText("Your own drawing")).toBeVisible();
  await expect.poll(async () => (await experiment(page)).pixels).toEqual([16, ...Array(62).fill(0), 16]);
  await page.keyboard.press("Escape");
  const [painted] = await lab.pixels();
  expect(painted).not.toBe(real);

  await stranger.page.goto(await lab.copyLink());
  await expect(stranger.page.getByText("reproduced: bit for bit")).toBeVisible();
  expect((await stranger.pixels())[0]).toBe(painted);

  await lab.settings.getByRole("button", { name: "All 360, or paint one" }).click();
  await sheet.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect.poll(async () => (await experiment(page)).pixels?.[55]).toBe(16);
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await experiment(page)).pixels?.[55]).toBe(0);
  await dialog.getByRole("button", { name: "Back to the real one" }).click();
  await expect.poll(async () => (await experiment(page)).pixels).toBeNull();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await lab.pixels())[0]).toBe(real);
});

test("the phrase about T = 100 leaves 60 % of the building standing", async ({ lab, page }) => {
  await lab.open("at=0");
  await lab.notes.getByRole("button", { name: /set T to 100/ }).click();
  await lab.addressHas({ T: "100", steps: null, at: "100" });
  // 60 % of the amplitude is 36 % of the variance, which is what the bar shows.
  await expect(lab.stage.getByRole("img", { name: /t = 100: 36 % building/ })).toBeVisible();
  await expect(page.getByText(/60 % of the building's amplitude still stands/)).toBeVisible();
});

test("every phrase of the notes does what its text promises", async ({ lab, page }) => {
  test.setTimeout(300_000);
  await lab.open("at=0");
  const phrases = lab.notes.getByRole("button");
  await expect(phrases.first()).toBeVisible();
  const count = await phrases.count();
  expect(count).toBeGreaterThan(15);
  for (let i = 0; i < count; i++) {
    const asked = Object.fromEntries(
      new URLSearchParams((await phrases.nth(i).getAttribute("data-set")) ?? ""),
    );
    const { at, do: verb, fork, ...values } = asked;
    await phrases.nth(i).click();
    if (verb === "play") {
      const pause = lab.timeline.getByRole("button", { name: "Pause" });
      await expect(pause).toBeVisible();
      await pause.click();
    } else if (verb === "measure") {
      await expect(lab.claims.getByRole("button", { name: /Measuring|All measured/ })).toBeVisible();
    } else if (verb === "noising") {
      await expect(page.getByRole("button", { name: /^Stop at|All rebuilt/ })).toBeVisible();
    } else if (verb === "race") {
      await expect(
        page.getByRole("region", { name: "Race of the samplers" }).getByRole("button", { name: "Pause" }),
      ).toBeVisible();
    } else if (verb === "fork") {
      await expect(page.getByRole("region", { name: /^Fork at step/ })).toBeVisible();
    }
    if (fork)
      await expect(
        page.getByRole("radiogroup", { name: "Tracks" }).getByRole("radio", { checked: true }),
      ).toContainText("Fork 1", { ignoreCase: true });
    await expect
      .poll(
        async () => {
          const { values: now, at: step } = await experiment(page);
          const { length } = await page.evaluate(() => ({
            length: Number(
              /** @type {HTMLInputElement} */ (document.querySelector("input[max][aria-valuetext^=Step]"))
                .max,
            ),
          }));
          const place =
            verb === "play" || at === undefined
              ? "anywhere"
              : ({
                  start: 0,
                  rubble: ["both", "invert"].includes(String(now.journey)) ? length / 2 : length,
                  end: length,
                }[at] ?? Number(at));
          return {
            ...Object.fromEntries(Object.keys(values).map((key) => [key, String(now[key])])),
            at: place === "anywhere" || place === step ? "there" : `${step}, not ${place}`,
          };
        },
        { timeout: 20_000, message: `phrase ${i + 1}: ${JSON.stringify(asked)}` },
      )
      .toEqual({ ...values, at: "there" });
  }
});

test("a phrase says what it shows while the film plays, and after any other phrase", async ({ lab }) => {
  await lab.open("steps=100");
  await lab.notes.getByRole("button", { name: "Watch one fall and another rise" }).click();
  await expect(lab.timeline.getByRole("button", { name: "Pause" })).toBeVisible();
  await lab.notes.getByRole("button", { name: "T = 100 and c = 0.1853" }).click();
  await lab.standsAt(100);
  await lab.notes.getByRole("button", { name: "Watch one fall and another rise" }).click();
  await expect(lab.timeline.getByRole("button", { name: "Pause" })).toBeVisible();
  await lab.notes.getByRole("button", { name: "Stop a quarter of the way up" }).click();
  await lab.standsAt(125);
  await lab.addressHas({ label: "any", at: "125", T: null, c: null });
});

test("the notes ask for the same things in both languages", async () => {
  const [english, chinese] = await Promise.all(
    ["en", "zh"].map(async (language) =>
      [
        ...(await readFile(join(root, `www/labs/ddpm/notes.${language}.html`), "utf8")).matchAll(
          /data-set="([^"]*)"/g,
        ),
      ]
        .map(([, asked]) => asked)
        .sort(),
    ),
  );
  expect(chinese).toEqual(english);
});

test("on a phone a phrase leads to the stage, and there is a way back to the text", async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open("at=0");
  const phrase = lab.notes.getByRole("button", { name: /set T to 100/ });
  await phrase.click();
  await lab.standsAt(100);
  await expect(lab.pictures[0]).toBeInViewport();
  await expect(phrase).not.toBeInViewport();
  await page.getByRole("button", { name: "Back to the text" }).click();
  await expect(phrase).toBeInViewport();
  await expect(phrase).toBeFocused();
});

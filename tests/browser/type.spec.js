// How the page is lettered and laid out: nothing too small to read, large type, room that is used, zoom, phones, forced colours, paper.
import { expect, test } from "./lab.js";

/** A moment of each lab at which all its drawings stand. */
const labs = {
  ddpm: 3,
  points: 3,
  attention: 3,
  gamma: 2,
  riemann: 3,
  flow: 3,
  rank: 3,
  focus: 3,
  stretch: 3,
  init: 3,
};

/** @param {import("@playwright/test").Page} page @param {string} lab @param {string} [more] */
async function open(page, lab, more = "") {
  await page.goto("about:blank");
  await page.goto(`/#lab=${lab}&lang=en&at=${labs[lab]}${more}`);
  await expect(page.locator(".scrub")).toHaveValue(String(labs[lab]), { timeout: 30_000 });
  // The panel, the notes and the claims have come.
  await expect(page.locator(".titleblock")).toBeAttached();
  await expect(page.locator(".prose p").first()).toBeAttached();
  await expect(page.locator("[data-tex] > .katex, .symbol > .katex").first()).toBeAttached();
}

/** Whatever is lettered smaller than that, CSS pixels. Formulas have indices of indices: KaTeX knows how small. @param {import("@playwright/test").Page} page @param {number} least */
const smaller = (page, least) =>
  page.evaluate((least) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      if (!node.textContent?.trim() || !element?.checkVisibility() || element.closest(".katex")) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < least - 0.01) found.add(`${size} ${element.className} “${node.textContent.slice(0, 30)}”`);
    }
    return [...found];
  }, least);

for (const [device, viewport] of Object.entries({
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
})) {
  test(`nothing is lettered smaller than 12 px, in any lab, on a ${device}`, async ({ page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize(viewport);
    for (const lab of Object.keys(labs)) {
      await open(page, lab);
      expect.soft(await smaller(page, 12), lab).toEqual([]);
      await page
        .getByRole("button", { name: /^About / })
        .first()
        .click();
      await expect(page.locator("[popover]:popover-open")).toBeVisible();
      expect.soft(await smaller(page, 12), `${lab}, help`).toEqual([]);
      await page.keyboard.press("Escape");
    }
    for (const name of ["Site plan", "Model card"]) {
      if (name === "Model card") await open(page, "ddpm");
      await page.getByRole("button", { name }).click();
      await expect(page.locator("dialog[open]")).toBeVisible();
      expect.soft(await smaller(page, 12), name).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });
}

test("large type is in the link and by hand, drawings are lettered larger too, and nothing sticks out", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  await open(page, "ddpm");
  const usual = await size();
  const button = page.getByRole("button", { name: "Large type" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => page.url()).toContain("type=large");
  expect(await size()).toBeGreaterThan(1.25 * usual);
  await button.click();
  await expect.poll(() => page.url()).not.toContain("type=");
  expect(await size()).toBe(usual);
  // What a canvas is asked to letter with.
  await page.addInitScript(() => {
    const fonts = (globalThis.fonts = new Set());
    const fill = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (...args) {
      if (this.canvas.isConnected) fonts.add(Number(/([\d.]+)px/.exec(this.font)?.[1]));
      return fill.apply(this, args);
    };
  });
  for (const viewport of [
    { width: 1280, height: 720 },
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    for (const lab of Object.keys(labs)) {
      await open(page, lab, "&type=large");
      const told = `${lab}, ${viewport.width} wide`;
      expect.soft(await smaller(page, 15), told).toEqual([]);
      const fonts = await page.evaluate(() => [...globalThis.fonts]);
      expect.soft(Math.min(99, ...fonts), told).toBeGreaterThan(15);
      expect
        .soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), told)
        .toBeLessThanOrEqual(0);
    }
  }
});

test("the first screen holds stage and player, and a larger screen a larger stage", async ({ page }) => {
  test.setTimeout(120_000);
  for (const lab of Object.keys(labs)) {
    const sizes = [];
    for (const [width, height] of [
      [1440, 900],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      await open(page, lab);
      const box = await page.locator(".timeline .track").boundingBox();
      expect.soft(box?.y + box?.height, `${lab}, ${height} high`).toBeLessThanOrEqual(height);
      const canvas = await page
        .locator(
          ".work > :first-child .frame canvas, .sheet-frame canvas, .relief, .heatmap, .main-figure canvas",
        )
        .last()
        .boundingBox();
      sizes.push(canvas?.height ?? 0);
    }
    expect.soft(sizes[1], lab).toBeGreaterThan(1.2 * sizes[0]);
  }
});

/** Pairs that lie over each other, of what stands in the header and in the player, and of these and the stage. @param {import("@playwright/test").Page} page */
const overlaps = (page) =>
  page.evaluate(() => {
    // Where the player stands when it does not follow the window.
    const still = document.createElement("style");
    still.textContent = ".timeline.timeline { position: relative; bottom: auto; }";
    document.head.append(still);
    const seen = (selector) =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    const groups = [
      seen("#head a.name, #head h1, #head .line, #head button, #head select"),
      seen(".transport button, .transport select, .where, .track"),
      [
        document.querySelector("#head"),
        document.querySelector(".work > :first-child"),
        document.querySelector(".timeline"),
      ],
    ];
    const found = [];
    for (const group of groups)
      group.forEach((one, i) => {
        for (const other of group.slice(i + 1)) {
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 1 && high > 1)
            found.push(`${one.outerHTML.slice(0, 60)} × ${other.outerHTML.slice(0, 60)}`);
        }
      });
    still.remove();
    return found;
  });

for (const [what, viewport, root] of /** @type {const} */ ([
  ["twice the size", { width: 720, height: 450 }, 100],
  ["a root font of 150 %", { width: 1440, height: 900 }, 150],
  ["a root font of 150 % on a tablet", { width: 1024, height: 768 }, 150],
]))
  test(`${what}: nothing collapses, overlaps or sticks out`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize(viewport);
    // As a browser does whose own type is set larger.
    await page.addInitScript((root) => {
      addEventListener("DOMContentLoaded", () => {
        const style = document.createElement("style");
        style.textContent = `html { font-size: ${0.875 * root}% !important; }`;
        document.head.append(style);
      });
    }, root);
    for (const lab of Object.keys(labs)) {
      await open(page, lab);
      expect
        .soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), lab)
        .toBeLessThanOrEqual(0);
      expect.soft(await overlaps(page), lab).toEqual([]);
      const stage = await page.locator(".work > :first-child canvas:visible").first().boundingBox();
      expect.soft(Math.min(stage?.width ?? 0, stage?.height ?? 0), lab).toBeGreaterThan(60);
    }
  });

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const language of ["en", "zh"])
    test(`header and player are one row each, the sentence stands, what matters is above the fold and wide enough for a finger, in ${language}`, async ({
      page,
    }) => {
      test.setTimeout(120_000);
      for (const lab of Object.keys(labs)) {
        await page.goto("about:blank");
        await page.goto(`/#lab=${lab}&lang=${language}&at=${labs[lab]}`);
        await expect(page.locator(".scrub")).toHaveValue(String(labs[lab]), { timeout: 30_000 });
        await expect(page.locator(".titleblock")).toBeAttached();
        await expect(page.locator("#head .line")).toBeInViewport();
        const rows = (selector) =>
          page.locator(selector).evaluateAll((all) => {
            const boxes = all
              .filter((one) => one.checkVisibility())
              .map((one) => one.getBoundingClientRect());
            return new Set(boxes.map(({ top, bottom }) => Math.round((top + bottom) / 20))).size;
          });
        expect.soft(await rows("#head a.name, #head button, #head select"), lab).toBe(1);
        expect.soft(await rows(".transport button, .transport select, .where, .track"), lab).toBe(1);
        const player = await page.locator(".timeline").boundingBox();
        const above = async (selector) => {
          const box = await page.locator(selector).boundingBox();
          expect.soft(box?.y + box?.height, `${lab}: ${selector}`).toBeLessThanOrEqual(player?.y ?? 0);
          expect.soft(await page.locator(selector).textContent(), selector).toMatch(/\S/);
        };
        if (lab === "points") for (const what of [".over .button", ".training .train"]) await above(what);
        if (lab === "attention") {
          await above(".train-here");
          const map = await page.locator(".map-frame").boundingBox();
          expect.soft(map?.y + map?.height).toBeLessThan(player?.y ?? 0);
        }
        const small = await page.evaluate(() =>
          [...document.querySelectorAll("a, button, input, select, textarea, summary")]
            // Links and phrases within a sentence are as high as its lines; a radio is hit on its label.
            .filter((one) => one.checkVisibility() && !one.closest("p, li, .prose, .unseen, .skip"))
            .flatMap((one) => {
              const { top, bottom, left, right, width, height } = one.getBoundingClientRect();
              if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) return [];
              return width < 43.5 || height < 43.5
                ? [`${Math.round(width)} × ${Math.round(height)} ${one.outerHTML.slice(0, 80)}`]
                : [];
            }),
        );
        expect.soft(small, lab).toEqual([]);
        // Nothing lies over the player.
        const covered = await page.locator(".transport button:visible").evaluateAll((all) =>
          all.flatMap((one) => {
            const { left, top, width, height } = one.getBoundingClientRect();
            const there = document.elementFromPoint(left + width / 2, top + height / 2);
            return one.contains(there) ? [] : [one.outerHTML.slice(0, 80)];
          }),
        );
        expect.soft(covered, lab).toEqual([]);
      }
    });

  test("the rest of the header's tools are behind one button", async ({ page }) => {
    await open(page, "gamma");
    const save = page.getByRole("button", { name: "Save PNG" });
    await expect(save).toBeHidden();
    await page.getByRole("button", { name: "More tools" }).tap();
    await expect(save).toBeVisible();
    await page.getByRole("button", { name: "Large type" }).tap();
    await expect.poll(() => page.url()).toContain("type=large");
  });
});

test.describe("in forced colours", () => {
  test.use({ forcedColors: "active" });

  test("what is chosen is told apart, and drawings keep their ground", async ({ page }) => {
    test.setTimeout(120_000);
    for (const lab of Object.keys(labs)) {
      await open(page, lab);
      const looks = await page.evaluate(() => {
        const ground = (one) => getComputedStyle(one).backgroundColor;
        const pairs = [...document.querySelectorAll(".segments, .data-chips")].flatMap((group) => {
          const [on, off] = [true, false].map((checked) =>
            [...group.querySelectorAll("input")].find(
              (one) => one.checked === checked && one.checkVisibility(),
            ),
          );
          return on && off ? [[ground(on.nextElementSibling), ground(off.nextElementSibling)]] : [];
        });
        return {
          pairs,
          bare: [...document.querySelectorAll("canvas")]
            .filter(
              (one) =>
                !one.matches(".threads") && one.checkVisibility() && ground(one) === "rgba(0, 0, 0, 0)",
            )
            .map((one) => one.outerHTML),
        };
      });
      for (const [on, off] of looks.pairs) expect.soft(on, lab).not.toBe(off);
      expect.soft(looks.bare, lab).toEqual([]);
    }
  });
});

test("whoever goes by keys sees where, in every theme", async ({ page }) => {
  test.setTimeout(120_000);
  for (const [theme, forcedColors] of /** @type {const} */ ([
    ["light", "none"],
    ["dark", "none"],
    ["light", "active"],
  ])) {
    await page.emulateMedia({ forcedColors });
    for (const lab of Object.keys(labs)) {
      await open(page, lab, `&theme=${theme}`);
      const unseen = await page.evaluate(async () => {
        const all = [
          ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"),
        ];
        const found = [];
        for (const one of all) {
          if (!one.checkVisibility() || one.disabled) continue;
          one.focus({ focusVisible: true, preventScroll: true });
          if (document.activeElement !== one) continue;
          const places = [one, one.nextElementSibling, one.closest(".track")].filter(Boolean);
          const shown = places.some((place) => {
            const { outlineStyle, outlineWidth, opacity } = getComputedStyle(place);
            return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && opacity !== "0";
          });
          const mark = getComputedStyle(one, "::before").backgroundColor !== "rgba(0, 0, 0, 0)";
          if (!shown && !(mark && one.matches(".handle, .grip"))) found.push(one.outerHTML.slice(0, 90));
        }
        return found;
      });
      expect.soft(unseen, `${lab}, ${theme}, forced colours ${forcedColors}`).toEqual([]);
    }
  }
});

test("a printed page is the stage, the notes and the claims, black on white, whole", async ({ page }) => {
  test.setTimeout(120_000);
  for (const lab of Object.keys(labs)) {
    await page.emulateMedia({ media: "screen" });
    await open(page, lab, "&theme=dark");
    await page.setViewportSize({ width: 720, height: 1000 });
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    const seen = await page.evaluate(() => {
      const visible = (selector) =>
        [...document.querySelectorAll(selector)]
          .filter((one) => one.checkVisibility())
          .map((one) => one.outerHTML.slice(0, 80));
      const prose = getComputedStyle(document.querySelector(".prose p"));
      return {
        gone: visible(
          ".tools, .labs, .panel, .timeline, select, input, .segments, .notices, .back-to-text, [popover]",
        ),
        stays: [".work > :first-child", ".work > :first-child canvas", ".prose p", ".claim h3"].filter(
          (one) => !visible(one).length,
        ),
        look: [prose.color, getComputedStyle(document.body.parentElement).backgroundColor],
        theme: document.documentElement.dataset.theme,
        wide: document.documentElement.scrollWidth - innerWidth,
      };
    });
    expect.soft(seen, lab).toEqual({
      gone: [],
      stays: [],
      look: ["rgb(0, 0, 0)", "rgb(255, 255, 255)"],
      theme: "light",
      wide: 0,
    });
  }
});

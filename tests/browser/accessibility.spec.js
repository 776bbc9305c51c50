// axe-core finds nothing to complain about: both themes, both languages, desktop and phone, and what opens on top.
import { sound } from "./axe.js";
import { expect, test } from "./lab.js";

const words = {
  en: {
    stage: "The stage",
    about: "About Guidance",
    card: "Model card",
    dialog: "The model that ships",
    building: "All 360 buildings",
    copy: "Copy link",
    open: "Fork here",
    go: "Fork",
    order: "Rebuild as",
    tracks: "Tracks",
  },
  zh: {
    stage: "工地",
    about: "关于“引导强度”",
    card: "模型卡",
    dialog: "随页的模型",
    building: "看全部 360 座",
    copy: "复制链接",
    open: "在此分叉",
    go: "分叉",
    order: "重建为",
    tracks: "轨迹",
  },
};
for (const language of /** @type {const} */ (["en", "zh"]))
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing in ${language}, ${theme}: the lab, its bubbles, dialogs, notices, on a desk and on a phone`, async ({
      page,
    }) => {
      const { stage, about, card, dialog, building, copy, open, go, order, tracks } = words[language];
      test.setTimeout(120_000);
      await page.goto(`/#lang=${language}&theme=${theme}&steps=50&at=60&colour=unknown`);
      await expect(page.getByRole("region", { name: stage }).getByRole("img").first()).toBeVisible();
      await expect(page.getByRole("math").first()).toBeAttached();
      await expect(
        page.getByRole("slider", { name: /^(Position on the timeline|时间轴位置)$/ }),
      ).toHaveAttribute("aria-valuetext", /60/, { timeout: 30_000 });
      await sound(page, "desk");
      await page.getByRole("button", { name: about }).click();
      await expect(page.locator("[popover]:popover-open")).toBeVisible();
      await sound(page, "bubble", "[popover]");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: card }).click();
      await expect(page.getByRole("dialog", { name: dialog }).getByRole("row").first()).toBeVisible();
      await sound(page, "model card", "dialog[open]");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: building }).click();
      await sound(page, "gallery", "dialog[open]");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: open }).click();
      const panel = page.locator(".fork");
      await panel.getByRole("combobox", { name: order }).selectOption("8");
      await sound(page, "fork", ".sheet");
      await panel.getByRole("button", { name: go, exact: true }).click();
      await expect(page.getByRole("radiogroup", { name: tracks }).getByRole("radio")).toHaveCount(2, {
        timeout: 30_000,
      });
      await sound(page, "tracks", ".sheet");
      await page.setViewportSize({ width: 390, height: 844 });
      await sound(page, "phone");
      expect(await page.getByRole("button", { name: copy }).isVisible()).toBe(true);
    });
  }

test("axe finds nothing in the page that has stopped", async ({ page }) => {
  await page.route("**/models/buildings-*.safetensors", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toBeVisible();
  await sound(page, "stopped");
});

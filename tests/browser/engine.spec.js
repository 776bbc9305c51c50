// The page, its engine and the native engine must tell the same story about the same link.
import { askEngine, expect, readNumber, runNatively, test } from "./lab.js";

const link = "v=1&lab=ddpm&seed=3&guidance=2&samples=6&selected=1&steps=40&at=80";

/**
 * Native and wasm run the same source and draw the same noise bit for bit; only sums of products run in
 * another order (other SIMD widths, fused or not), which is 1e-7 a forward pass. Measured after 80 steps:
 * 7e-8. A lower bit of the weights, another step or another noise moves the pixels by 1e-3 to 1. 1e-5 lies
 * between, a hundred times either way, and is a thousandth of one shade of a screen.
 */
const picturesAgree = 1e-5;
/** Readouts are means over pixels and move less than these; measured: 1.3e-8. */
const readoutsAgree = 1e-6;

test("the claims on the page are the engine's readouts", async ({ lab, page }) => {
  await lab.open(link);
  // At the end it measures by itself, unless asked before.
  await expect(lab.claims.getByRole("button", { name: "All measured" })).toBeVisible({ timeout: 30_000 });
  const { readouts } = await askEngine(page, link, { measure: true });
  const items = lab.claims.getByRole("listitem");
  await expect(items).toHaveCount(readouts.length);
  for (const [i, readout] of readouts.entries()) {
    const item = items.nth(i);
    await expect(item.getByRole("heading")).toHaveText(readout.title.en.replaceAll(/[_{}]/g, ""));
    await expect(item).toContainText(readout.verdict);
    await expect(item).toContainText(readout.note.en);
    await expect(item.getByRole("link")).toHaveAttribute("href", readout.reference.href);
    const [measured, expected] = await item.getByRole("definition").allTextContents();
    // Four digits are shown, three where a power of ten is.
    for (const [shown, told] of [
      [measured, readout.value],
      [expected, readout.expected],
    ]) {
      const value = readNumber(shown);
      if (told === null) expect(value).toBeNull();
      else
        expect(
          Math.abs(/** @type {number} */ (value) - told),
          `${readout.id}: ${shown} for ${told}`,
        ).toBeLessThanOrEqual((shown.includes("×") ? 5e-3 : 5e-4) * Math.abs(told));
    }
  }
});

test("Measure fills in the open claims, wherever the journey stands", async ({ lab }) => {
  await lab.open("steps=20&at=3");
  const greedy = lab.claims.getByRole("listitem").filter({ hasText: "Greedy collapses" });
  await expect(greedy).toContainText("open");
  await lab.claims.getByRole("button", { name: "Measure", exact: true }).click();
  await expect(lab.claims.getByRole("button", { name: "All measured" })).toBeVisible({ timeout: 30_000 });
  await expect(greedy).toContainText(/holds|fails/);
  await lab.standsAt(3);
});

test("the title block shows the engine's own counts", async ({ lab, page }) => {
  await lab.open(link);
  const { status } = await askEngine(page, link);
  await expect(lab.cell("Step")).toHaveText(`${status.at} / ${status.length}`);
  await expect(lab.cell("Engine")).toHaveText(
    { cpu: "CPU", webgpu: "WebGPU" }[/** @type {"cpu"} */ (status.device)],
  );
  // 40 steps down ask nothing but what the model believes; 40 up with guidance cost two calls each.
  const calls = Number(await lab.cell("Network calls").textContent());
  expect(calls).toBeGreaterThanOrEqual(80);
});

test("the native engine reaches the page's pictures and verdicts from the same link", async ({
  lab,
  page,
}) => {
  await lab.open(link);
  const native = await runNatively(link);
  const here = await askEngine(page, link, { measure: true, check: native.fingerprint });
  expect(native.step).toBe(80);
  expect(native.warnings).toEqual([]);
  expect(["exact", "close"]).toContain(here.comparison.verdict);
  test.info().annotations.push({ type: "rms native against wasm", description: String(here.comparison.rms) });
  expect(here.comparison.rms).toBeLessThan(picturesAgree);
  expect(native.readouts.map((/** @type {any} */ { id }) => id)).toEqual(
    here.readouts.map((/** @type {any} */ { id }) => id),
  );
  let widest = 0;
  for (const [i, theirs] of native.readouts.entries()) {
    const ours = here.readouts[i];
    expect(theirs.verdict, theirs.id).toBe(ours.verdict);
    if (theirs.value === null) {
      expect(ours.value).toBeNull();
      continue;
    }
    widest = Math.max(widest, Math.abs(theirs.value - ours.value));
    expect(
      Math.abs(theirs.value - ours.value),
      `${theirs.id}: ${theirs.value} and ${ours.value}`,
    ).toBeLessThan(readoutsAgree);
  }
  test.info().annotations.push({ type: "widest gap between readouts", description: String(widest) });
  for (const { name, mean, std } of native.frames) {
    const values = here.frames[name];
    const average =
      values.reduce((/** @type {number} */ sum, /** @type {number} */ x) => sum + x, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((/** @type {number} */ sum, /** @type {number} */ x) => sum + (x - average) ** 2, 0) /
        values.length,
    );
    expect(Math.abs(average - mean), `mean of ${name}`).toBeLessThan(readoutsAgree);
    // One convention divides by n, another by n - 1: a tolerance for both.
    expect(Math.abs(deviation - std), `deviation of ${name}`).toBeLessThan(
      deviation / values.length + readoutsAgree,
    );
  }
});

test("the link the page copies is the link the command line would write", async ({ lab }) => {
  await lab.open(link);
  const copied = await lab.copyLink();
  const native = await runNatively(copied);
  expect(native.link).toBe(copied.split("#")[1]);
  expect(["exact", "close"]).toContain(native.comparison.verdict);
});

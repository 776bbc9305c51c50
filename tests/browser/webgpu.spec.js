// The second engine on SwiftShader: the hand-over, parity with the CPU, and the way back when the device is lost.
import { askEngine, expect, test } from "./lab.js";

// SwiftShader takes half a second for a forward pass, and several for the first: few steps, one sample.
const small = "steps=6&samples=1";

/** @param {import("./lab.js").Lab} lab */
const webgpuTakesOver = async (lab) => {
  await expect(lab.cell("Engine")).toHaveText("WebGPU", { timeout: 60_000 });
  await expect(lab.notice("WebGPU took over at the same step.")).toBeVisible();
};

test("a software adapter is left alone, with a reason, unless it is asked for", async ({ lab, page }) => {
  await lab.open("at=3");
  await expect(page.getByText(/WebGPU here is emulated in software/)).toBeVisible();
  await expect(lab.cell("Engine")).toHaveText("CPU");
});

test("WebGPU takes over at the same step without a jump, and a lost device hands back the same way", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=9`);
  const before = await lab.pixels();
  await lab.choose("Engine to use", "WebGPU");
  await webgpuTakesOver(lab);
  await lab.standsAt(9);
  expect(await lab.pixels()).toEqual(before);
  await lab.addressHas({ device: "webgpu", at: "9" });
  await lab.press("Step forward");
  await lab.standsAt(10);
  const ahead = await lab.pixels();
  expect(ahead).not.toEqual(before);
  await lab.press("Step back");
  await lab.standsAt(9);
  expect(await lab.pixels()).toEqual(before);
  await lab.press("Step forward");
  await lab.standsAt(10);

  await page.evaluate(async () =>
    (await import(document.querySelector("script[src*=start]").src)).engine.loseDevice(),
  );
  await expect(lab.notice(/The GPU device was lost. The CPU engine took over at the same step/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(lab.cell("Engine")).toHaveText("CPU");
  await lab.standsAt(10);
  expect((await lab.pixels())[0]).toBe(ahead[0]);
  await lab.press("To the end");
  await lab.standsAt(12);
  await lab.press("Step back");
  await lab.press("Step back");
  await lab.press("Step back");
  await lab.standsAt(9);
  expect((await lab.pixels())[0]).toBe(before[0]);

  // What was lost may be asked for again.
  await lab.choose("Engine to use", "WebGPU");
  await expect(lab.cell("Engine")).toHaveText("WebGPU", { timeout: 60_000 });
  await lab.standsAt(9);
});

test("a device lost in the middle of a journey hands it to the CPU, which arrives", async ({ lab, page }) => {
  await lab.open("steps=20&samples=1&at=22");
  await lab.choose("Engine to use", "WebGPU");
  await webgpuTakesOver(lab);
  await lab.press("To the end");
  await page.waitForTimeout(500); // a readback is under way, and will never be answered
  await page.evaluate(async () =>
    (await import(document.querySelector("script[src*=start]").src)).engine.loseDevice(),
  );
  await expect(lab.notice(/The GPU device was lost. The CPU engine took over at the same step/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(lab.cell("Engine")).toHaveText("CPU");
  await lab.standsAt(40);
});

/**
 * The same f32 arithmetic in another order, with another exp: a forward pass differs by some 2e-6. Measured
 * after five steps of the sampler: 4e-6 at the widest pixel. A real GPU may be ten times coarser. A wrong kernel, a
 * wrong layout or another noise differs by 1e-2 to 1. 1e-4 lies between, an eightieth of a shade of a screen.
 */
const parity = 1e-4;

test("WebGPU computes what the CPU computes: pictures, claims and the check of a link", async ({
  lab,
  page,
}) => {
  const link = `${small}&guidance=2&seed=5&at=11`;
  await lab.open(link);
  const cpu = await askEngine(page, link);
  expect(cpu.status.device).toBe("cpu");
  const copied = await lab.copyLink();
  await lab.choose("Engine to use", "WebGPU");
  await webgpuTakesOver(lab);
  const gpu = await askEngine(page, link, { check: cpu.fingerprint });
  expect(gpu.status.device).toBe("webgpu");
  for (const name of ["x", "x0", "eps"]) {
    const widest = Math.max(
      ...cpu.frames[name].map((/** @type {number} */ value, /** @type {number} */ i) =>
        Math.abs(value - gpu.frames[name][i]),
      ),
    );
    test.info().annotations.push({ type: `widest gap in ${name}`, description: String(widest) });
    expect(widest, name).toBeLessThan(parity);
    expect(
      cpu.frames[name].some((/** @type {number} */ value) => Math.abs(value) > 0.5),
      `${name} is a picture`,
    ).toBe(true);
  }
  expect(["exact", "close"]).toContain(gpu.comparison.verdict);
  expect(gpu.comparison.rms).toBeLessThan(parity);
  for (const [i, { id, value, verdict }] of cpu.readouts.entries()) {
    expect(gpu.readouts[i].verdict, id).toBe(verdict);
    if (value !== null) expect(Math.abs(gpu.readouts[i].value - value), id).toBeLessThan(1e-4);
  }
  expect(copied).toContain("check=");
});

test("a link made on the CPU is reproduced on WebGPU, and the page says within what", async ({
  lab,
  stranger,
}) => {
  await lab.open(`${small}&seed=9&at=11`);
  const link = (await lab.copyLink()).replace("lab=ddpm", "lab=ddpm&device=webgpu");
  await stranger.page.goto(link);
  await expect(stranger.page.getByText(/^reproduced/)).toBeVisible({ timeout: 30_000 });
  await webgpuTakesOver(stranger);
  await stranger.standsAt(11);
  // Recomputed by WebGPU from the start: another seed and back.
  await stranger.page.evaluate(
    (hash) => void (location.hash = hash),
    `${new URL(link).hash.slice(1)}&lang=en`,
  );
  await expect(stranger.page.getByText(/^reproduced(: bit for bit| within)/)).toBeVisible({
    timeout: 60_000,
  });
  await stranger.standsAt(11, 60_000);
  await expect(stranger.cell("Engine")).toHaveText("WebGPU");
});

test("a WebGPU engine that does not arrive leaves the CPU at work, with a reason", async ({ lab, page }) => {
  await page.route("**/pkg/webgpu/*.wasm", (route) => route.abort());
  await lab.open(`${small}&device=webgpu&at=8`);
  await expect(lab.notice(/The WebGPU engine could not start, so the CPU engine stays/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(lab.cell("Engine")).toHaveText("CPU");
  await lab.press("Step forward");
  await lab.standsAt(9);
});

/** Losses of the same steps on two engines, as a share of each: those of ten steps come apart by less than 1e-4. */
const apart = 1e-3;

test("a network trained here learns and is asked on either engine, and moves between them with its steps", async ({
  lab,
  page,
}) => {
  const link = "lab=attention&model=toy&task=induction&prompt=abab&tokens=2&trained=20&at=2";
  await lab.open(link);
  /** Ten steps of training more, in a session of its own, and what the network then looks at. */
  const learn = () =>
    page.evaluate(async (fragment) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const { experiment } = await engine.parse(fragment);
      // Another seed than the page's: nothing may be inherited.
      const session = await engine.open({ ...experiment, values: { ...experiment.values, init: "11" } });
      await session.work("train", 10);
      const { status } = await session.seek(2);
      const { frames } = await session.look({ frames: ["losses", "maps"], readouts: false });
      await session.close();
      return { device: status.device, frames: frames.map(({ data }) => Array.from(data)) };
    }, link);
  const cpu = await learn();
  expect(cpu.device).toBe("cpu");
  const steps = page.getByText("training steps: 20").first();
  await expect(steps).toBeVisible({ timeout: 30_000 });
  await lab.choose("Engine to use", "WebGPU");
  await webgpuTakesOver(lab);
  await expect(steps).toBeVisible();
  const gpu = await learn();
  expect(gpu.device).toBe("webgpu");
  const [losses, maps] = gpu.frames;
  expect(losses).toHaveLength(cpu.frames[0].length);
  losses.forEach((value, i) =>
    expect(Math.abs(value - cpu.frames[0][i]), `loss ${i}`).toBeLessThan(
      apart * Math.max(1, cpu.frames[0][i]),
    ),
  );
  maps.forEach((value, i) => expect(Math.abs(value - cpu.frames[1][i]), `weight ${i}`).toBeLessThan(apart));
  await lab.choose("Engine to use", "CPU");
  await expect(lab.cell("Engine")).toHaveText("CPU", { timeout: 30_000 });
  await expect(steps).toBeVisible();
  await lab.addressHas({ trained: 20 });
});

test("the plane's network learns on WebGPU what it learns on the CPU, and the engine may change in mid-training", async ({
  lab,
  page,
}) => {
  // SwiftShader takes up to a second for a training step.
  test.setTimeout(180_000);
  const box = page.getByRole("region", { name: "Denoiser" });
  const done = async () => {
    const said = await box
      .getByText(/training steps/)
      .first()
      .textContent();
    return Number(/\d+/.exec(said ?? "")?.[0] ?? 0);
  };
  const link = "lab=points&denoiser=learned&batch=64&particles=100&steps=4&view=samples";
  /** The losses of twelve steps in a session of the engine of now. */
  const learn = () =>
    page.evaluate(async (fragment) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const { experiment } = await engine.parse(fragment);
      // Another seed than the page's: nothing may be inherited.
      const session = await engine.open({ ...experiment, values: { ...experiment.values, seed: "11" } });
      const { status } = await session.work("train", 12);
      const { frames } = await session.look({ frames: ["loss"], readouts: false });
      await session.close();
      return { device: status.device, loss: Array.from(frames[0].data) };
    }, link);
  await lab.open(`${link}&at=4`);
  const cpu = await learn();
  expect(cpu.device).toBe("cpu");
  await lab.choose("Engine to use", "WebGPU");
  await webgpuTakesOver(lab);
  const gpu = await learn();
  expect(gpu.device).toBe("webgpu");
  expect(gpu.loss).toHaveLength(cpu.loss.length);
  gpu.loss.forEach((value, i) =>
    expect(Math.abs(value - cpu.loss[i]), `number ${i}`).toBeLessThan(apart * Math.max(1, cpu.loss[i])),
  );

  await box.getByRole("button", { name: "Train", exact: true }).click();
  await expect.poll(done, { timeout: 60_000 }).toBeGreaterThan(2);
  await lab.choose("Engine to use", "CPU");
  await expect(lab.cell("Engine")).toHaveText("CPU", { timeout: 30_000 });
  const before = await done();
  await expect.poll(done, { timeout: 30_000 }).toBeGreaterThan(before + 20);
  await box.getByRole("button", { name: "Pause training" }).click();
  // The pull under way when it was paused still counts: both are read anew until they agree.
  await expect
    .poll(
      async () =>
        new URLSearchParams(new URL(page.url()).hash.slice(1)).get("trained") === String(await done()),
      { timeout: 30_000 },
    )
    .toBe(true);
});

test("the exact denoiser of the plane is asked on WebGPU", async ({ lab, page }) => {
  const link = "lab=points&particles=1000&points=500&steps=4&sampler=ddim&seed=3";
  /** Where all particles end, in a session of the engine of now. */
  const end = () =>
    page.evaluate(async (fragment) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const { experiment } = await engine.parse(fragment);
      // Another seed than the page's: nothing may be inherited.
      const session = await engine.open({ ...experiment, values: { ...experiment.values, seed: "11" } });
      const { status, frames } = await session.seek(4, { frames: ["x"], readouts: false });
      await session.close();
      return { device: status.device, x: Array.from(frames[0].data) };
    }, link);
  await lab.open(`${link}&at=1`);
  const cpu = await end();
  expect(cpu.device).toBe("cpu");
  await lab.choose("Engine to use", "WebGPU");
  await webgpuTakesOver(lab);
  await lab.press("To the end");
  await lab.standsAt(4, 30_000);
  const gpu = await end();
  expect(gpu.device).toBe("webgpu");
  expect(gpu.x).toHaveLength(2000);
  gpu.x.forEach((value, i) => expect(Math.abs(value - cpu.x[i]), `number ${i}`).toBeLessThan(1e-4));
});

// How long a step of the default lab takes in the page's own engine.
import { chromium } from "@playwright/test";

/** Times single steps of the rebuilding half at the defaults. @param {string} address @param {"cpu" | "webgpu"} device @param {number} steps @param {string} executablePath */
export async function timeSteps(address, device, steps, executablePath) {
  const browser = await chromium.launch({
    executablePath,
    args: device === "webgpu" ? ["--enable-unsafe-webgpu"] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}#device=${device}&at=0`);
    await page.getByRole("slider").first().waitFor();
    return await page.evaluate(
      async ({ device, steps }) => {
        const { engine } = await import(document.querySelector("script[src*=start]").src);
        const { experiment } = await engine.parse(`device=${device}&journey=rebuild`);
        const session = await engine.open(experiment);
        // Engines take over behind a picture that is looked at.
        const look = () => session.look({ frames: ["x"], readouts: false });
        const patience = performance.now() + 120_000;
        while ((await look()).status.device !== device) {
          if (performance.now() > patience) throw new Error(`${device} did not take over`);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        const { calls } = (await session.step(3)).status;
        const times = [];
        let status;
        for (let i = 0; i < steps; i++) {
          const began = performance.now();
          ({ status } = await session.step(1));
          times.push(performance.now() - began);
        }
        if (status.device !== device) throw new Error(`asked for ${device}, got ${status.device}`);
        return { times, calls: (status.calls - calls) / steps };
      },
      { device, steps },
    );
  } finally {
    await browser.close();
  }
}

/** Times steps of a cloud of `particles` on a landscape: asked and answered, and pictures a second while it plays. @param {string} address @param {string} landscape @param {number} particles @param {string} executablePath */
export async function timeCloud(address, landscape, particles, executablePath) {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    const link = `v=2&lab=flow&part=plane&landscape=${landscape}&particles=${particles}&h=0.002&at=0`;
    await page.goto(`${address}#${link}`);
    await page.locator(".flow-stage .says:not(:empty)").waitFor();
    await page.getByRole("combobox", { name: "Speed" }).selectOption("2");
    await page.locator(".flow-stage").focus();
    return await page.evaluate(async (link) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const { experiment } = await engine.parse(link);
      const session = await engine.open(experiment);
      await session.look({ frames: ["cloud"], readouts: false });
      const answered = [];
      for (let i = 0; i < 30; i++) {
        const began = performance.now();
        await session.step(1, { frames: ["cloud"], readouts: false });
        answered.push(performance.now() - began);
      }
      // Pictures while it plays, at twice the pace: each has a place of its own on the timeline.
      const scrub = /** @type {HTMLInputElement} */ (document.querySelector(".timeline .scrub"));
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
      const began = performance.now();
      let [pictures, last] = [0, scrub.value];
      while (performance.now() < began + 4000) {
        await new Promise(requestAnimationFrame);
        if (scrub.value !== last) pictures++;
        last = scrub.value;
      }
      const rate = (1000 * pictures) / (performance.now() - began);
      return { answered, rate };
    }, link);
  } finally {
    await browser.close();
  }
}

/** Times the spectrum of one head's map, drawn and weighed for it: asked and answered. @param {string} address @param {string} link without a seed @param {string} executablePath */
export async function timeSpectrum(address, link, executablePath) {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}#${link}&at=0`);
    await page.locator(".rank-stage .says:not(:empty)").waitFor();
    return await page.evaluate(async (link) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const times = [];
      for (let seed = 0; seed < 12; seed++) {
        const { experiment } = await engine.parse(`${link}&seed=${seed}`);
        const session = await engine.open(experiment);
        const began = performance.now();
        await session.look({ frames: ["spectra"], readouts: false });
        times.push(performance.now() - began);
        session.close();
      }
      return times;
    }, link);
  } finally {
    await browser.close();
  }
}

/** Times what a hand waits for that drags γ over `keys` keys: the pictures of one question, and now and then its claims. @param {string} address @param {number} keys @param {string} executablePath */
export async function timeHeld(address, keys, executablePath) {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}#v=2&lab=focus&at=0`);
    await page.locator(".focus-stage .says:not(:empty)").waitFor();
    return await page.evaluate(async (keys) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const { experiment } = await engine.parse(`v=2&lab=focus&n=${keys}`);
      const session = await engine.open(experiment);
      await session.seek(session.status.length, { frames: [], readouts: true });
      const frames = ["bench", "rows", "sorted", "limits"];
      const times = { pictures: [], claims: [] };
      for (let i = 1; i <= 40; i++)
        for (const [name, readouts] of Object.entries({ pictures: false, claims: true })) {
          const began = performance.now();
          await session.act({ gamma: 0.3 * i - (readouts ? 0.1 : 0) }, { frames, readouts });
          times[name].push(performance.now() - began);
        }
      return times;
    }, keys);
  } finally {
    await browser.close();
  }
}

// Takes the pictures of the labs' pages, each of a run in a browser: node bundle/previews.mjs ADDRESS, where dist/ is served; CHROMIUM names the browser.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "puppeteer-core";

const [address] = process.argv.slice(2);
const out = fileURLToPath(new URL("../www/previews", import.meta.url));
/** What is seen of each: a moment in which something happens. @type {Record<string, string>} */
const moments = {
  ddpm: "seed=7&label=8&at=182",
  points: "data=moons&view=trajectories&at=38",
  attention: "at=60",
  gamma: "",
  riemann: "",
  flow: "",
  rank: "",
  focus: "",
  stretch: "",
  init: "",
};

const browser = await launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 630 });
for (const [lab, moment] of Object.entries(moments)) {
  await page.goto("about:blank");
  await page.goto(`${address}#lab=${lab}&lang=en&theme=light&embed=1${moment && `&${moment}`}`);
  await page.waitForSelector(".caption a[href]", { timeout: 60_000 });
  // It has played to its end, and what comes behind the first picture has come.
  await new Promise((resolve) => setTimeout(resolve, moment ? 6000 : 16_000));
  await page.screenshot({ path: join(out, `${lab}.png`) });
}
await browser.close();

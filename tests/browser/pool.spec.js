// Workers that do a share of a pull, for real: a building comes to the bits that it is known by.
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, root, test } from "./lab.js";

test("a building that begins on one core and goes on on several comes to the bits that it is known by", async ({
  page,
}) => {
  test.skip(availableParallelism() < 2, "one core helps nobody");
  const { runs } = JSON.parse(readFileSync(join(root, "www/ui/proof.json"), "utf8"));
  const { link, check } = runs.find(({ long }) => long);
  await page.goto("/#at=0");
  await page.getByRole("slider").first().waitFor();
  const told = await page.evaluate(
    async ({ link, check }) => {
      const { engine } = await import(document.querySelector("script[src*=start]").src);
      const session = await engine.open((await engine.parse(`${link}&device=cpu`)).experiment);
      const look = () => session.look({ frames: ["x"], readouts: false });
      while ((await look()).status.device !== "cpu") await new Promise((resolve) => setTimeout(resolve, 100));
      const cores = new Set();
      for (let k = 1; k <= session.status.length; k++) cores.add((await session.seek(k)).status.cores);
      return { cores: [...cores], verdict: (await session.compare(check)).verdict };
    },
    { link, check },
  );
  expect(told.verdict).toBe("exact");
  expect(told.cores).toEqual([1, 2]);
});

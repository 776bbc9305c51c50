// The colour scales at known points: ends, middle, beyond, and values that are none.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { rgb, scale } from "../../www/views/color.js";
import { scales } from "../../www/views/palette.js";

const css = readFileSync(new URL("../../www/style/palette.css", import.meta.url), "utf8");
const block = (text) =>
  Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );
const [day, night] = css.split('[data-theme="dark"]').map(block);
const near = (a, b) => a.every((c, i) => Math.abs(c - b[i]) <= 1.5);

for (const [theme, colours] of Object.entries({ day, night })) {
  const { picture, signed } = scales(colours);
  test(`${theme}: paper at -1, ink at +1, tints beyond`, () => {
    // 512 table entries over 5 units: the nearest one is at most 0.005 away.
    assert.ok(near(picture(-2.5), rgb(colours["picture-under"])));
    assert.ok(picture(-1).every((c, i) => Math.abs(c - rgb(colours["picture-paper"])[i]) < 4));
    assert.ok(picture(1).every((c, i) => Math.abs(c - rgb(colours["picture-ink"])[i]) < 4));
    assert.deepEqual(picture(99), picture(2.5));
  });
  test(`${theme}: signed values are neutral at zero and opposite at the ends`, () => {
    assert.ok(near(signed(0), rgb(colours["signed-zero"])));
    assert.ok(near(signed(-3), rgb(colours["signed-minus"])));
    assert.ok(near(signed(3), rgb(colours["signed-plus"])));
  });
  test(`${theme}: NaN and infinities shout`, () => {
    for (const value of [NaN, Infinity, -Infinity]) assert.deepEqual(picture(value), rgb(colours.broken));
    assert.ok(!near(picture(0), rgb(colours.broken)));
  });
}

test("between paper and ink, lightness falls evenly", () => {
  const grey = scale(
    [
      [0, "#ffffff"],
      [1, "#000000"],
    ],
    "#ff00ff",
  );
  const values = [0, 0.25, 0.5, 0.75, 1].map((v) => grey(v)[0]);
  assert.ok(values.every((v, i) => i === 0 || v < values[i - 1]));
  // OKLab's middle grey is L = 0.5, which in sRGB is 99, not 128.
  assert.ok(Math.abs(values[2] - 99) < 2, `middle is ${values[2]}`);
});

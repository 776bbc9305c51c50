// What a camera reads off a saved picture is its link: drawn on a raster and decoded by another's reader.
import assert from "node:assert/strict";
import test from "node:test";
import jsQR from "jsqr";
import { createWords } from "../../www/ui/i18n.js";
import { imprintOf, mostBytes } from "../../www/ui/imprint.js";
import { depth, extent, imprint } from "../../www/views/imprint.js";

const words = createWords("en");
const wide = 1120;
const link = (length) => `https://example.org/chailou/#v=2&lab=ddpm&z=${"aZ3_".repeat(400)}`.slice(0, length);
const lines = [{ text: "Chailou", font: "40px sans", colour: "ink", down: 46 }];

/** A canvas that knows rectangles, black and white, on grey paper. */
function raster(width, height) {
  const data = new Uint8ClampedArray(4 * width * height).fill(128);
  const written = [];
  const pen = {
    fillStyle: "",
    fillRect(x, y, w, h) {
      assert.ok([x, y, w, h].every(Number.isInteger), "edges blur between pixels");
      assert.ok(x >= 0 && y >= 0 && x + w <= width && y + h <= height, "the picture holds it");
      const shade = { black: 0, white: 255 }[pen.fillStyle];
      for (let row = y; row < y + h; row++)
        for (let column = x; column < x + w; column++)
          data.set([shade, shade, shade, 255], 4 * (row * width + column));
    },
    fillText: (text, x, y, most) => written.push({ text, right: x + most, y }),
  };
  return { pen, data, written };
}

test("the code on the picture is its link, short or as long as it may be", async () => {
  for (const length of [40, 200, 500, mostBytes]) {
    const { code, link: kept, caption } = await imprintOf(words, link(length));
    const height = 60 + depth(lines, code) + 50;
    const { pen, data, written } = raster(wide, height);
    imprint(pen, { lines, code, x: 0, y: 60, width: wide });
    assert.equal(jsQR(data, wide, height)?.data, link(length), `${length} bytes`);
    assert.equal(kept, link(length));
    assert.match(caption, /code opens/);
    for (const { text, right } of written)
      assert.ok(right < wide - extent(code), `“${text}” runs under the code`);
  }
});

test("a link that no code can hold has none, and the picture says where it is", async () => {
  const { code, link: kept, caption } = await imprintOf(words, link(mostBytes + 1));
  assert.deepEqual([code, kept.length], [null, mostBytes + 1]);
  assert.match(caption, /too long/);
  const { pen, written } = raster(wide, 200);
  imprint(pen, { lines, code, x: 0, y: 60, width: wide });
  assert.deepEqual(
    written.map(({ right }) => right),
    [wide],
  );
});

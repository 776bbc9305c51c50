// What letters is never too small by its source: one function for drawings, four names for the page.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const www = new URL("../../www/", import.meta.url).pathname;
const read = (end) =>
  readdirSync(www, { recursive: true })
    .filter((file) => file.endsWith(end) && !file.startsWith("pkg"))
    .map((file) => ({ file, text: readFileSync(www + file, "utf8") }));

test("drawings are lettered by views/lettering.js; saved pictures, which are not laid out by a page, by 20 px at least", () => {
  for (const { file, text } of read(".js"))
    for (const [font, size] of text.matchAll(/`[^`]*?([\d.]+)px \$\{/g))
      assert.ok(Number(size) >= 20, `${file}: ${font}`);
});

test("no stylesheet names a size below --small", () => {
  for (const { file, text } of read(".css"))
    for (const [rule, size] of text.matchAll(/font(?:-size)?: [^;}]*?(?<![\w.-])(\d*\.?\d+)rem/g)) {
      const named = /--least|--small/.test(rule);
      assert.ok(named || Number(size) >= 0.875, `${file}: ${rule}`);
    }
});

test("widths are asked of the body, in rem: large type is a narrower page", () => {
  for (const { file, text } of read(".css")) {
    assert.doesNotMatch(text, /@media[^{]*width/, file);
    assert.doesNotMatch(text, /@container page[^{]*px/, file);
  }
  for (const { file, text } of read(".js")) assert.doesNotMatch(text, /matchMedia\([^)]*width/, file);
});

// A saved PNG says how large it is meant to be, in a chunk that every reader accepts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { crc32 } from "node:zlib";
import { withResolution } from "../../www/ui/resolution.js";

/** @param {Buffer} file */
function chunks(file) {
  const found = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const named = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(named), named.toString("latin1", 0, 4));
    found.push({ name: named.toString("latin1", 0, 4), data: named.subarray(4) });
    at += 12 + length;
  }
  return found;
}

test("the resolution stands before the pixels, in dots a metre, and nothing else changes", () => {
  const before = readFileSync(new URL("../../www/previews/rank.png", import.meta.url));
  const after = chunks(Buffer.from(withResolution(before, 300)));
  const at = after.findIndex(({ name }) => name === "pHYs");
  assert.ok(at < after.findIndex(({ name }) => name === "IDAT"));
  const [{ data }] = after.splice(at, 1);
  // 300 dots an inch of 25.4 mm are 11811.02 a metre.
  assert.deepEqual([data.readUInt32BE(0), data.readUInt32BE(4), data[8]], [11811, 11811, 1]);
  const had = chunks(before).filter(({ name }) => name !== "pHYs");
  assert.deepEqual(
    after.filter(({ name }) => name !== "pHYs"),
    had,
  );
});

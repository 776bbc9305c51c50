// Which states get a frame on the film strip.
import assert from "node:assert/strict";
import test from "node:test";
import { pickFrames } from "../../www/views/film.js";

test("few states: each has its frame", () => assert.deepEqual(pickFrames(4, 20), [0, 1, 2, 3, 4]));
test("many states: both ends, evenly between, none twice", () => {
  const frames = pickFrames(2000, 19.7);
  assert.equal(frames.length, 19);
  assert.equal(frames[0], 0);
  assert.equal(frames.at(-1), 2000);
  assert.equal(new Set(frames).size, 19);
  const gaps = frames.slice(1).map((k, i) => k - frames[i]);
  assert.ok(Math.max(...gaps) - Math.min(...gaps) <= 1);
});
test("the rubble in the middle has a frame when the count is odd", () =>
  assert.ok(pickFrames(100, 21).includes(50)));
test("a strip too narrow still shows the start", () => assert.deepEqual(pickFrames(50, 0.3), [0]));
test("one state", () => assert.deepEqual(pickFrames(0, 9), [0]));

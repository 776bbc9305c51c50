// The sheet of charts: a range that labels cannot tell apart is widened until they can, any other is left alone.
import assert from "node:assert/strict";
import test from "node:test";
import { apart, tickLabel, ticks } from "../../www/views/axes.js";

test("where nothing rises or falls the ticks still differ, and what is told apart stays as it is", () => {
  for (const middle of [-0.3471139, 47.11, -3e5, 2.5e-9])
    for (const spread of [0, 1e-15, 1e-9, 1e-6]) {
      const half = (spread * Math.abs(middle)) / 2;
      const [low, high] = apart(middle - half, middle + half);
      assert.ok(low < middle && middle < high);
      const labels = ticks(low, high, 5).map(tickLabel);
      assert.equal(new Set(labels).size, labels.length, `${middle} ± ${half}: ${labels}`);
      assert.ok(labels.length >= 2);
    }
  for (const range of [
    [0, 0.001],
    [-2, 3],
    [5, 5.001],
    [-1e-12, 1e-12],
  ])
    assert.deepEqual(apart(range[0], range[1]), range);
});

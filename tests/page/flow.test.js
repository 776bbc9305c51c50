// The lab of flows without a page: what a pen makes of a target, and the net of other parameters.
import assert from "node:assert/strict";
import test from "node:test";
import { heights } from "../../www/labs/flow/charted.js";
import { gap, heightsOf, places, stroked, written } from "../../www/labs/flow/sketch.js";

const area = (all) => all.reduce((a, b) => a + b, 0) * gap;
const close = (a, b, by = 1e-12) => assert.ok(Math.abs(a - b) <= by, `${a}, not ${b}`);

test("a line is read at the hills, with area 1, whatever its order and scale", () => {
  const line = [
    [-1, 0],
    [0, 4],
    [1, 0],
  ];
  const all = heightsOf(line);
  close(area(all), 1);
  assert.equal(places[20], 0);
  close(all[20] / all[18], 2);
  assert.equal(all[16], 0);
  heightsOf(line.toReversed().map(([x, y]) => [x, 9 * y])).forEach((one, k) => close(one, all[k]));
  assert.deepEqual(
    heightsOf([]),
    places.map(() => 0),
  );
});

test("a stroke sets what it passes in either direction and nothing else, never below 0", () => {
  const flat = places.map(() => 0.1);
  const there = stroked(flat, [-1, 0], [1, 1]);
  assert.deepEqual(stroked(flat, [1, 1], [-1, 0]), there);
  there.forEach((one, k) => close(one, Math.abs(places[k]) > 1 ? 0.1 : (places[k] + 1) / 2));
  assert.equal(stroked(flat, [0.02, 0.3], [0.03, -2])[20], 0);
  assert.deepEqual(stroked(flat, [9, 1], [9, 1]).slice(0, -1), flat.slice(0, -1));
});

test("what is written is read back as it was, without what is nothing", () => {
  const drawn = stroked(
    places.map(() => 0),
    [-2.1, 0.2],
    [0.4, 0.6],
  );
  const line = written(drawn);
  assert.ok(line.length < 14 && line.length <= 64);
  const [again, whole] = [heightsOf(line), area(drawn)];
  again.forEach((one, k) => close(one, drawn[k] / whole, 0.01));
  assert.deepEqual(written(places.map(() => 0)), []);
});

test("the net of a chart stands where its parameter is a multiple of the unit", () => {
  for (const [power, there] of [
    [0, Math.log],
    [1, (y) => y - 1],
    [2, (y) => (y * y - 1) / 2],
    [-2, (y) => (1 - y ** -2) / 2],
  ]) {
    const all = heights(power, 0.2, 4.3, 0.5);
    assert.ok(all.length >= 2 && all.every((y) => y > 0 && y <= 4.3), `${power}: ${all}`);
    for (const y of all) close(Math.abs((2 * there(y)) % 1), Math.round(Math.abs((2 * there(y)) % 1)), 1e-9);
  }
  assert.ok(heights(0, -3, 3, 0.5).every((y) => y > 0));
});

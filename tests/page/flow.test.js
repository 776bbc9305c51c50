// The lab of flows without a page: what a pen makes of a target, and the net of other parameters.
import assert from "node:assert/strict";
import test from "node:test";
import { heights } from "../../www/labs/flow/charted.js";
import { csvText } from "../../www/ui/csv.js";
import { table } from "../../www/labs/flow/csv.js";
import { bottom, reading } from "../../www/labs/flow/fall.js";
import { spread } from "../../www/labs/flow/marginal.js";
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

const frame = (name, shape, data) => ({ name, shape, data: Float32Array.from(data) });

test("a cloud and a density on cells are spread along an axis by the same measure", () => {
  const [side, window] = [40, [-3, 3, -2, 2]];
  const place = (i) => [-3 + ((i % side) + 0.5) * 0.15, -2 + (Math.floor(i / side) + 0.5) * 0.1];
  const law = ([x, y]) => Math.exp(-(x * x + 4 * (y - 0.3) ** 2) / 0.5) / ((Math.PI * 0.5) / 2);
  const heap = Array.from({ length: side * side }, (_, i) => law(place(i)));
  const frames = {
    sheet: frame("sheet", [1, 5], [...window, -1]),
    heap1: frame("heap1", [side, side], heap),
    // As many grains in each cell as it has mass.
    cloud2: frame(
      "cloud2",
      [0, 2],
      heap.flatMap((q, i) =>
        Array(Math.round(q * 0.015 * 40_000))
          .fill(place(i))
          .flat(),
      ),
    ),
  };
  frames.cloud2.shape = [frames.cloud2.data.length / 2, 2];
  for (const [axis, from, to] of [
    [0, -3, 3],
    [1, -2, 2],
  ]) {
    const unit = (to - from) / 48;
    const mean = (all) => all.reduce((sum, q, k) => sum + q * unit * (from + (k + 0.5) * unit), 0);
    const [a, b] = [0, 1].map((lane) => spread(frames, lane, axis, from, to));
    for (const all of [a, b]) {
      close(
        all.reduce((sum, q) => sum + q * unit, 0),
        1,
        0.01,
      );
      close(mean(all), [0, 0.3][axis], 0.02);
    }
  }
});

test("what was read of lanes is read back, and becomes a table of as many states as were reached", () => {
  const rows = [0, 1].map((lane) =>
    Array.from({ length: 301 * 7 }, (_, i) => (i < 21 ? 100 * lane + i : Number.NaN)),
  );
  const read = frame("read", [2, 301, 7], rows.flat());
  assert.deepEqual(reading(read, 1, 2), {
    ...{ energy: 114, w2: 115, mass: 116, meanX: 117, meanY: 118, varianceX: 119, varianceY: 120 },
  });
  assert.equal(reading(read, 0, 3), null);
  assert.equal(reading(read, 2, 0), null);
  assert.equal(bottom(frame("sheet", [1, 5], [0, 1, 0, 1, Number.NaN])), null);
  assert.equal(bottom(frame("sheet", [1, 5], [0, 1, 0, 1, -2])), -2);
  const values = {
    part: "plane",
    geometry: "langevin",
    geometry2: "none",
    geometry3: "l2",
    geometry4: "none",
    h: 0.5,
  };
  const lines = csvText(table({ frames: { read }, experiment: { values } }))
    .trim()
    .split("\r\n");
  assert.equal(lines.length, 4);
  assert.match(lines[0], /^t,langevin F,.*,l2 F,.*l2 variance y$/);
  assert.match(lines[3], /^1,14,15,16,17,18,19,20,114,115,116,117,118,119,120$/);
});

// The drawing of points: areas and counts that geometry fixes, unit spread, and the views' own arithmetic.
import assert from "node:assert/strict";
import test from "node:test";
import { most, sprinkle, standardise, thin, wipe } from "../../www/ui/sprinkle.js";
import { fromInk, heart, smiley } from "../../www/ui/shapes.js";
import { moments, outside } from "../../www/labs/points/hero.js";
import { gridPlace, typicalLength } from "../../www/views/arrows.js";
import { isolines } from "../../www/views/contours.js";
import { smoothed } from "../../www/views/losses.js";
import { placing, reach } from "../../www/views/plane.js";
import { dotFor, splat } from "../../www/views/scatter.js";

/** Mulberry32: the same sprinkle in every run. */
function seeded(seed = 7) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const spread = (points) => {
  const n = points.length;
  const mean = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / n);
  return {
    mean,
    variance: points.reduce((sum, [x, y]) => sum + (x - mean[0]) ** 2 + (y - mean[1]) ** 2, 0) / (2 * n),
  };
};

test("a stroke sprinkles density times area, and stays under the can", () => {
  const points = sprinkle([0, 0], [3, 4], { radius: 0.2, density: 400 }, seeded());
  assert.ok(Math.abs(points.length - 400 * 2 * 0.2 * 5) <= 1);
  assert.equal(wipe(points, [0, 0], [3, 4], 0.2001).length, 0, "all lie within a radius of the stroke");
  const dot = sprinkle([1, 1], [1, 1], { radius: 0.3, density: 500 }, seeded());
  assert.ok(Math.abs(dot.length - 500 * Math.PI * 0.09) <= 1);
  assert.ok(dot.every(([x, y]) => Math.hypot(x - 1, y - 1) <= 0.3));
});

test("a wipe takes what it passes over and nothing else", () => {
  assert.deepEqual(
    wipe(
      [
        [0, 0],
        [1, 0.05],
        [1, 0.5],
        [3, 0],
      ],
      [0, 0],
      [2, 0],
      0.1,
    ),
    [
      [1, 0.5],
      [3, 0],
    ],
  );
});

test("thinning keeps at most the link's number, first to last", () => {
  const points = Array.from({ length: 100_000 }, (_, i) => [i, 0]);
  const kept = thin(points);
  assert.equal(kept.length, most);
  assert.ok(kept.at(-1)[0] > 99_900 && new Set(kept.map(([x]) => x)).size === most);
  assert.equal(thin(points.slice(0, 5)).length, 5);
});

test("a drawing is brought to mean zero and unit variance with its proportions kept; one point only moves", () => {
  const drawn = Array.from({ length: 500 }, (_, i) => [1 + 0.4 * Math.cos(i), 2 + 0.1 * Math.sin(i)]);
  const { mean, variance } = spread(standardise(drawn));
  assert.ok(Math.abs(mean[0]) < 1e-12 && Math.abs(mean[1]) < 1e-12 && Math.abs(variance - 1) < 1e-12);
  const wide = (points) => Math.max(...points.map(([x]) => x)) - Math.min(...points.map(([x]) => x));
  const high = (points) => wide(points.map(([x, y]) => [y, x]));
  assert.ok(Math.abs(wide(standardise(drawn)) / high(standardise(drawn)) - wide(drawn) / high(drawn)) < 1e-9);
  assert.deepEqual(standardise([[2, -1]]), [[0, 0]]);
  assert.deepEqual(standardise([]), []);
  const far = standardise([...Array(4000).fill([0, 0]), [1, 0]]);
  assert.ok(
    far.every((point) => point.every((value) => Math.abs(value) <= 3.9)),
    "nothing leaves what a link can hold",
  );
});

test("the ready-made drawings fit the plane and the link, left and right alike", () => {
  for (const points of [smiley(), heart()]) {
    assert.ok(points.length > 1000 && points.length <= most);
    assert.ok(points.flat().every((value) => Math.abs(value) < reach - 0.5));
    assert.ok(Math.abs(spread(points).mean[0]) < 0.02);
  }
  assert.ok(
    smiley().some(([x, y]) => Math.hypot(x - 0.68, y - 0.62) < 0.2),
    "it has eyes",
  );
});

test("points from ink lie on the ink, evenly, in the middle and the right way up", () => {
  const [width, height] = [40, 20];
  const data = new Uint8ClampedArray(4 * width * height);
  // an L: a stem on the left, a foot at the bottom
  const inked = (x, y) => (x >= 10 && x < 14 && y >= 2) || (x >= 10 && x < 26 && y >= 16);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (inked(x, y)) data[4 * (y * width + x) + 3] = 255;
  const points = fromInk({ data, width, height }, 2000);
  const scale = 4 / 18;
  assert.equal(points.length, 2000);
  assert.ok(points.every(([x, y]) => inked(Math.floor(x / scale + 18), Math.floor(11 - y / scale))));
  const stem = points.filter(([, y]) => y > -5 * scale).length / 2000;
  assert.ok(Math.abs(stem - 56 / 120) < 0.03, `the stem has ${stem} of them`);
  assert.deepEqual(fromInk({ data: new Uint8ClampedArray(400), width: 10, height: 10 }, 50), []);
});

test("the plane maps to the canvas and back, with up above", () => {
  const { x, y, back } = placing(600);
  assert.deepEqual([x(-reach), x(reach), y(reach), y(-reach)], [0, 600, 0, 600]);
  const [u, v] = back(x(1.25), y(-0.5));
  assert.ok(Math.abs(u - 1.25) < 1e-12 && Math.abs(v + 0.5) < 1e-12);
});

test("a dot covers the area of its disc wherever it lies, and a dot outside nothing", () => {
  for (const [cx, cy] of [
    [20, 20],
    [20.5, 20.25],
    [31.9, 12.1],
  ]) {
    const coverage = new Float32Array(40 * 40);
    splat(coverage, 40, [cx, cy], 4);
    const area = coverage.reduce((sum, share) => sum + share, 0);
    // The rim's ramp is one pixel wide: its area is right to second order in 1/r.
    assert.ok(Math.abs(area / (Math.PI * 16) - 1) < 0.03, `area ${area} at ${cx}, ${cy}`);
  }
  const empty = new Float32Array(100);
  splat(empty, 10, [-50, 5, 5, 400, NaN, 1], 2);
  assert.ok(empty.every((share) => share === 0));
});

test("many dots are small and thin, few are large and dark", () => {
  const [few, many] = [dotFor(100), dotFor(100_000)];
  assert.ok(few.radius > 2 * many.radius && few.opacity > 5 * many.opacity);
});

test("a level line of a cone is a circle", () => {
  const count = 61;
  const values = Array.from(
    { length: count * count },
    (_, i) => -Math.hypot(gridPlace(i % count, count), gridPlace(Math.floor(i / count), count)),
  );
  const segments = isolines(values, count, -2);
  assert.ok(segments.length > 40);
  let length = 0;
  for (const [a, b, c, d] of segments) {
    const ends = [
      [a, b],
      [c, d],
    ].map(([column, row]) => [gridPlace(column, count), gridPlace(row, count)]);
    for (const [x, y] of ends) assert.ok(Math.abs(Math.hypot(x, y) - 2) < 0.005);
    length += Math.hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]);
  }
  // A closed polygon inscribed in the circle, none of its sides missing or double.
  assert.ok(Math.abs(length / (4 * Math.PI) - 1) < 0.01, `its length is ${length}`);
});

test("arrows are measured by their median; values that are none do not count", () => {
  assert.equal(typicalLength([3, 4, 0, 1, NaN, 0, 0, 200]), 5);
  assert.equal(typicalLength([]), 1);
});

test("the smoothed loss stays between the extremes, follows a fall and ignores one spike late", () => {
  const each = Array.from({ length: 400 }, (_, i) => 0.3 + Math.exp(-i / 40));
  const calm = smoothed(each);
  assert.ok(calm.every((value, i) => value <= 1.3 && (i === 0 || value <= calm[i - 1] + 1e-12)));
  assert.ok(calm.at(-1) < 0.32);
  assert.ok(smoothed(each.with(399, 5)).at(-1) - calm.at(-1) < 0.2);
});

test("what is said of a cloud: mean, spread, how many are not to be seen", () => {
  const { mean, spread } = moments([1, 0, 3, 0, 1, 4, 3, 4]);
  assert.deepEqual(
    [mean, spread],
    [
      [2, 2],
      [1, 2],
    ],
  );
  assert.equal(outside([0, 0, 3, -3, 3.01, 0, 0, -9, NaN, 0]), 3);
});

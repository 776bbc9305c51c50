// The ant's page: where places lie, what a hand does to them, what a formula and a table look like.
import assert from "node:assert/strict";
import test from "node:test";
import { dab } from "../../www/labs/riemann/brush.js";
import { csvText } from "../../www/ui/csv.js";
import { table } from "../../www/labs/riemann/csv.js";
import { step, typical } from "../../www/labs/riemann/ground.js";
import { createHand } from "../../www/labs/riemann/hand.js";
import { rowsOf } from "../../www/labs/riemann/marks.js";
import { aspect, direction, headingOf, placing } from "../../www/labs/riemann/place.js";
import { box, camera, under } from "../../www/labs/riemann/space.js";
import { pretty } from "../../www/labs/riemann/symbols.js";

const near = (a, b, gap = 1e-9) =>
  a.forEach((x, i) => assert.ok(Math.abs(x - b[i]) <= gap, `${a} is not ${b}`));

test("the chart and back is the same place, turned or not, and up is up", () => {
  for (const turned of [false, true]) {
    const place = placing([0, 2, -3, 3], turned, 400, 300);
    for (const [u, v] of [
      [0.5, -1],
      [1.9, 2.5],
    ])
      near(place.back(...place.at(u, v)), [u, v]);
  }
  assert.ok(placing([0, 1, 0, 1], false, 10, 10).at(0, 1)[1] === 0);
  // A map has its pole at the top and its second coordinate to the right.
  near(placing([0, Math.PI, -1, 1], true, 100, 100).at(0, 1), [100, 0]);
  assert.equal(aspect([0, 3, -9, 9], true), 1.6);
  assert.equal(aspect([-1, 1, -1, 1], false), 1);
});

test("a heading is an angle of the metric, and its direction has length one", () => {
  const metric = [2, 0.4, 0.7];
  for (const angle of [0, 0.7, 2.9, -1.3]) {
    const [du, dv] = direction(angle, metric);
    const [e, f, g] = metric;
    near([e * du * du + 2 * f * du * dv + g * dv * dv], [1]);
    near([headingOf([3 * du, 3 * dv], metric)], [angle]);
  }
});

test("dabs grow hotter where they lie, vanish at nothing, and are not too many", () => {
  const one = dab([], [0, 0], 0.25);
  assert.deepEqual(dab(one, [0.05, 0], 0.25), [[0, 0, 0.5]]);
  assert.deepEqual(dab(one, [0.05, 0], -0.25), []);
  assert.equal(dab(one, [1, 1], 0.25).length, 2);
  const many = Array.from({ length: 96 }, (_, i) => [i, 0, 1]);
  assert.equal(dab(many, [0, 9], 0.25), many);
  assert.equal(dab([[0, 0, 1.9]], [0, 0], 0.25)[0][2], 2);
});

test("what is under a pointer on a globe is the near side, to a pixel", () => {
  const [n, chart] = [49, [0, Math.PI, -Math.PI, Math.PI]];
  const data = new Float32Array(3 * n * n);
  const at = (u, v) => [Math.sin(u) * Math.cos(v), Math.sin(u) * Math.sin(v), Math.cos(u)];
  for (let row = 0; row < n; row++)
    for (let column = 0; column < n; column++)
      data.set(
        at((Math.PI * column) / (n - 1), -Math.PI + (2 * Math.PI * row) / (n - 1)),
        3 * (row * n + column),
      );
  const surface = { name: "surface", shape: [n, n, 3], data };
  const { middle, reach } = box(data);
  near(middle, [0, 0, 0], 1e-6);
  near([reach], [1], 1e-6);
  const look = camera({ yaw: -0.6, pitch: 0.55 }, { middle, reach }, 300, 300);
  let hits = 0;
  for (const [u, v] of [
    [1.2, 0.1],
    [0.7, -1.2],
    [1.8, -2.2],
    [1.4, 2.5],
    [1.1, 1.3],
  ]) {
    const [x, y, depth] = look(...at(u, v));
    if (depth > -0.35) continue;
    hits++;
    const found = under(surface, chart, look, x, y);
    const [a, b] = look(...at(...found));
    assert.ok(Math.hypot(a - x, b - y) < 1.5, `${found} for ${[u, v]}`);
    assert.ok(Math.abs(found[0] - u) < 0.05, `${found} for ${[u, v]}`);
  }
  assert.ok(hits >= 1);
  assert.equal(under(surface, chart, look, 2, 2), null);
});

test("formulas are written as people write them", () => {
  assert.equal(pretty("-sin u cos u", ["θ", "φ"]), "−sin θ cos θ");
  assert.equal(pretty("u/(2(u^2+v^2))", ["x", "y"]), "x/(2(x²+y²))");
  assert.equal(pretty("1/(sinh u cosh u)", ["t", "φ"]), "1/(sinh t cosh t)");
  assert.equal(pretty("energy sqrt(u^2)", ["x", "y"]), "ℰ √(x²)");
});

test("steps of an axis are round, and one hot spot does not bleach a map", () => {
  near([6, 1, 3.1, 0.02].map(step), [1, 0.2, 0.5, 0.002]);
  assert.ok(typical([...Array(99).fill(1), 1e9, Number.NaN]) === 1);
});

test("a table has a head, a row a place, and nothing where there is no space", () => {
  const data = Float32Array.of(1, 2, Number.NaN, Number.NaN, Number.NaN, 0.5, 1, 0);
  assert.equal(
    csvText(table({ name: "path", shape: [1, 8], data }, ["θ", "φ"])),
    "θ,φ,x,y,z,j,left_u,left_v\r\n1,2,,,,0.5,1,0",
  );
  assert.equal(rowsOf({ name: "", shape: [0, 5], data: new Float32Array() }).length, 0);
});

/** A player whose answers come when they are asked for. */
function player() {
  const acts = [];
  const waiting = [];
  const state = {
    status: {},
    experiment: { values: { tool: "loop", u: 1 }, loop: [] },
    wanted: null,
    frames: {},
    pulls: 1,
  };
  return {
    state,
    acts,
    answer: () => waiting.shift()?.(),
    act: (selection) => (acts.push(selection), new Promise((resolve) => waiting.push(resolve))),
    look: async (names) => Object.fromEntries(names.map((name) => [name, { name }])),
  };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

test("a hand asks one thing at a time, the newest next, and the link learns of it when it lets go", async () => {
  const fake = player();
  const told = [];
  const hand = createHand(
    fake,
    () => {},
    async (values, more) => told.push([values, more]),
  );
  hand.drag({ u: 1.1 });
  hand.drag({ u: 1.2 });
  hand.drag({ u: 1.3, loop: [[0, 0]] });
  assert.deepEqual([fake.acts.length, hand.value("u")], [1, 1.3]);
  fake.answer();
  await turn();
  assert.deepEqual(fake.acts[1], { u: 1.3, loop: [[0, 0]] });
  fake.answer();
  await turn();
  assert.equal(fake.acts.length, 2);
  await hand.drop({ u: 1.4 });
  assert.deepEqual(told, [[{ u: 1.4 }, { loop: [[0, 0]] }]]);
  assert.equal(hand.value("u"), 1);
  hand.drag({ u: 9 });
  hand.forget();
  assert.equal(hand.value("u"), 1);
});

test("a hand fetches what the tool is drawn from, once for each state", async () => {
  const fake = player();
  let asked = 0;
  const look = fake.look;
  fake.look = (names) => (asked++, look(names));
  const hand = createHand(
    fake,
    () => {},
    async () => {},
  );
  hand.frames();
  hand.frames();
  await turn();
  assert.deepEqual([asked, Object.keys(hand.frames())], [1, ["round"]]);
  fake.state.pulls = 2;
  hand.frames();
  await turn();
  assert.equal(asked, 2);
});

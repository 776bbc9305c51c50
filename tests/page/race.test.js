// What the race's frames say: budgets, winners, gaps; lanes that come and go.
import assert from "node:assert/strict";
import test from "node:test";
import { budgetsTo, finished, lanesOf, reigns, standings, withLane } from "../../www/ui/standings.js";

/** [lanes, budgets, 2] */
const race = (rows) => ({
  name: "race",
  shape: [rows.length, rows[0].length, 2],
  data: Float32Array.from(rows.flat(2)),
});

test("each budget has its qualities, and a winner once all lanes are there", () => {
  const board = standings(
    race([
      [
        [4, 0.5],
        [10, 0.25],
        [-1, -1],
      ],
      [
        [4, 0.75],
        [9, 0.125],
        [19, 0.0625],
      ],
    ]),
    [4, 10, 20],
  );
  assert.deepEqual(board, [
    { budget: 4, qualities: [0.5, 0.75], best: 0, leaders: [0] },
    { budget: 10, qualities: [0.25, 0.125], best: 1, leaders: [1] },
    { budget: 20, qualities: [null, 0.0625], best: null, leaders: [] },
  ]);
  assert.equal(finished(board).length, 2);
});

test("a quality of zero is a result; a lane that ran away never wins", () => {
  assert.equal(standings(race([[[4, 0]], [[4, 0.5]]]), [4])[0].best, 0);
  assert.equal(standings(race([[[4, Infinity]], [[4, 0.5]]]), [4])[0].best, 1);
  assert.deepEqual(
    standings(race([[[4, 0.505]], [[4, 0.5]], [[4, 0.52]]]), [4], {
      name: "race_level",
      shape: [3, 1],
      data: Float32Array.from([1, 1, 0]),
    })[0].leaders,
    [0, 1],
    "the engine knows what a lead is",
  );
  assert.equal(standings(race([[[4, Infinity]], [[4, Infinity]]]), [4])[0].best, null);
});

test("budgets rise to the largest, which is raced whatever it is", () => {
  assert.deepEqual(budgetsTo(4), [4]);
  assert.deepEqual(budgetsTo(13), [4, 6, 8, 10, 13]);
  assert.deepEqual(budgetsTo(50), [4, 6, 8, 10, 15, 20, 30, 50]);
});

test("neighbouring budgets of one winner are told together", () => {
  const board = [4, 6, 8, 10, 15].map((budget, i) => ({
    budget,
    qualities: [],
    best: [0, 0, 1, 0, null][i],
    leaders: [[0], [0], [0, 1], [0], []][i],
  }));
  assert.deepEqual(reigns(board), [
    { from: 4, to: 6, leaders: [0] },
    { from: 8, to: 8, leaders: [0, 1] },
    { from: 10, to: 10, leaders: [0] },
  ]);
});

test("a lane that leaves closes the gap, a new one comes last", () => {
  const values = { lane1: "ddim", lane2: "none", lane3: "heun", lane4: "ddpm", lane5: "none", lane6: "none" };
  assert.deepEqual(lanesOf(values), ["ddim", "heun", "ddpm"]);
  assert.deepEqual(withLane(lanesOf(values), 1, "none"), {
    lane1: "ddim",
    lane2: "ddpm",
    lane3: "none",
    lane4: "none",
    lane5: "none",
    lane6: "none",
  });
  assert.deepEqual(lanesOf(withLane(["ddim", "heun"], 2, "deis")), ["ddim", "heun", "deis"]);
});

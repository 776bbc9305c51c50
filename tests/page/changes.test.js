// Undo and redo: back and forth through the experiments, a drag is one change, a new change ends the redo.
import assert from "node:assert/strict";
import test from "node:test";
import { createChanges } from "../../www/ui/changes.js";

const step = (/** @type {number} */ seed) => /** @type {any} */ ({ lab: "ddpm", values: { seed } });

test("back and forth again", () => {
  let now = 0;
  const history = createChanges(() => (now += 1000));
  history.add(step(1), "seed");
  history.add(step(2), "seed");
  assert.equal(history.undo(step(3))?.values.seed, 2);
  assert.equal(history.undo(step(2))?.values.seed, 1);
  assert.equal(history.undo(step(1)), null);
  assert.equal(history.redo(step(1))?.values.seed, 2);
  assert.equal(history.redo(step(2))?.values.seed, 3);
  assert.equal(history.redo(step(3)), null);
});

test("a slider that is dragged is one change; another control is another", () => {
  let now = 0;
  const history = createChanges(() => now);
  for (now of [0, 100, 200, 300]) history.add(step(now), "guidance");
  now = 350;
  history.add(step(350), "steps");
  assert.equal(history.undo(step(400))?.values.seed, 350);
  assert.equal(history.undo(step(350))?.values.seed, 0);
  assert.equal(history.canUndo(), false);
});

test("a new change ends what could be redone", () => {
  const history = createChanges(() => 0);
  history.add(step(1), "a");
  history.undo(step(2));
  assert.equal(history.canRedo(), true);
  history.add(step(1), "b");
  assert.equal(history.canRedo(), false);
});

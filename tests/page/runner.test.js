// The runner of a task against a fake player: frames are asked for once a place, also those that cannot be had.
import assert from "node:assert/strict";
import test from "node:test";
import { createRunner } from "../../www/ui/runner.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Draws whenever something changes, as a lab does. */
function desk(look) {
  const state = { experiment: {}, opened: 1, status: { tasks: { race: { done: 0, total: 9 } } } };
  let asked = 0;
  const player = { state, look: async () => (asked++, look()), idle: () => {} };
  const draw = () => runner.seen(state.status.tasks.race);
  const runner = createRunner({ player, task: "race", look: ["race"], onchange: draw });
  return { state, draw, asked: () => asked };
}

for (const [what, look] of [
  ["have come", () => ({ race: { name: "race" } })],
  ["could not be had", () => null],
]) {
  test(`frames that ${what} are not asked for again until the task has gone on`, async () => {
    const { state, draw, asked } = desk(look);
    for (let i = 0; i < 5; i++) {
      draw();
      await turn();
    }
    assert.equal(asked(), 1);
    state.status = { tasks: { race: { done: 1, total: 9 } } };
    draw();
    await turn();
    assert.equal(asked(), 2);
  });
}

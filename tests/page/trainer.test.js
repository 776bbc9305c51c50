// The training loop against a fake session: bites fit the engine, a change waits, a stumble stops, a link's end is an end.
import assert from "node:assert/strict";
import test from "node:test";
import { createTrainer } from "../../www/ui/trainer.js";

/** A session that makes `speed` steps a second on a clock of its own. */
function site({ speed = 100, failAt = Infinity, most = 20_000 } = {}) {
  let time = 0;
  const log = { pulls: [], prepared: 0, refreshed: 0, rested: 0, kept: 0 };
  const state = { status: { tasks: { train: { done: 0, total: 0 } } }, problem: null };
  const player = {
    state,
    async work(task, n) {
      assert.equal(task, "train");
      time += (1000 * n) / speed;
      log.pulls.push(n);
      await null;
      if (state.status.tasks.train.done + n > failAt) throw new Error("the loss is not finite");
      state.status = { tasks: { train: { done: state.status.tasks.train.done + n, total: 0 } } };
      return state.status;
    },
  };
  const trainer = createTrainer({
    player,
    emit() {},
    prepare: async () => void log.prepared++,
    refresh: async () => void (log.refreshed++, (time += 200)),
    keep: async (resting) => (resting ? log.rested++ : log.kept++),
    good: () => 3000,
    most: () => most,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => time,
  });
  return { trainer, log, state, time: () => time };
}
const until = async (ready) => {
  for (let i = 0; i < 5000 && !ready(); i++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(ready(), "it came");
};

test("a few steps are exactly as many, prepared before and shown after", async () => {
  const { trainer, log, state } = site();
  await trainer.few(10);
  await until(() => log.rested === 1);
  assert.equal(state.status.tasks.train.done, 10);
  assert.equal(log.prepared, 1);
  assert.ok(log.refreshed >= 1);
  assert.equal(trainer.running(), false);
});

for (const speed of [8, 90, 1500]) {
  test(`at ${speed} steps a second a pull stays near a tenth of a second, and looking takes a third of the time at most`, async () => {
    const { trainer, log, time } = site({ speed });
    trainer.start();
    await until(() => time() > 9_000);
    trainer.stop();
    const late = log.pulls.slice(8, -1);
    assert.ok(
      late.every((n) => n === 1 || (1000 * n) / speed <= 100),
      `pulls of ${Math.max(...late)}`,
    );
    assert.ok((200 * log.refreshed) / time() < 0.4 && log.refreshed > 3);
    assert.ok(Math.abs(trainer.rate() / speed - 1) < 0.05, `rate ${trainer.rate()}`);
  });
}

test("a change waits for the pull under way, and nothing is pulled until it is over", async () => {
  const { trainer, log, state } = site();
  trainer.start();
  await until(() => log.pulls.length > 3);
  const release = await trainer.hold();
  const done = state.status.tasks.train.done;
  const pulls = log.pulls.length;
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(log.pulls.length, pulls);
  assert.equal(state.status.tasks.train.done, done);
  release();
  await until(() => log.pulls.length > pulls + 3);
  trainer.stop();
});

test("what the engine refuses stops the training and is kept to be told, until the next start", async () => {
  const { trainer, log } = site({ failAt: 40 });
  trainer.start();
  await until(() => log.rested === 1);
  assert.match(trainer.problem()?.message ?? "", /not finite/);
  assert.equal(trainer.running(), false);
  const again = trainer.few(1);
  assert.equal(trainer.problem(), null);
  await again;
});

test("training ends where links end", async () => {
  const { trainer, log, state } = site({ speed: 1500, most: 57 });
  trainer.start();
  await until(() => log.rested === 1);
  assert.equal(state.status.tasks.train.done, 57);
});

test("what was learned in a session that has left is not remembered of the one that came", async () => {
  const { trainer, log } = site();
  trainer.start();
  await until(() => log.pulls.length > 3);
  trainer.stop();
  trainer.drop();
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(log.rested, 0);
});

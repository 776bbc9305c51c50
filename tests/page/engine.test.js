// The promise client against a fake worker, and sessions against fake engines.
import assert from "node:assert/strict";
import test from "node:test";
import { createEngine, startEngine } from "../../www/engine/engine.js";
import { createSessions } from "../../www/engine/sessions.js";

const fakeWorker = (answer) => {
  const worker = {
    asked: [],
    onmessage: null,
    postMessage(message) {
      worker.asked.push(message);
      queueMicrotask(() => worker.onmessage({ data: { id: message.id, ...answer(message) } }));
    },
  };
  return worker;
};

test("each verb is one message and one answer, in the order asked", async () => {
  const worker = fakeWorker(({ verb, args }) => ({
    value: verb === "open" ? { id: 5, status: { at: 0 } } : [verb, args],
  }));
  const engine = createEngine(worker);
  const session = await engine.open({ lab: "ddpm" });
  assert.equal(session.status.at, 0);
  const want = { frames: ["x"], readouts: true };
  const nothing = { frames: [], readouts: false };
  const answers = await Promise.all([session.step(3, want), session.seek(1), session.look(want)]);
  assert.deepEqual(answers, [
    ["step", [5, 3, want]],
    ["seek", [5, 1, nothing]],
    ["look", [5, want]],
  ]);
  assert.deepEqual(
    worker.asked.map(({ verb }) => verb),
    ["open", "step", "seek", "look"],
  );
  assert.equal(new Set(worker.asked.map(({ id }) => id)).size, 4);
});

test("answers find their questions out of order, too", async () => {
  const worker = { onmessage: null, postMessage() {} };
  const engine = createEngine(worker);
  const [schema, parsed] = [engine.schema(), engine.parse("#")];
  worker.onmessage({ data: { id: 2, value: "second" } });
  worker.onmessage({ data: { id: 1, value: "first" } });
  assert.deepEqual([await schema, await parsed], ["first", "second"]);
});

test("an error crosses with its name and sentence, and a dead worker rejects whoever waits", async () => {
  const engine = createEngine(
    fakeWorker(() => ({ error: { name: "Unreachable", message: "models/digits.safetensors" } })),
  );
  await assert.rejects(engine.schema(), { name: "Unreachable", message: "models/digits.safetensors" });
  const dying = { onmessage: null, onerror: null, postMessage() {} };
  const waiting = createEngine(dying).schema();
  dying.onmessage({ data: { progress: { file: "pkg/core/chailou_bg.wasm", loaded: 1, total: 2 } } });
  dying.onerror({ message: "out of memory" });
  await assert.rejects(waiting, { name: "WorkerError", message: "out of memory" });
});

test("a worker that never started rejects whoever asks, before and after it was known", async () => {
  const worker = { onmessage: null, onerror: null, postMessage() {} };
  const engine = createEngine(worker);
  const before = engine.schema();
  worker.onerror({});
  const error = { name: "NotStarted", message: "engine/worker.js" };
  await assert.rejects(before, error);
  await assert.rejects(engine.parse("seed=7"), error);
  // A frame without an origin of its own refuses at once.
  const Before = globalThis.Worker;
  globalThis.Worker = class {
    constructor() {
      throw new Error("cannot be accessed from origin null");
    }
  };
  try {
    await assert.rejects(startEngine().schema(), { name: "NotStarted", message: /origin null/ });
  } finally {
    globalThis.Worker = Before;
  }
});

test("progress and notices reach their listeners and answer no call", () => {
  const worker = { onmessage: null, postMessage() {} };
  const engine = createEngine(worker);
  const heard = [];
  engine.onprogress((progress) => heard.push(progress.loaded));
  const stop = engine.onnotice(({ key }) => heard.push(key));
  worker.onmessage({ data: { progress: { file: "a", loaded: 7, total: 9 } } });
  worker.onmessage({ data: { notice: { key: "why.lost", level: "warning" } } });
  stop();
  worker.onmessage({ data: { notice: { key: "why.none", level: "quiet" } } });
  assert.deepEqual(heard, [7, "why.lost"]);
});

/** An engine that only counts. */
const fakeEngine = (device, log, { adopts = true, name = device } = {}) => ({
  device,
  module: {
    model: () => "digits",
    async open(experiment) {
      const own = { at: 0, computed: 0, trained: 0, told: experiment.seed };
      const status = () => ({
        at: own.at,
        length: 99,
        computed: own.computed,
        calls: 2 * own.computed,
        device,
        tasks: { train: { done: own.trained, total: 0 } },
      });
      const answer = () => ({ status: status(), frames: [], readouts: null });
      return {
        status: async () => status(),
        step: async (n) => ((own.at += n), (own.computed += n), answer()),
        seek: async (k) => (log.push(`${name} seek ${k}`), (own.at = k), answer()),
        work: async (task, n) => (log.push(`${name} ${task} ${n}`), (own.trained += n), answer()),
        select: async ({ select }) => (log.push(`${name} select ${select}`), answer()),
        snapshot: () => ({ ...own }),
        reuse: async (other) => log.push(`${own.told} reuses ${other.snapshot().told}`),
        adopt: async (bytes) => {
          if (!adopts) throw new Error("no");
          log.push(`${name} adopts ${bytes.at}`);
          Object.assign(own, bytes);
        },
        free: () => log.push(`${name} freed ${experiment.seed}`),
      };
    },
  },
});
const noWeights = async () => new Uint8Array();

test("an engine change keeps step and selection, and frees the old engine only when it is whole", async () => {
  const log = [];
  const sessions = createSessions(noWeights);
  const { id } = await sessions.open(fakeEngine("cpu", log), { seed: "a" }, false);
  await sessions.pull("step", id, 12);
  await sessions.select(id, { select: 3 });
  log.length = 0;
  const change = await sessions.prepare(fakeEngine("webgpu", log));
  assert.equal((await sessions.playground(id).status()).device, "cpu", "nothing has moved yet");
  assert.equal(change.commit(), true);
  assert.deepEqual(log, ["webgpu adopts 12", "webgpu seek 12", "webgpu select 3", "cpu freed a"]);
  assert.equal((await sessions.playground(id).status()).device, "webgpu");
});

test("what cannot be handed over starts again, and that is said", async () => {
  const log = [];
  const sessions = createSessions(noWeights);
  const { id } = await sessions.open(fakeEngine("webgpu", log), { seed: "a" }, false);
  await sessions.pull("work", id, "train", 30);
  await sessions.pull("step", id, 4);
  const change = await sessions.prepare(fakeEngine("cpu", log, { adopts: false }));
  assert.equal(change.commit(), false, "it is not whole");
  const { at, tasks } = await sessions.playground(id).status();
  // Nothing long was done behind the page's back: catching up is pulled by the page, which shows it.
  assert.deepEqual([at, tasks.train.done], [0, 0]);
  assert.ok(!log.some((line) => line.startsWith("cpu train")));
});

test("a change that fails, or comes too late, leaves every session where it was", async () => {
  const log = [];
  const sessions = createSessions(noWeights);
  const { id } = await sessions.open(fakeEngine("cpu", log), { seed: "a" }, false);
  const refuses = {
    device: "webgpu",
    module: { model: () => "digits", open: () => Promise.reject(new Error("no adapter")) },
  };
  await assert.rejects(sessions.prepare(refuses));
  (await sessions.prepare(fakeEngine("webgpu", log))).discard();
  assert.equal((await sessions.playground(id).status()).device, "cpu");
  assert.deepEqual(
    log.filter((line) => line.includes("freed")),
    ["webgpu freed a"],
  );
});

test("a session that needs no networks stays where it is", async () => {
  const log = [];
  const sessions = createSessions(noWeights);
  const { id } = await sessions.open(fakeEngine("core", log), { seed: "a" }, true);
  (await sessions.prepare(fakeEngine("cpu", log))).commit();
  assert.equal((await sessions.playground(id).status()).device, "core");
});

test("the time of a step is the median over steps made, not over pulls; steps that ask no network are no measure", async () => {
  for (const [calls, expected] of [
    [2, 3],
    [0, null],
  ]) {
    let clock = 0;
    const engine = fakeEngine("cpu", []);
    const open = engine.module.open;
    engine.module.open = async (experiment) => {
      const playground = await open(experiment);
      const counted = ({ status, ...rest }) => ({
        ...rest,
        status: { ...status, calls: calls * status.computed },
      });
      return { ...playground, step: async (n) => counted(await playground.step(n)) };
    };
    const sessions = createSessions(noWeights, () => (clock += 30));
    const { id, status } = await sessions.open(engine, { seed: "a" }, false);
    assert.equal(status.step_ms, null);
    assert.equal((await sessions.pull("step", id, 10)).status.step_ms, expected);
  }
});

test("a closed session is gone", async () => {
  const sessions = createSessions(noWeights);
  const { id } = await sessions.open(fakeEngine("cpu", []), { seed: "a" }, false);
  sessions.close(id);
  assert.throws(() => sessions.playground(id), /no session/);
  assert.equal(sessions.count(), 0);
});

test("a session reuses the one on the stage, also when an opening in between was given up", async () => {
  const log = [];
  const engine = fakeEngine("cpu", log);
  const sessions = createSessions(noWeights);
  await sessions.open(engine, { lab: "points", seed: "first" }, false);
  const { id } = await sessions.open(engine, { lab: "points", seed: "second" }, false);
  sessions.close(id);
  await sessions.open(engine, { lab: "points", seed: "third" }, false);
  await sessions.open(engine, { lab: "ddpm", seed: "other" }, false);
  assert.deepEqual(
    log.filter((line) => line.includes("reuses")),
    ["second reuses first", "third reuses first"],
  );
});

// The promise client against a fake worker, and the house of sessions against fake engines.
import assert from "node:assert/strict";
import test from "node:test";
import { createEngine } from "../../www/engine/engine.js";
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
    ["act", [5, {}, want]],
  ]);
  assert.deepEqual(
    worker.asked.map(({ verb }) => verb),
    ["open", "step", "seek", "act"],
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
  const dead = { onmessage: null, onerror: null, postMessage() {} };
  const waiting = createEngine(dead).schema();
  dead.onerror({ message: "no such file" });
  await assert.rejects(waiting, { name: "WorkerError", message: "no such file" });
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
const fakeModule = (device, log, { adopts = true } = {}) => ({
  model: () => "digits",
  async open(experiment) {
    const own = { at: 0, selected: 0, calls: 0 };
    const status = () => ({
      at: own.at,
      computed: own.calls,
      calls: 2 * own.calls,
      phase: "rebuild",
      device,
    });
    return {
      status: async () => status(),
      step: async (n) => ((own.at += n), (own.calls += n), status()),
      seek: async (k) => (log.push(`${device} seek ${k}`), (own.at = k), status()),
      act: async ({ select }) => ((own.selected = select), log.push(`${device} select ${select}`), status()),
      snapshot: async () => own.at,
      estate: async () => undefined,
      adopt: async (bytes) => {
        if (!adopts) throw new Error("no");
        log.push(`${device} adopts ${bytes}`);
      },
      free: () => log.push(`${device} freed ${experiment.name}`),
    };
  },
});

test("an engine change keeps step and selection, and frees the old engine only afterwards", async () => {
  const log = [];
  const sessions = createSessions(async () => new Uint8Array());
  const { id } = await sessions.open(fakeModule("cpu", log), { name: "a" });
  await sessions.pull("step", id, 12);
  await sessions.act(id, { select: 3 });
  log.length = 0;
  await sessions.move(fakeModule("webgpu", log));
  assert.deepEqual(log, ["webgpu adopts 12", "webgpu seek 12", "webgpu select 3", "cpu freed a"]);
  assert.equal((await sessions.find(id).status()).device, "webgpu");
});

test("a trajectory that cannot be handed over is walked again", async () => {
  const log = [];
  const sessions = createSessions(async () => new Uint8Array());
  const { id } = await sessions.open(fakeModule("webgpu", log), { name: "a" });
  await sessions.pull("step", id, 4);
  await sessions.move(fakeModule("cpu", log, { adopts: false }));
  assert.equal((await sessions.find(id).status()).at, 4);
});

test("a failed move leaves every session where it was", async () => {
  const log = [];
  const sessions = createSessions(async () => new Uint8Array());
  const { id } = await sessions.open(fakeModule("cpu", log), { name: "a" });
  await assert.rejects(
    sessions.move({
      model: () => "digits",
      open: async () => {
        throw new Error("no adapter");
      },
    }),
  );
  assert.equal((await sessions.find(id).status()).device, "cpu");
  assert.ok(!log.some((line) => line.includes("freed")));
});

test("a dead engine is asked for nothing that could hang", async () => {
  const log = [];
  const sessions = createSessions(async () => new Uint8Array());
  const { id } = await sessions.open(fakeModule("webgpu", log), { name: "a" });
  await sessions.pull("step", id, 4);
  const never = () => new Promise(() => {});
  Object.assign(sessions.find(id), {
    status: never,
    snapshot: never,
    free: () => log.push("freed the dead"),
  });
  await sessions.move(fakeModule("cpu", log), { dead: true });
  assert.equal((await sessions.find(id).status()).at, 4);
  assert.ok(!log.includes("freed the dead"));
});

test("the time of a step is the median over steps made, not over pulls", async () => {
  let clock = 0;
  const log = [];
  const sessions = createSessions(
    async () => new Uint8Array(),
    () => (clock += 30),
  );
  const { id, status } = await sessions.open(fakeModule("cpu", log), { name: "a" });
  assert.equal(status.step_ms, null);
  assert.equal((await sessions.pull("step", id, 10)).step_ms, 3);
});

test("steps that write are timed as steps that build; those that demolish are not", async () => {
  const times = {};
  for (const phase of ["write", "demolish"]) {
    let clock = 0;
    const own = { at: 0, computed: 0, phase, device: "cpu" };
    const module = {
      model: () => null,
      open: async () => ({
        status: async () => own,
        step: async (n) => ({ ...own, at: n, computed: n }),
        estate: async () => undefined,
        free: () => {},
      }),
    };
    const sessions = createSessions(
      async () => new Uint8Array(),
      () => (clock += 30),
    );
    const { id } = await sessions.open(module, { lab: "a" });
    times[phase] = (await sessions.pull("step", id, 10)).step_ms;
  }
  assert.deepEqual(times, { write: 3, demolish: null });
});

test("a rehearsal makes one step of the same experiment, without the half that asks no network", async () => {
  const opened = [];
  const sessions = createSessions(async () => new Uint8Array());
  const log = [];
  const spy = {
    ...fakeModule("webgpu", log),
    open: async (experiment) => (opened.push(experiment), fakeModule("webgpu", log).open(experiment)),
  };
  for (const [values, expected] of [
    [{ tokens: 80 }, { tokens: 80 }],
    [
      { journey: "both", T: 9 },
      { journey: "rebuild", T: 9 },
    ],
  ]) {
    await sessions.open(fakeModule("cpu", []), { name: "a", prompt: "x", values });
    await sessions.rehearse(spy);
    assert.deepEqual(opened.at(-1), { name: "a", prompt: "x", values: expected });
  }
  assert.deepEqual(log, ["webgpu freed a", "webgpu freed a"]);
});

test("a closed session is gone", async () => {
  const sessions = createSessions(async () => new Uint8Array());
  const { id } = await sessions.open(fakeModule("cpu", []), { name: "a" });
  sessions.close(id);
  assert.throws(() => sessions.find(id), /no session/);
});

test("a session inherits from the one on the stage, also when an opening in between was given up", async () => {
  const log = [];
  const sessions = createSessions(async () => new Uint8Array());
  const heirs = (name) => ({
    model: () => null,
    open: async () => ({
      status: async () => ({ at: 0, computed: 0, device: "cpu" }),
      estate: async () => name,
      inherit: async (estate) => log.push(`${name} from ${estate}`),
      free: () => {},
    }),
  });
  await sessions.open(heirs("first"), { lab: "points" });
  const { id } = await sessions.open(heirs("second"), { lab: "points" });
  sessions.close(id);
  await sessions.open(heirs("third"), { lab: "points" });
  await sessions.open(heirs("other"), { lab: "ddpm" });
  assert.deepEqual(log, ["second from first", "third from first"]);
});

test("a network that cannot be handed over is trained again before the lab goes on", async () => {
  const log = [];
  const sessions = createSessions(async () => new Uint8Array());
  const trained = (name) => {
    let done = 0;
    const status = () => ({
      at: 0,
      computed: 0,
      phase: "rebuild",
      device: name,
      tasks: { train: { done, total: 0 } },
    });
    return {
      model: () => null,
      open: async () => ({
        status: async () => status(),
        estate: async () => undefined,
        free: () => {},
        act: async () => status(),
        work: async (task, n) => ((done += n), log.push(`${name} ${task} ${n}`), status()),
        seek: async () => (log.push(`${name} seek`), status()),
        snapshot: async () => name,
        adopt: async () => {
          throw new Error("damaged");
        },
      }),
    };
  };
  const { id } = await sessions.open(trained("cpu"), { lab: "points" });
  await sessions.pull("work", id, "train", 30);
  await sessions.move(trained("webgpu"));
  assert.deepEqual(log, ["cpu train 30", "webgpu train 30", "webgpu seek"]);
});

// Workers that do a share of a session's pulls, against workers that are a few lines each: whatever becomes of them, the numbers are the same.
import assert from "node:assert/strict";
import test from "node:test";
import { createPool, helpersOn } from "../../www/engine/pool.js";
import { createSessions } from "../../www/engine/sessions.js";

/** What a sample comes to; nothing is told of who computes it. */
const sample = (i) => Math.fround(Math.sin(i) * 1e3);

/** A playground of samples, which cuts them as the engine does. */
function samples(seed, log = []) {
  let [workers, ask, times, sum] = [0, null, 0, []];
  const here = (from, to) => Array.from({ length: to - from }, (_, i) => sample(seed + from + i));
  const count = 8;
  const status = () => ({ at: 0, length: 9, computed: 9, tasks: { read: { done: sum.length, total: 99 } } });
  return {
    status: async () => status(),
    lend: (n, given) => ([workers, ask] = [n, given]),
    cuts: () => [times, count],
    assist: async ([from, to]) => (log.push(`${seed}: ${from}..${to}`), here(from, to)),
    async work() {
      times++;
      const edge = (i) => Math.floor((i * count) / (workers + 1));
      const asked = Array.from({ length: workers }, (_, i) =>
        ask(i, Object.assign([edge(i + 1), edge(i + 2)], { buffer: null })),
      );
      const all = here(0, edge(1));
      for (const [i, answer] of asked.entries())
        all.push(...((await answer) ?? here(edge(i + 1), edge(i + 2))));
      sum = [...sum, ...all];
      return { status: status(), frames: [{ data: Float32Array.from(sum) }], readouts: null };
    },
    free: () => log.push(`${seed} freed`),
  };
}

/** Sessions over a clock by which a pull takes `ms`, with workers that do as `how` says. */
function site({ most, ms = 600, how = () => "answers" }) {
  let clock = 0;
  const log = [];
  const ports = [];
  const start = () => {
    const number = ports.length;
    let playground = null;
    const port = {
      onmessage: null,
      onerror: null,
      ended: false,
      terminate: () => (port.ended = true),
      async postMessage({ id, verb, arg }) {
        const does = how(number, verb);
        if (does === "hangs") return;
        if (does === "dies") return port.onerror({ message: "out of memory" });
        if (does === "fails") return port.onmessage({ data: { id, failed: "no" } });
        if (verb === "open") playground = samples(arg.experiment.seed, log);
        if (verb === "close") log.push(`${number} closes`);
        const value = verb === "assist" ? await playground.assist(arg) : true;
        if (!port.ended) port.onmessage({ data: { id, value } });
      },
    };
    ports.push(port);
    return port;
  };
  const pool = createPool({ start, most });
  const sessions = createSessions(
    async () => new Uint8Array(),
    () => (clock += ms / 2),
    null,
    pool,
  );
  const engine = {
    device: "cpu",
    module: { model: () => "digits", open: async ({ seed }) => samples(seed) },
  };
  return { sessions, engine, ports, log, pool };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

/** What six pulls came to, on how many cores each. */
async function run(how) {
  const { sessions, engine, ...rest } = site(how);
  const { id } = await sessions.open(engine, { lab: "net", seed: 7 }, false);
  const cores = [];
  let last;
  for (let i = 0; i < 6; i++) {
    last = await sessions.pull("work", id, "read", 1);
    cores.push(last.status.cores);
    await settled();
  }
  return { bits: [...last.frames[0].data], cores, sessions, id, engine, ...rest };
}

test("one worker, two, three or eight: the same numbers, and help comes once work has taken long", async () => {
  const one = await run({ most: 0 });
  assert.deepEqual(one.cores, [1, 1, 1, 1, 1, 1]);
  assert.equal(one.bits.length, 48);
  for (const most of [1, 2, 7]) {
    const more = await run({ most });
    assert.deepEqual(more.bits, one.bits, `${most} more`);
    assert.deepEqual(more.cores.slice(0, 2), [1, 1], "what is soon done is done alone");
    assert.equal(more.cores.at(-1), most + 1);
    assert.equal(more.ports.length, most);
    assert.ok(more.log.some((line) => line.startsWith("7: ")));
    more.pool.end();
    assert.ok(more.ports.every(({ ended }) => ended));
  }
  const many = await run({ most: 40 });
  assert.equal(many.ports.length, 7, "no more than there are pieces");
});

test("what is quickly done starts nobody", async () => {
  const { ports, cores } = await run({ most: 3, ms: 3 });
  assert.deepEqual([ports.length, cores.at(-1)], [0, 1]);
});

test("a worker that dies, fails or never opens harms nothing, and is not started again", async () => {
  const { bits } = await run({ most: 0 });
  let asked = 0;
  for (const [what, how] of Object.entries({
    "one dies at once": (n) => (n === 0 ? "dies" : "answers"),
    "one dies at its second job": (n, verb) =>
      n === 1 && verb === "assist" && ++asked > 1 ? "dies" : "answers",
    "one refuses": (n, verb) => (n === 0 && verb === "assist" ? "fails" : "answers"),
    "none opens": (_, verb) => (verb === "open" ? "hangs" : "answers"),
    "all die": () => "dies",
  })) {
    const run_ = await run({ most: 2, how });
    assert.deepEqual(run_.bits, bits, what);
    run_.sessions.close(run_.id);
    const next = await run_.sessions.open(run_.engine, { lab: "net", seed: 100 }, false);
    for (let i = 0; i < 4; i++) {
      await run_.sessions.pull("work", next.id, "read", 1);
      await settled();
    }
    assert.equal(run_.ports.length, 2, what);
    run_.pool.end();
  }
});

test("nobody waits for ever for a worker that hangs", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { sessions, engine, pool } = site({
    most: 1,
    how: (_, verb) => (verb === "assist" ? "hangs" : "answers"),
  });
  const { id } = await sessions.open(engine, { lab: "net", seed: 7 }, false);
  for (let i = 0; i < 2; i++) await sessions.pull("work", id, "read", 1);
  for (let i = 0; i < 9; i++) await Promise.resolve();
  let done = false;
  const pull = sessions.pull("work", id, "read", 1).then((answer) => ((done = true), answer));
  for (const ms of [5000, 4999]) {
    t.mock.timers.tick(ms);
    for (let i = 0; i < 9; i++) await Promise.resolve();
    assert.equal(done, false);
  }
  t.mock.timers.tick(1);
  const { status, frames } = await pull;
  assert.equal(status.cores, 1, "it is given up");
  assert.deepEqual(
    [...frames[0].data.slice(16)],
    Array.from({ length: 8 }, (_, i) => sample(7 + i)),
  );
  pool.end();
});

test("who is closed is helped no more; the next one is, once it has taken long itself", async () => {
  const { sessions, engine, id, log, ports, pool } = await run({ most: 1 });
  sessions.close(id);
  await settled();
  assert.ok(log.includes("0 closes"));
  const next = await sessions.open(engine, { lab: "net", seed: 100 }, false);
  const cores = [];
  for (let i = 0; i < 4; i++) {
    cores.push((await sessions.pull("work", next.id, "read", 1)).status.cores);
    await settled();
  }
  assert.deepEqual(cores, [1, 1, 2, 2]);
  assert.ok(log.includes("100: 4..8") && ports.length === 1, "the same worker");
  pool.end();
});

test("a machine lends its other cores, seven at most, three if it does not say how much memory it has, none where that is scarce", () => {
  assert.equal(helpersOn({ hardwareConcurrency: 1 }), 0);
  assert.equal(helpersOn({}), 0);
  assert.equal(helpersOn({ hardwareConcurrency: 2 }), 1);
  assert.equal(helpersOn({ hardwareConcurrency: 8 }), 3);
  assert.equal(helpersOn({ hardwareConcurrency: 64, deviceMemory: 8 }), 7);
  assert.equal(helpersOn({ hardwareConcurrency: 8, deviceMemory: 2 }), 0);
});

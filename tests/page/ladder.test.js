// The ladder of engines, with engines that are a few lines each: who works, who takes over, and what is lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLadder } from "../../www/engine/ladder.js";
import { createSessions } from "../../www/engine/sessions.js";

/** A site of two labs, one of which needs no networks, on engines whose steps take `ms`; `hang` holds the pulls on an engine up. */
function site({
  ms = { core: 1, maths: 1, cpu: 10, webgpu: 1 },
  kind = "hardware",
  needs = "core-then-networks",
  may = "measured",
} = {}) {
  let clock = 0;
  const hang = { core: null, maths: null, cpu: null, webgpu: null };
  const labs = [
    { id: "net", engine: needs },
    { id: "words", engine: "networks" },
    { id: "pure", engine: "core" },
    { id: "proof", engine: "maths" },
  ];
  const open = { core: 0, maths: 0, cpu: 0, webgpu: 0 };
  const length = 20;
  const engine = (device) => ({
    schema: (id) => ({ labs, lab: labs.find((lab) => lab.id === id) ?? labs[0] }),
    webgpu: ({ lab }, task) =>
      (task === "train" && lab === "words" ? "measured" : { net: may, words: "asked" }[lab]) ?? "never",
    model: ({ lab }) => (lab === "pure" || lab === "proof" ? undefined : "weights"),
    async open({ lab, network }) {
      open[device]++;
      let state = { at: 0, computed: 0, trained: 0, calls: 0 };
      let kept = { ...state };
      let freed = false;
      const limit = device === "core" && lab === "net" ? 5 : length;
      const status = () => ({
        ...state,
        length,
        limit,
        device,
        tasks: { train: { done: state.trained, total: 0 } },
      });
      const pull = async (change) => {
        clock += ms[device];
        await hang[device];
        change();
        kept = { ...state };
        return { status: status(), frames: [{ data: new Float32Array(1) }], readouts: null };
      };
      const go = (k) =>
        pull(() => {
          const at = Math.min(k, limit);
          state = {
            ...state,
            at,
            computed: Math.max(at, state.computed),
            calls: state.calls + Math.max(0, at - Math.max(5, state.computed)),
          };
        });
      return {
        status: async () => status(),
        step: (n) => go(state.at + n),
        seek: go,
        work: (_, n) => pull(() => (state = { ...state, trained: state.trained + n })),
        select: async () => ({ status: status(), frames: [], readouts: null }),
        look: async () => ({ status: status(), frames: [], readouts: null }),
        snapshot: () => ({ ...kept }),
        async adopt(snapshot) {
          if (!snapshot) throw new Error("damaged");
          state = kept = { ...snapshot };
        },
        network,
        trained: () => state.trained,
        async reuse(other) {
          assert.ok(!other.freed(), "what is gone cannot be asked");
          if (other.network === network && other.trained() > state.trained)
            state = kept = { ...state, trained: other.trained() };
        },
        freed: () => freed,
        free() {
          freed = true;
          open[device]--;
        },
      };
    },
  });
  const asked = [];
  const loader = {
    engine: async (device) => (asked.push(device), (engines[device] ??= engine(device))),
    weights: async () => new Uint8Array(),
    renew: (device) => void delete engines[device],
    reload() {},
  };
  const engines = {};
  let queue = Promise.resolve();
  const enqueue = (task) => {
    const done = queue.then(task);
    queue = done.catch(() => {});
    return done;
  };
  const notices = [];
  let lose = () => {};
  const sessions = createSessions(
    (model) => loader.weights(model),
    () => clock,
  );
  const ladder = createLadder({
    loader,
    sessions,
    gpuKind: async () => kind,
    lost: () => new Promise((_, reject) => (lose = () => reject(new Error("gone")))),
    notify: (key, level, detail) => notices.push({ key, level, detail }),
    fail: (error) => notices.push({ key: "failed", detail: error.message }),
    enqueue,
  });
  return {
    ladder,
    sessions,
    loader,
    notices,
    asked,
    hang,
    open,
    lose: () => lose(),
    said: () => notices.map(({ key }) => key),
  };
}
const experiment = (lab = "net", device = "auto") => ({ lab, values: { device } });

test("a lab without networks fetches no other engine", async () => {
  const { ladder, sessions, asked, said } = site();
  const { id } = await ladder.open(experiment("pure"));
  const { status } = await sessions.pull("seek", id, 9);
  await ladder.idle();
  assert.deepEqual([status.at, status.device], [9, "core"]);
  assert.ok(
    asked.every((device) => device === "core"),
    `${asked}`,
  );
  assert.deepEqual(said(), []);
});

test("a lab of mathematics fetches its own engine beside the one that reads links, and no other", async () => {
  const { ladder, sessions, asked, said } = site();
  await ladder.expect(experiment("proof"));
  assert.deepEqual([...new Set(asked)], ["core", "maths"], "it comes while the page fetches the lab");
  await ladder.expect(experiment("words"));
  const { id } = await ladder.open(experiment("proof"));
  const { status } = await sessions.pull("seek", id, 9);
  await ladder.idle();
  assert.deepEqual([status.at, status.device], [9, "maths"]);
  assert.deepEqual([...new Set(asked)], ["core", "maths"]);
  assert.deepEqual(said(), []);
});

test("the fall is there before the network, which takes over at the same step", async () => {
  const { ladder, sessions, asked, open } = site({ kind: "none" });
  const { id } = await ladder.open(experiment());
  const first = await sessions.pull("seek", id, 12);
  assert.deepEqual([first.status.at, first.status.limit, first.status.device], [5, 5, "core"]);
  assert.ok(!asked.includes("cpu"), "nothing races the first picture");
  await ladder.idle();
  const then = await sessions.pull("seek", id, 5);
  assert.deepEqual([then.status.at, then.status.limit, then.status.device], [5, 20, "cpu"]);
  assert.deepEqual(open, { core: 0, maths: 0, cpu: 1, webgpu: 0 });
});

test("every session that is kept is asked for what it has made, not the newest alone", async () => {
  const { sessions, loader } = site();
  const engine = { device: "cpu", module: await loader.engine("cpu") };
  const of = async (network, lab = "net") =>
    (await sessions.open(engine, { lab, network, values: {} }, false)).id;
  const trained = async (id) => (await sessions.look(id)).status.tasks.train.done;

  const first = await of("a");
  await sessions.pull("work", first, "train", 40);
  // A visitor flicks through the networks, and comes back before the last one was there.
  const other = await of("b");
  await sessions.pull("work", other, "train", 7);
  assert.equal(await trained(await of("a")), 40);
  assert.equal(await trained(await of("b")), 7);
  assert.deepEqual([await trained(await of("c")), await trained(await of("a", "words"))], [0, 0]);
  // What runs elsewhere, or is gone, is asked for nothing.
  const elsewhere = { device: "webgpu", module: await loader.engine("webgpu") };
  const there = (await sessions.open(elsewhere, { lab: "net", network: "a", values: {} }, false)).id;
  assert.equal(await trained(there), 0);
  for (let id = 1; id <= there; id++) sessions.close(id);
  assert.equal(await trained(await of("a")), 0);
});

test("whoever only looks hears the same of the session as whoever moves it", async () => {
  const { ladder, sessions } = site({ kind: "none" });
  const { id } = await ladder.open(experiment());
  const want = { frames: [], readouts: false };
  for (const engine of ["core", "cpu"]) {
    const { status } = await sessions.pull("seek", id, 3, want);
    assert.equal(status.device, engine);
    assert.deepEqual((await sessions.look(id, want)).status, status);
    await ladder.idle();
  }
});

test("on auto the faster engine wins, as measured, and both numbers are said", async () => {
  for (const [webgpu, winner, key] of [
    [1, "webgpu", "why.faster"],
    [9, "cpu", "why.slower"],
    [30, "cpu", "why.slower"],
  ]) {
    const { ladder, sessions, notices } = site({ ms: { core: 1, maths: 1, cpu: 10, webgpu } });
    const { id } = await ladder.open(experiment());
    await sessions.pull("seek", id, 5);
    await ladder.idle();
    for (let k = 6; k <= 9; k++) await sessions.pull("seek", id, k);
    await ladder.idle();
    const { status } = await sessions.pull("seek", id, 10);
    assert.equal(status.device, winner, `WebGPU ${webgpu} ms`);
    const { detail } = notices.at(-1);
    assert.equal(notices.at(-1).key, key);
    assert.deepEqual(detail, { webgpu, cpu: 10 });
  }
});

test("before the CPU was measured nothing is downloaded to beat it; a lab that WebGPU cannot help never asks", async () => {
  const { ladder, sessions, asked } = site();
  const { id } = await ladder.open(experiment());
  await sessions.pull("seek", id, 5);
  await ladder.idle();
  await sessions.pull("seek", id, 6);
  await ladder.idle();
  assert.ok(!asked.includes("webgpu"));
  const words = site();
  const { id: other } = await words.ladder.open(experiment("words"));
  for (let k = 1; k < 9; k++) await words.sessions.pull("seek", other, k);
  await words.ladder.idle();
  assert.ok(!words.asked.includes("webgpu"));
});

test("on auto training goes where it was measured faster, and other work comes back to the CPU with what was learnt", async () => {
  for (const [kind, webgpu, winner] of /** @type {const} */ ([
    ["hardware", 1, "webgpu"],
    ["hardware", 9, "cpu"],
    ["software", 1, "cpu"],
  ])) {
    const { ladder, sessions, said, open } = site({ kind, ms: { core: 1, maths: 1, cpu: 10, webgpu } });
    const { id } = await ladder.open(experiment("words"));
    await sessions.pull("seek", id, 8);
    await ladder.idle();
    for (let i = 0; i < 4; i++) await sessions.pull("work", id, "train", 5);
    await ladder.idle();
    const learnt = await sessions.pull("work", id, "train", 5);
    assert.deepEqual(
      [learnt.status.device, learnt.status.tasks.train.done],
      [winner, 25],
      `${kind} ${webgpu}`,
    );
    // What stands is looked at meanwhile: that is no other work.
    await sessions.pull("seek", id, 8);
    await ladder.idle();
    assert.equal((await sessions.look(id)).status.device, winner);
    await sessions.pull("seek", id, 9);
    await ladder.idle();
    const { status } = await sessions.pull("seek", id, 10);
    assert.deepEqual([status.device, status.tasks.train.done, status.at], ["cpu", 25, 10]);
    assert.equal(said().includes("why.other"), winner === "webgpu");
    assert.deepEqual(open, { core: 0, maths: 0, cpu: 1, webgpu: 0 });
    // Training again, it is measured again.
    for (let i = 0; i < 4; i++) await sessions.pull("work", id, "train", 5);
    await ladder.idle();
    assert.equal((await sessions.pull("work", id, "train", 5)).status.device, winner);
  }
});

test("WebGPU chosen by hand stays for all work", async () => {
  const { ladder, sessions } = site({ kind: "software" });
  const { id } = await ladder.open(experiment("words", "webgpu"));
  await sessions.pull("seek", id, 3);
  await ladder.idle();
  await sessions.pull("work", id, "train", 5);
  await ladder.idle();
  await sessions.pull("seek", id, 6);
  await ladder.idle();
  assert.equal((await sessions.pull("seek", id, 7)).status.device, "webgpu");
});

test("a lab that has nothing to ask of WebGPU says so and stays on the CPU, also where it was asked for", async () => {
  const { ladder, sessions, asked, said } = site({ needs: "networks", may: "never" });
  const { id } = await ladder.open(experiment("net", "webgpu"));
  const { status } = await sessions.pull("seek", id, 9);
  await ladder.idle();
  assert.deepEqual([status.device, said().at(-1)], ["cpu", "why.never"]);
  assert.ok(!asked.includes("webgpu"), `${asked}`);
});

test("who asks for WebGPU gets it, also where it is software and slow", async () => {
  const { ladder, sessions } = site({ kind: "software", ms: { core: 1, cpu: 1, webgpu: 99 } });
  const { id } = await ladder.open(experiment("words", "webgpu"));
  await sessions.pull("seek", id, 3);
  await ladder.idle();
  assert.equal((await sessions.pull("seek", id, 4)).status.device, "webgpu");
});

test("a device lost in a pull that never answers loses that pull and nothing else, in mid-training too", async () => {
  const { ladder, sessions, hang, lose, said } = site({ kind: "software" });
  const { id } = await ladder.open(experiment("words", "webgpu"));
  await sessions.pull("seek", id, 3);
  await ladder.idle();
  for (let i = 0; i < 4; i++) await sessions.pull("work", id, "train", 50);
  hang.webgpu = new Promise(() => {});
  const pull = Promise.race([sessions.pull("work", id, "train", 50), ladder.gone()]);
  lose();
  const error = await pull.catch((reason) => reason);
  await ladder.recover(error);
  const { status } = await sessions.pull("work", id, "train", 1);
  assert.deepEqual([status.device, status.tasks.train.done, status.at], ["cpu", 201, 3]);
  assert.ok(said().includes("why.lost") && !said().includes("why.restarted"));
});

test("a change of engine that lost its race installs nothing later and frees nothing that lives", async () => {
  const { ladder, sessions, hang, lose, open } = site({ kind: "software" });
  const { id } = await ladder.open(experiment("words", "webgpu"));
  await sessions.pull("seek", id, 3);
  // The rehearsal passes; the carrying over hangs in its first pull, and then the device goes away.
  let pulls = 0;
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  const rehearsal = sessions.rehearsal.bind(sessions);
  sessions.rehearsal = async (...args) => {
    const trial = await rehearsal(...args);
    return { ...trial, unit: async () => (pulls++, (hang.webgpu = held), 1) };
  };
  const idle = ladder.idle();
  await new Promise((resolve) => setTimeout(resolve, 20));
  lose();
  await idle;
  release();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { status } = await sessions.pull("seek", id, 7);
  assert.deepEqual(
    [pulls, status.device, status.at, open],
    [1, "cpu", 7, { core: 0, maths: 0, cpu: 1, webgpu: 0 }],
  );
});

test("an engine that cannot take over as it should says that it starts again", async () => {
  const { ladder, sessions, said } = site({ kind: "software" });
  const { id } = await ladder.open(experiment("words", "webgpu"));
  await sessions.pull("seek", id, 3);
  await ladder.idle();
  sessions.playground(id).snapshot = () => null;
  await ladder.use("cpu");
  const { status } = await sessions.pull("seek", id, 0);
  assert.equal(status.device, "cpu");
  assert.ok(said().includes("why.restarted"));
});

test("a network that does not come is told at once, and asked for again after a retry", async () => {
  const { ladder, sessions, said, loader } = site({ kind: "none" });
  const weights = loader.weights;
  loader.weights = () => Promise.reject(new Error("404"));
  const { id } = await ladder.open(experiment());
  await sessions.pull("seek", id, 5);
  await ladder.idle();
  assert.deepEqual(said(), ["failed"]);
  loader.weights = weights;
  ladder.reset();
  const again = await ladder.open(experiment());
  await sessions.pull("seek", again.id, 5);
  await ladder.idle();
  assert.equal((await sessions.pull("seek", again.id, 6)).status.device, "cpu");
});

// The player against a fake engine: order of pulls, newest wish wins, exact way back, playing to the end.
import assert from "node:assert/strict";
import test from "node:test";
import { createPlayer } from "../../www/ui/player.js";

const clock = () => {
  let now = 0;
  return { now: () => (now += 4), nextFrame: () => new Promise((resolve) => setImmediate(resolve)) };
};

/** States are their own number; a session computes forward and never twice. */
function fakeEngine({ length = 40, failAt = Infinity } = {}) {
  const log = [];
  let last = 0;
  return {
    log,
    async open(experiment) {
      const id = ++last;
      let at = 0,
        computed = 0,
        selected = Number(experiment.values.selected ?? 0);
      const samples = Number(experiment.values.samples ?? 2);
      const total = Number(experiment.values.length ?? length);
      const status = () => ({
        at,
        length: total,
        computed,
        t: at,
        calls: computed,
        phase: "demolish",
        step_ms: 1,
        device: "cpu",
        warnings: [],
        tasks: {},
      });
      const go = async (k) => {
        if (k > failAt) throw new Error("not finite");
        at = Math.min(total, k);
        computed = Math.max(computed, at);
        return status();
      };
      const picture = (k, b) => [id * 1000 + k + b / 10];
      const frame = {
        x: () => ({
          shape: [samples, 1, 1, 1],
          data: Float32Array.from({ length: samples }, (_, b) => picture(at, b)[0]),
        }),
        film: () => ({
          shape: [computed + 1, 1, 1, 1],
          data: Float32Array.from({ length: computed + 1 }, (_, k) => picture(k, selected)[0]),
        }),
      };
      return {
        status: status(),
        step: (n) => (log.push(`${id} step ${n}`), go(at + n)),
        seek: (k) => (log.push(`${id} seek ${k}`), go(k)),
        act: async ({ select }) => ((selected = select), status()),
        frames: async (names) => names.map((name) => ({ name, ...(frame[name] ?? frame.x)() })),
        readouts: async () => [],
        work: async () => status(),
        fingerprint: async () => `f${at}`,
        compare: async (check) => ({
          verdict: check === `f${at}` ? "exact" : "differs",
          rms: 0,
          tolerance: 0,
          message: { en: "", zh: "" },
        }),
        close: async () => void log.push(`${id} close`),
      };
    },
  };
}
const experiment = (values = {}, more = {}) => ({
  lab: "ddpm",
  values,
  at: null,
  check: null,
  pixels: null,
  ...more,
});

test("opens at the step the link names and checks its promise there", async () => {
  const player = createPlayer(fakeEngine(), clock());
  await player.open(experiment({}, { at: 12, check: "f12" }));
  assert.equal(player.state.status.at, 12);
  assert.equal(player.state.comparison.verdict, "exact");
  assert.equal(player.state.film.size, 13);
});

test("a change keeps the step; the old session is closed only once the new one is shown", async () => {
  const engine = fakeEngine();
  const player = createPlayer(engine, clock());
  await player.open(experiment({}, { at: 9 }));
  let shownWhenClosed = null;
  const log = engine.log.push.bind(engine.log);
  engine.log.push = (line) => (
    line === "1 close" && (shownWhenClosed = player.state.frames.x.data[0]), log(line)
  );
  await player.open(experiment({ seed: "8" }));
  assert.equal(player.state.status.at, 9);
  assert.equal(shownWhenClosed, 2009);
});

test("what a session shows once comes together with what it shows of a step: no listener sees two sessions mixed", async () => {
  const player = createPlayer(fakeEngine(), clock());
  player.watch({ pull: ["x"], rest: [], once: ["letters"], prepares: [], measures: [] });
  await player.open(experiment());
  const seen = new Set();
  player.subscribe(({ frames }) =>
    seen.add([frames.letters, frames.x].map(({ data }) => Math.floor(data[0] / 1000)).join()),
  );
  let open = true;
  const opened = player.open(experiment({ seed: "8" })).then(() => (open = false));
  // Somebody asks for a drawing between any two answers of the engine.
  while (open) await Promise.resolve().then(player.emit);
  await opened;
  assert.deepEqual([...seen], ["1,1", "2,2"]);
});

test("what is noted while another session is being opened is in the wish, and that is still a wish", async () => {
  const player = createPlayer(fakeEngine(), clock());
  await player.open(experiment({ seed: "7", head: 1 }));
  const wished = experiment({ seed: "8", head: 1 });
  const opened = player.open(wished);
  player.note({ ...wished, values: { ...wished.values, head: 2 } }, { head: 2 });
  assert.deepEqual(
    player.state.experiment.values,
    { seed: "7", head: 2 },
    "on the stage is the old one still",
  );
  assert.notEqual(player.state.wanted, player.state.experiment);
  await opened;
  assert.deepEqual(player.state.experiment.values, { seed: "8", head: 2 });
  assert.equal(player.state.wanted, player.state.experiment);
  player.note(experiment({ seed: "8", head: 3 }), { head: 3 });
  assert.equal(player.state.wanted, player.state.experiment, "at rest it is what stands");
});

test("another length keeps the place, not the number", async () => {
  const player = createPlayer(fakeEngine(), clock());
  await player.open(experiment({ length: 40 }, { at: 20 }));
  await player.open(experiment({ length: 10 }));
  assert.equal(player.state.status.at, 5);
});

test("of many wishes the newest is the one that stays", async () => {
  const engine = fakeEngine();
  const player = createPlayer(engine, clock());
  await player.open(experiment({ w: 0 }));
  await Promise.all([1, 2, 3, 4, 5].map((w) => player.open(experiment({ w }))));
  assert.equal(player.state.experiment.values.w, 5);
  assert.ok(
    engine.log.filter((line) => line.endsWith("close")).length <= 2,
    "the wishes in between were never opened",
  );
});

test("back is a seek, forward a step, and what was seen is seen again", async () => {
  const engine = fakeEngine();
  const player = createPlayer(engine, clock());
  await player.open(experiment({}, { at: 7 }));
  const seven = player.state.frames.x.data[0];
  await player.step(-3);
  assert.equal(player.state.status.at, 4);
  await player.step(3);
  assert.equal(player.state.frames.x.data[0], seven);
  assert.deepEqual(engine.log.slice(-2), ["1 seek 4", "1 seek 7"]);
});

test("no step leaves the journey", async () => {
  const player = createPlayer(fakeEngine({ length: 5 }), clock());
  await player.open(experiment());
  await player.step(-10);
  assert.equal(player.state.status.at, 0);
  await player.step(99);
  assert.equal(player.state.status.at, 5);
});

test("playing pulls to the end and rests there; playing again starts over", async () => {
  const player = createPlayer(fakeEngine(), clock());
  await player.open(experiment());
  const seen = [];
  player.subscribe(({ status }) => seen.push(status.at));
  await player.play();
  assert.equal(player.state.status.at, 40);
  assert.equal(player.state.playing, false);
  assert.ok(
    seen.every((at, i) => i === 0 || at >= seen[i - 1]),
    "never backwards",
  );
  seen.length = 0;
  await player.play();
  assert.equal(Math.min(...seen), 0);
});

test("selecting shows that sample's film", async () => {
  const player = createPlayer(fakeEngine(), clock());
  await player.open(experiment({ samples: 2 }, { at: 3 }));
  await player.select(1);
  assert.ok(Math.abs(player.state.film.get(2)[0] - 1002.1) < 1e-3);
});

test("a step that fails is told, and the last good state stays", async () => {
  const player = createPlayer(fakeEngine({ failAt: 8 }), clock());
  await player.open(experiment({}, { at: 6 }));
  await player.step(5);
  assert.match(player.state.problem.message, /not finite/);
  assert.equal(player.state.status.at, 6);
  assert.equal(player.state.playing, false);
});

test("controls see the wish at once, the pictures only once it is there", async () => {
  const player = createPlayer(fakeEngine(), clock());
  await player.open(experiment({ w: 1 }, { at: 5 }));
  const pairs = [];
  player.subscribe(({ wanted, experiment: shown }) => pairs.push([wanted.values.w, shown.values.w]));
  await player.open(experiment({ w: 2 }));
  assert.deepEqual(pairs[0], [2, 1]);
  assert.deepEqual(pairs.at(-1), [2, 2]);
  assert.ok(
    pairs.every(([wish]) => wish === 2),
    "a control never jumps back",
  );
});

test("an opening for the lab before does not come through to the next one", async () => {
  const engine = fakeEngine();
  const player = createPlayer(engine, clock());
  const late = player.open(experiment({}, { at: 9 }));
  player.watch({ pull: ["x"], rest: [], once: [], prepares: [], measures: [] });
  await late;
  assert.equal(player.state.experiment, null);
  assert.equal(player.state.status, null);
  assert.ok(engine.log.includes("1 close"));
  await player.open({ ...experiment(), lab: "points" });
  assert.equal(player.state.experiment.lab, "points");
});

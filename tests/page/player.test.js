// The player against a fake engine: order of pulls, newest wish wins, exact way back, playing to the end.
import assert from "node:assert/strict";
import test from "node:test";
import { createPlayer } from "../../www/ui/player.js";

const clock = () => {
  let now = 0;
  return { now: () => (now += 4), nextFrame: () => new Promise((resolve) => setImmediate(resolve)) };
};

/** States are their own number; a session computes forward and never twice, and begins a verb when it is asked.
 * `refuse` says which verbs fail, `limit` how far this engine can compute; a `slow` one answers in a turn of its own. */
function fakeEngine({
  length = 40,
  failAt = Infinity,
  train = 0,
  refuse = () => false,
  limit = () => {},
  slow = false,
} = {}) {
  const log = [];
  /** Numbers of film that have travelled. */
  const travelled = { film: 0 };
  const open = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  let last = 0;
  return {
    log,
    travelled,
    async open(experiment) {
      const id = ++last;
      let at = 0,
        computed = 0,
        selected = Number(experiment.values.selected ?? 0);
      const samples = Number(experiment.values.samples ?? 2);
      const total = Number(experiment.values.length ?? length);
      const goal = Number(experiment.values.train ?? train);
      // What the newest session has learned is taken over.
      const own = { id, done: open.at(-1)?.done ?? 0 };
      open.push(own);
      log.push(`${id} open${own.done ? ` with ${own.done}` : ""}`);
      const status = () => ({
        at,
        length: total,
        limit: limit(),
        computed,
        t: at,
        calls: computed,
        phase: "demolish",
        step_ms: 1,
        device: "cpu",
        warnings: [],
        tasks: goal ? { train: { done: own.done, total: goal } } : {},
      });
      const picture = (k, b) => [id * 1000 + k + b / 10];
      const film = (from) => Array.from({ length: Math.max(0, computed + 1 - from) }, (_, i) => from + i);
      const frame = {
        x: () => Array.from({ length: samples }, (_, b) => picture(at, b)[0]),
        film: (from) => film(from).map((k) => picture(k, selected)[0]),
        film_states: film,
      };
      const frameOf = (name) => {
        const [kind, from = 0] = name.split(":");
        const data = Float32Array.from((frame[kind] ?? frame.x)(Number(from)));
        if (kind === "film") travelled.film += data.length;
        return { name, shape: [data.length, 1, 1, 1], data };
      };
      const answer = (verb, { frames, readouts }, change = () => {}) => {
        if (refuse(verb)) throw new Error(`no ${verb}`);
        change();
        return { status: status(), frames: frames.map(frameOf), readouts: readouts ? [] : null };
      };
      const go = (k) => () => {
        if (k > failAt) throw new Error("not finite");
        at = Math.min(total, k, limit() ?? Infinity);
        computed = Math.max(computed, at);
      };
      return {
        status: status(),
        step: async (n, want) => (log.push(`${id} step ${n}`), answer("step", want, go(at + n))),
        seek: async (k, want) => (
          log.push(`${id} seek ${k}`), slow && (await turn()), answer("seek", want, go(k))
        ),
        act: async ({ select }, want) => answer("act", want, () => (selected = select ?? selected)),
        look: async (want = { frames: [], readouts: false }) => answer("look", want),
        work: async (_, n, want) => (slow && (await turn()), answer("work", want, () => (own.done += n))),
        fingerprint: async () => `f${at}`,
        compare: async (check) => ({
          verdict: check === `f${at}` ? "exact" : "differs",
          rms: 0,
          tolerance: 0,
          message: { en: "", zh: "" },
        }),
        close: async () => (log.push(`${id} close`), void open.splice(open.indexOf(own), 1)),
      };
    },
  };
}
/** What the lab of pictures watches. */
const pictures = { pull: ["x"], rest: ["film"], once: ["times"], prepares: [], measures: [] };
/** A player with that lab on the page. */
function playerOf(engine) {
  const player = createPlayer(engine, clock());
  player.watch(pictures);
  return player;
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
  const player = playerOf(fakeEngine());
  await player.open(experiment({}, { at: 12, check: "f12" }));
  assert.equal(player.state.status.at, 12);
  assert.equal(player.state.comparison.verdict, "exact");
  assert.equal(player.state.film.size, 13);
});

test("a change keeps the step; the old session is closed only once the new one is shown", async () => {
  const engine = fakeEngine();
  const player = playerOf(engine);
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
  const player = playerOf(fakeEngine());
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
  const player = playerOf(fakeEngine());
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
  const player = playerOf(fakeEngine());
  await player.open(experiment({ length: 40 }, { at: 20 }));
  await player.open(experiment({ length: 10 }));
  assert.equal(player.state.status.at, 5);
});

test("of many wishes the newest is the one that stays", async () => {
  const engine = fakeEngine();
  const player = playerOf(engine);
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
  const player = playerOf(engine);
  await player.open(experiment({}, { at: 7 }));
  const seven = player.state.frames.x.data[0];
  await player.step(-3);
  assert.equal(player.state.status.at, 4);
  await player.step(3);
  assert.equal(player.state.frames.x.data[0], seven);
  assert.deepEqual(engine.log.slice(-2), ["1 seek 4", "1 seek 7"]);
});

test("no step leaves the journey", async () => {
  const player = playerOf(fakeEngine({ length: 5 }));
  await player.open(experiment());
  await player.step(-10);
  assert.equal(player.state.status.at, 0);
  await player.step(99);
  assert.equal(player.state.status.at, 5);
});

test("playing pulls to the end and rests there; playing again starts over", async () => {
  const player = playerOf(fakeEngine());
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
  const player = playerOf(fakeEngine());
  await player.open(experiment({ samples: 2 }, { at: 3 }));
  await player.select(1);
  assert.ok(Math.abs(player.state.film.get(2)[0] - 1002.1) < 1e-3);
});

test("a step that fails is told, and the last good state stays", async () => {
  const player = playerOf(fakeEngine({ failAt: 8 }));
  await player.open(experiment({}, { at: 6 }));
  await player.step(5);
  assert.match(player.state.problem.message, /not finite/);
  assert.equal(player.state.status.at, 6);
  assert.equal(player.state.playing, false);
});

test("controls see the wish at once, the pictures only once it is there", async () => {
  const player = playerOf(fakeEngine());
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
  const player = playerOf(engine);
  const late = player.open(experiment({}, { at: 9 }));
  player.watch({ pull: ["x"], rest: [], once: [], prepares: [], measures: [] });
  await late;
  assert.equal(player.state.experiment, null);
  assert.equal(player.state.status, null);
  assert.ok(engine.log.includes("1 close"));
  await player.open({ ...experiment(), lab: "points" });
  assert.equal(player.state.experiment.lab, "points");
});

/** Until `ready`, or long enough to say that it never is. @param {() => unknown} ready */
const until = async (ready) => {
  for (let i = 0; i < 3000 && !ready(); i++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(ready(), String(ready));
};

test("however seeks overlap, a picture is of the state that is said, and the film keeps no other", async () => {
  const player = playerOf(fakeEngine());
  await player.open(experiment({}, { at: 9 }));
  const wrong = [];
  player.subscribe(({ status, frames }) => {
    if (frames.x.data[0] !== 1000 + status.at) wrong.push([status.at, frames.x.data[0]]);
  });
  await Promise.all([player.seek(5), player.seek(9), player.seek(3), player.step(1)]);
  assert.deepEqual(wrong, []);
  for (const [k, [x]] of player.state.film) assert.equal(x, 1000 + k, `state ${k} of the film`);
  assert.equal(player.state.film.size, 10);
});

test("fork and picture change together, and the film has no state of another sample", async () => {
  const engine = fakeEngine();
  const player = playerOf(engine);
  await player.open(experiment({ samples: 3, selected: 0 }, { at: 6 }));
  const seen = new Set();
  player.subscribe(({ selected, film }) =>
    seen.add(`${selected} ${Math.round(10 * (film.get(2)[0] - 1002))}`),
  );
  await Promise.all([player.seek(9), player.select(2), player.seek(4), player.select(1)]);
  assert.deepEqual([...seen], ["0 0", "2 2", "1 1"]);
  assert.equal(player.state.experiment.values.selected, 1);
});

test("of a film only what is new travels", async () => {
  const engine = fakeEngine({ length: 400 });
  const player = playerOf(engine);
  await player.open(experiment());
  player.setSpeed(8);
  await player.play();
  await player.seek(100);
  await player.seek(300);
  assert.equal(player.state.film.size, 401);
  assert.ok(engine.travelled.film <= 2 * 401, `${engine.travelled.film} pictures for 401 states`);
});

test("a newer wish goes on from what a half-opened one had learned, and is not kept waiting for it", async () => {
  const engine = fakeEngine({ train: 200_000, slow: true });
  const player = createPlayer(engine, clock());
  player.watch({ ...pictures, prepares: ["train"] });
  await player.open(experiment({ train: 0 }));
  const opened = player.open(experiment({ seed: "1" }));
  await until(() => player.state.busy?.done > 200);
  const learned = player.state.busy.done;
  await Promise.all([opened, player.open(experiment({ seed: "2" }))]);
  const second = engine.log.find((line) => line.startsWith("3 open"));
  assert.ok(Number(/with (\d+)/.exec(second)?.[1]) >= learned, `it began ${second}, not with ${learned}`);
  assert.ok(engine.log.indexOf("2 close") > engine.log.indexOf(second));
  assert.equal(player.state.status.tasks.train.done, 200_000);
  assert.equal(engine.log.filter((line) => line.endsWith("close")).length, 2, "and only one stays");
});

test("what is half opened goes with its lab", async () => {
  const engine = fakeEngine({ train: 200_000, slow: true });
  const player = createPlayer(engine, clock());
  player.watch({ ...pictures, prepares: ["train"] });
  await player.open(experiment({ train: 0 }));
  player.open(experiment({ seed: "1" }));
  await until(() => player.state.busy?.done > 200);
  player.open(experiment({ seed: "2" }));
  await until(() => engine.log.some((line) => line.startsWith("3 open")));
  player.watch(pictures);
  await until(() => ["1 close", "2 close", "3 close"].every((line) => engine.log.includes(line)));
});

/** A link whose network has to learn 300 steps again, opened on an empty stage. */
async function replaying() {
  const engine = fakeEngine({ train: 300 });
  const player = createPlayer(engine, clock());
  player.watch({ ...pictures, prepares: ["train"] });
  const opened = player.open(experiment({}, { at: 12, check: "sent" }));
  await until(() => player.state.replay);
  return { engine, player, opened };
}

test("what a link has to learn again is learned on a picture that stands, and leads to its step and its check", async () => {
  const { player, opened } = await replaying();
  assert.deepEqual(player.state.replay, { task: "train", total: 300 });
  assert.equal(player.state.status.at, 0);
  assert.ok(player.state.frames.x, "a picture stands before anything is learned");
  await player.work("train", 300, { quiet: true });
  player.replayed();
  await opened;
  assert.equal(player.state.replay, null);
  assert.equal(player.state.status.at, 12);
  assert.ok(player.state.comparison, "the promise is compared");
});

test("who does not wait for it stands at the step of the link, and no promise is said to be kept or broken", async () => {
  const { player, opened } = await replaying();
  await player.work("train", 100, { quiet: true });
  player.replayed();
  await opened;
  assert.equal(player.state.status.at, 12);
  assert.equal(player.state.comparison, null);
});

test("a newer wish does not wait for what a link has to learn, and goes on from what it had", async () => {
  const { engine, player, opened } = await replaying();
  await player.work("train", 100, { quiet: true });
  await Promise.all([opened, player.open(experiment({ seed: "2" }))]);
  assert.ok(engine.log.includes("2 open with 100"), engine.log.join());
  assert.equal(player.state.replay, null);
});

test("nothing that a visitor presses rejects; what failed is told, and what stands stays", async () => {
  let refused = "";
  const player = playerOf(fakeEngine({ refuse: (verb) => verb === refused }));
  await player.open(experiment({ samples: 2 }, { at: 3 }));
  const acts = {
    seek: () => player.step(2),
    act: () => player.select(1),
    work: () => player.work("partial_noising", 1),
    look: () => player.refresh(),
  };
  for (const [verb, act] of Object.entries(acts)) {
    refused = verb;
    await act();
    assert.equal(player.state.problem?.message, `no ${verb}`);
    assert.equal(player.state.status.at, 3);
    player.recover();
  }
  refused = "look";
  assert.equal(await player.look(["race"]), null);
  player.recover();
  refused = "act";
  await player.act({ token: 3 });
  assert.equal(player.state.problem?.message, "no act");
});

test("a wish that failed is not told once another has been made", async () => {
  const engine = fakeEngine();
  const { open } = engine;
  engine.open = async (experiment) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (experiment.values.seed === "bad") throw new Error("the weights did not arrive");
    return open(experiment);
  };
  const player = playerOf(engine);
  const told = [];
  player.subscribe(({ problem }) => problem && told.push(problem.message));
  await Promise.all([player.open(experiment({ seed: "bad" })), player.open(experiment({ seed: "8" }))]);
  assert.deepEqual(told, []);
  assert.equal(player.state.experiment.values.seed, "8");
});

test("nothing seems to rest before a link's step is reached, and a newer wish does not wait for that", async () => {
  const engine = fakeEngine({ length: 4000, slow: true });
  const player = playerOf(engine);
  const rested = new Set();
  player.subscribe(({ status, busy, aim }) => status && !busy && aim === null && rested.add(status.at));
  const opened = player.open(experiment({}, { at: 3000 }));
  await until(() => player.state.status?.at > 50);
  assert.equal(player.state.aim, 3000);
  await Promise.all([opened, player.open(experiment({ seed: "8" }))]);
  assert.deepEqual([...rested], [3000], "also the newer wish stands where the older one was going to");
  const before = engine.log
    .slice(0, engine.log.indexOf("2 open"))
    .map((line) => Number(/seek (\d+)/.exec(line)?.[1] ?? 0));
  assert.ok(Math.max(...before) < 3000);
});

test("a fingerprint is of the step that it is given out for, whatever is pressed meanwhile", async () => {
  const player = playerOf(fakeEngine());
  await player.open(experiment({}, { at: 4 }));
  const [before, , after] = await Promise.all([player.proof(), player.seek(2), player.proof()]);
  assert.deepEqual(
    [before, after].map(({ at, check }) => [at, check]),
    [
      [4, "f4"],
      [2, "f2"],
    ],
  );
});

test("playing waits where this engine ends and goes on when another has come", async () => {
  let limit = 20;
  const player = playerOf(fakeEngine({ limit: () => limit }));
  await player.open(experiment());
  const played = player.play();
  await until(() => player.state.busy?.waiting === "network");
  assert.equal(player.state.status.at, 20);
  assert.equal(player.state.playing, true);
  limit = undefined;
  await player.refresh();
  await played;
  assert.equal(player.state.status.at, 40);
  assert.equal(player.state.busy, null);
});

test("so does a link's step beyond that end, and whoever steps back is not held", async () => {
  let limit = 20;
  const player = playerOf(fakeEngine({ limit: () => limit }));
  const opened = player.open(experiment({}, { at: 30 }));
  await until(() => player.state.busy?.waiting === "network");
  assert.equal(player.state.aim, 30);
  await player.step(-15);
  assert.equal(player.state.status.at, 15);
  await opened;
  const far = player.seek(35);
  await until(() => player.state.busy?.waiting === "network");
  limit = undefined;
  await player.refresh();
  await far;
  assert.equal(player.state.status.at, 35);
  const third = player.open(experiment({ seed: "8" }));
  await third;
  assert.equal(player.state.status.at, 35);
});

test("a lab that left hears nothing more", async () => {
  const player = playerOf(fakeEngine());
  const left = new AbortController();
  let heard = 0;
  player.subscribe(() => heard++, left.signal);
  await player.open(experiment());
  left.abort();
  const before = heard;
  await player.seek(3);
  assert.equal(heard, before);
});

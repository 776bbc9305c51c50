// Forks without an engine: the tree's arithmetic, what a setting does to them, the paint, and the pictures they are painted on.
import assert from "node:assert/strict";
import test from "node:test";
import { family, moved, quantised, valuesOf, without } from "../../www/labs/ddpm/forks.js";
import { forked, place, pruned, readFork, withChange } from "../../www/labs/ddpm/edits.js";
import { stepOfTime } from "../../www/labs/ddpm/moments.js";
import { createPaint } from "../../www/labs/ddpm/paint.js";
import { parts } from "../../www/labs/ddpm/parts.js";
import { between } from "../../www/labs/ddpm/screen.js";
import { scale } from "../../www/views/color.js";
import { wrap } from "../../www/views/plate.js";
import { tint } from "../../www/views/stamp.js";

// 0 ─ 1 ─ 2 ─ 4 and 0 ─ 3 ─ 5
const forks = [0, 1, 0, 2, 3].map((parent, i) => ({
  parent,
  at: 10 * (i + 1),
  set: { label: String(i + 1) },
}));
const tracks = [
  { parent: 0, at: 0, fork: 0 },
  ...forks.map(({ parent, at }, i) => ({ parent, at, fork: i + 1 })),
];

test("a fork's family is itself and all that grew from it", () => {
  assert.deepEqual([...family(forks, 1)], [1, 2, 4]);
  assert.deepEqual([...family(forks, 5)], [5]);
});

test("without a family the others keep their parents under new numbers", () => {
  assert.deepEqual(
    without(forks, 1).map(({ parent, at }) => [parent, at]),
    [
      [0, 30],
      [1, 50],
    ],
  );
  assert.deepEqual(
    without(forks, 4),
    forks.filter((_, i) => i !== 3).map((fork) => (fork.at === 50 ? { ...fork, parent: 3 } : fork)),
  );
});

test("who looks at a deleted track looks at its parent then, others keep what they see", () => {
  const state = (track) => ({ experiment: { values: {}, forks }, status: { tracks, at: 7 }, track });
  assert.deepEqual(pruned(state(4), 2).values, { track: 1 });
  assert.deepEqual(pruned(state(5), 2).values, { track: 3 });
  assert.deepEqual(pruned(state(0), 1).values, { track: 0 });
});

test("what was deleted is not among what is shown, whichever track is shown", () => {
  for (let gone = 1; gone <= 5; gone++)
    for (let track = 0; track <= 5; track++) {
      const kept = tracks.filter(({ fork }) => !family(forks, gone).has(fork));
      const { values } = pruned(
        { experiment: { values: {}, forks }, status: { tracks, at: 0 }, track },
        gone,
      );
      const seen = kept[values.track];
      assert.ok(seen, `${gone} deleted while ${track} is shown`);
      if (!family(forks, gone).has(track)) assert.equal(seen.fork, track);
    }
});

test("a track's settings are those of the way to it", () => {
  const of = (track) =>
    valuesOf(
      { label: "same", guidance: 2 },
      [
        { parent: 0, at: 1, set: { guidance: 3 } },
        { parent: 1, at: 2, set: { label: "8" } },
        { parent: 0, at: 2 },
      ],
      track,
    );
  assert.deepEqual([0, 1, 2, 3].map(of), [
    { label: "same", guidance: 2 },
    { label: "same", guidance: 3 },
    { label: "8", guidance: 3 },
    { label: "same", guidance: 2 },
  ]);
});

test("twice the steps: forks stay at their moment; another journey: too; other pictures: they go", () => {
  const wanted = {
    values: { journey: "both", steps: 50, data: "digits", track: 1 },
    forks: [{ parent: 0, at: 66 }],
    pixels: null,
  };
  const state = { wanted, status: { at: 70, length: 100 } };
  assert.deepEqual(withChange(state, { steps: 100 }), {
    values: { steps: 100 },
    at: null,
    forks: [{ parent: 0, at: 132 }],
  });
  assert.deepEqual(withChange(state, { journey: "rebuild" }), {
    values: { journey: "rebuild" },
    at: 20,
    forks: [{ parent: 0, at: 16 }],
  });
  assert.deepEqual(withChange(state, { journey: "invert" }), {
    values: { journey: "invert" },
    at: 70,
    forks: [{ parent: 0, at: 66 }],
  });
  assert.deepEqual(withChange(state, { data: "buildings" }), {
    values: { track: 0, data: "buildings" },
    at: null,
    pixels: null,
    forks: [],
  });
  assert.deepEqual(withChange(state, { guidance: 3 }), { values: { guidance: 3 }, at: null });
});

test("no fork is moved to the end or before the start", () => {
  assert.deepEqual(
    moved(
      [
        { parent: 0, at: 5 },
        { parent: 0, at: 99 },
      ],
      (at) => at - 20,
      60,
    ).map(({ at }) => at),
    [0, 59],
  );
});

test("a new fork is looked at; a phrase's fork is read", () => {
  const made = forked(
    { experiment: { values: { track: 0 }, forks: [] }, status: { tracks: [tracks[0]] } },
    { parent: 0, at: 9 },
  );
  assert.deepEqual(made, { forks: [{ parent: 0, at: 9 }], values: { track: 1 }, at: 9 });
  assert.deepEqual(readFork("label:8,guidance:3", 70), {
    parent: 0,
    at: 70,
    set: { label: "8", guidance: "3" },
  });
  assert.deepEqual(
    [
      place("rubble", { journey: "invert" }),
      place("rubble", { journey: "demolish" }),
      place("12", {}),
      place(null, {}),
    ],
    [{ part: 0.5 }, { part: 1 }, { at: 12 }, {}],
  );
});

test("a stroke covers a square round its pixel in every channel, cut off at the edge, and is undone whole", () => {
  const state = { status: { at: 3 }, track: 0, selected: 0, frames: { x: { shape: [1, 3, 4, 4] } } };
  const paint = createPaint(
    () => state,
    () => {},
  );
  paint.take({ reach: 2, colour: [1, 0.501, -9] });
  paint.begin();
  paint.dab(15);
  paint.end();
  assert.deepEqual(
    [...paint.painted()],
    [
      [15, 1],
      [31, 0.5],
      [47, -4],
    ],
  );
  paint.begin();
  paint.dab(0);
  paint.dab(1);
  paint.end();
  assert.equal(paint.painted().size, 3 * (1 + 6));
  paint.undo();
  assert.equal(paint.painted().size, 3);
  const blank = {
    values: new Float32Array(48),
    shape: [3, 4, 4],
    scale: scale(
      [
        [-1, "#000000"],
        [1, "#ffffff"],
      ],
      "#ff00ff",
    ),
  };
  assert.deepEqual([...paint.over(blank).values].filter(Boolean), [1, 0.5, -4]);
  // At another step it is not shown, and a stroke there begins anew.
  state.status.at = 4;
  assert.equal(paint.over(blank), blank);
  paint.begin();
  assert.equal(paint.painted().size, 0);
});

test("painted values travel in whole thirty-seconds, never beyond four", () => {
  assert.deepEqual([0.1, -0.1, 7, -7, 1].map(quantised), [3 / 32, -3 / 32, 4, -4, 1]);
});

test("a quick hand leaves no gap", () => {
  assert.deepEqual(between(0, 27, 8), [9, 18, 27]);
  assert.deepEqual(between(5, 5, 8), [5]);
  for (const [from, to] of [
    [0, 63],
    [7, 56],
    [3, 40],
    [60, 2],
  ]) {
    let last = from;
    for (const place of between(from, to, 8)) {
      assert.ok(
        Math.abs((place % 8) - (last % 8)) <= 1 &&
          Math.abs(Math.floor(place / 8) - Math.floor(last / 8)) <= 1,
      );
      last = place;
    }
    assert.equal(last, to);
  }
});

test("the true parts add up to what stands", () => {
  const frames = {
    x: { shape: [2, 1, 1, 3], data: Float32Array.of(0, 0, 0, 0.5, -1.5, 2) },
    picture: { shape: [1, 1, 3], data: Float32Array.of(1, -1, 0.25) },
    schedule: { shape: [4, 3], data: Float32Array.of(0, 1, 2, 1, 0.75, 0.5, 0, 0.66, 0.87, 9, 1, 0.3) },
  };
  const shown = parts({ frames, status: { t: 1.5 }, selected: 1 }, { picture: null, signed: null }, true);
  assert.equal(shown.building, 0.625);
  assert.deepEqual([...shown.x0.values], [0.625, -0.625, 0.15625]);
  assert.deepEqual(
    Array.from(shown.eps.values, (value, i) => value + shown.x0.values[i]),
    [0.5, -1.5, 2],
  );
});

test("before there is a model, what it believes is not known and what is there still is", () => {
  const frames = {
    picture: { shape: [1, 1, 1, 2], data: Float32Array.of(1, -1) },
    x: { shape: [1, 1, 1, 2], data: Float32Array.of(0.5, 0.25) },
  };
  const state = { frames, status: { t: 0 }, selected: 0 };
  const palette = { picture: null, signed: null };
  const believed = parts(state, palette, false);
  assert.deepEqual([believed.x0, believed.eps], [null, null]);
  assert.deepEqual([...believed.x.values], [0.5, 0.25]);
  const truth = parts(state, palette, true);
  assert.deepEqual([...truth.x0.values], [1, -1]);
  assert.deepEqual([...truth.eps.values], [-0.5, 1.25]);
});

test("three channels are a colour at its scale's full strength; a broken one shouts", () => {
  const picture = scale(
    [
      [-2, "#000000"],
      [2, "#ffffff"],
    ],
    "#ff00d4",
    2,
  );
  const colour = tint({ values: [0, 2, -2, -9, 1, 9, NaN, 0, 0], shape: [3, 1, 3], scale: picture });
  assert.deepEqual([0, 1, 2].map(colour), [
    [255, 0, 212],
    [255, 191.25, 127.5],
    [0, 255, 127.5],
  ]);
});

test("the step of a time is looked for on the way down only", () => {
  assert.equal(stepOfTime([0, 500, 1000, 500, 0], 480), 1);
  assert.equal(stepOfTime([0, 500, 1000, 500, 0], 1000), 2);
});

test("a long link is wrapped whole, a very long one ends with an ellipsis", () => {
  const fits = (text) => text.length <= 30;
  const link = "x".repeat(100);
  assert.equal(wrap(link, fits).join(""), link);
  const long = wrap("y".repeat(1000), fits);
  assert.equal(long.length, 14);
  assert.ok(long.at(-1).endsWith("…") && long.every((line) => fits(line)));
});

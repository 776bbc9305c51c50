// The stage of attention: what is locked and what is hovered, where cells lie, which square is shown, lines of text, sentences, edits.
import assert from "node:assert/strict";
import test from "node:test";
import { csvText } from "../../www/ui/csv.js";
import { csvOf } from "../../www/labs/attention/csv.js";
import {
  cutCells,
  headState,
  layerPart,
  patchHead,
  setCell,
  setLayer,
  stroke,
  tokenHidden,
} from "../../www/labs/attention/edits.js";
import { createFocus, within } from "../../www/labs/attention/focus.js";
import {
  difference,
  headOf,
  largest,
  readers,
  reads,
  seen,
  tells,
  weightAt,
} from "../../www/labs/attention/maps.js";
import { createProfile } from "../../www/labs/attention/profile.js";
import { breadth, linesOf } from "../../www/labs/attention/rows.js";
import {
  between,
  following,
  holding,
  near,
  panned,
  room,
  snapped,
  whole,
  zoomed,
} from "../../www/labs/attention/span.js";
import { sentence } from "../../www/labs/attention/twin.js";
import { strings } from "../../www/labs/attention/strings.js";
import { createWords } from "../../www/ui/i18n.js";
import { margin, placing } from "../../www/views/heatmap.js";
import { toned } from "../../www/views/tile.js";

/** Rows that sum to one, every weight another. @param {number} size */
function causal(size) {
  const weights = new Float32Array(size * size);
  for (let q = 0; q < size; q++) {
    const sum = ((q + 1) * (q + 2)) / 2;
    for (let k = 0; k <= q; k++) weights[q * size + k] = (k + 1) / sum;
  }
  return { weights, size };
}

test("a hover lies over what a click keeps, and leaves it as it was", () => {
  const focus = createFocus();
  let told = 0;
  focus.subscribe(() => told++);
  focus.lock({ layer: 2, head: 3, token: 5 });
  focus.hover({ head: 1 });
  focus.hover({ head: 1 });
  assert.equal(told, 2, "the same hover is told once");
  assert.deepEqual([focus.shown(9).layer, focus.shown(9).head, focus.shown(9).previewing], [2, 1, true]);
  focus.hover(null);
  assert.deepEqual([focus.shown(9).head, focus.shown(9).token, focus.shown(9).previewing], [3, 5, false]);
});

test("a kept cell names its reader, another token lets it go, and Esc all but the head", () => {
  const focus = createFocus();
  focus.lock({ layer: 4, head: 2 });
  focus.lock({ cell: [7, 3] });
  assert.deepEqual(focus.get(), { layer: 4, head: 2, token: 7, cell: [7, 3] });
  focus.lock({ head: 1 });
  assert.deepEqual(focus.get().cell, [7, 3], "another head shows the same cell");
  focus.lock({ token: 4 });
  assert.deepEqual(focus.get(), { layer: 4, head: 1, token: 4, cell: null });
  focus.lock({ cell: [7, 3] });
  focus.release();
  assert.deepEqual(focus.get(), { layer: 4, head: 1, token: 0, cell: null });
});

test("token 0 is the newest; what is not written yet gives way to it and comes back", () => {
  const focus = createFocus();
  assert.equal(focus.shown(12).token, 12);
  focus.lock({ cell: [10, 2] });
  assert.deepEqual([focus.shown(6).token, focus.shown(6).cell], [6, null]);
  assert.deepEqual([focus.shown(10).token, focus.shown(10).cell], [10, [10, 2]]);
  focus.hover({ token: 3 });
  assert.deepEqual(
    [focus.shown(10).token, focus.shown(10).cell],
    [3, null],
    "a letter under the pointer, not the kept cell",
  );
});

test("a head that the model lacks gives way to the last that it has, whatever else is locked", () => {
  const place = { layer: 4, head: 3, token: 7, cell: /** @type {[number, number]} */ ([7, 2]) };
  assert.deepEqual(within(place, { shape: [2, 2, 9, 9] }), { ...place, layer: 2, head: 2 });
  assert.deepEqual(within(place, { shape: [4, 4, 9, 9] }), place);
  assert.deepEqual(within(place, undefined), place, "before there are maps nothing is known");
});

test("rows and columns of a head come out of the frame of all of them", () => {
  const [layers, heads, size] = [2, 3, 4];
  const data = Float32Array.from({ length: layers * heads * size * size }, (_, i) => i);
  const frame = { name: "maps", shape: [layers, heads, size, size], data };
  assert.equal(headOf(frame, 2, 3)?.weights[0], (3 + 2) * 16);
  assert.equal(headOf(frame, 3, 1), null);
  assert.equal(headOf(undefined, 1, 1), null);
  const map = causal(5);
  assert.ok(Math.abs(reads(map, 4).reduce((sum, w) => sum + w, 0) - 1) < 1e-6 && reads(map, 4).length === 4);
  assert.deepEqual(
    Array.from(readers(map, 3)),
    [3, 4, 5].map((q) => weightAt(map, q, 3)),
  );
  assert.equal(weightAt(map, 2, 3), 0, "the future is not read");
  assert.deepEqual(
    largest(reads(map, 5), 2).map(({ token }) => token),
    [5, 4],
  );
});

test("what surgery changed in a row sums to nothing, as far as both runs go", () => {
  const [edited, original] = [causal(6), causal(5)];
  [edited.weights[6 * 3], edited.weights[6 * 3 + 3]] = [edited.weights[6 * 3 + 3], edited.weights[6 * 3]];
  const apart = difference(edited, original);
  assert.equal(apart.size, 5);
  assert.ok(Math.abs(reads(apart, 4).reduce((sum, w) => sum + w, 0)) < 1e-6);
  assert.ok(reads(apart, 3).every((w) => w === 0) && reads(apart, 4).some((w) => w !== 0));
});

test("maps of parted texts are compared as far as the texts are the same, and the rest is said and left empty", () => {
  const size = 4;
  const [edited, original] = [causal(size), { size, weights: causal(size).weights.toReversed() }];
  const frame = (/** @type {Float32Array} */ data) => ({ name: "", shape: [1, 1, size, size], data });
  const frames = {
    maps: frame(edited.weights),
    maps_original: frame(original.weights),
    tokens: { name: "tokens", shape: [2, size], data: Float32Array.from([1, 2, 3, 4, 1, 2, 5, 4]) },
  };
  const apart = seen(frames, "difference", 1, 1);
  assert.ok(apart);
  assert.deepEqual(
    [1, 2, 3, 4].map((token) => tells(apart, token)),
    [true, true, false, false],
  );
  assert.ok(
    reads(apart, 2).some((w) => w !== 0) &&
      reads(apart, 3).every((w) => w === 0) &&
      reads(apart, 4).every((w) => w === 0),
  );
  const say = (/** @type {number} */ token) =>
    sentence(t, { map: apart, text: [..."abcd"], view: "difference", layer: 1, head: 1, token, cell: null });
  assert.match(say(4), /part after letter 2/);
  assert.doesNotMatch(say(2), /part after/);
  const rows = csvText(csvOf(apart, [..."abcd"])).split("\r\n");
  assert.ok(
    rows[2]
      .split(",")
      .slice(1, 3)
      .every((value) => value !== ""),
  );
  assert.equal(rows[3], "3 c,,,,");
  assert.equal(seen(frames, "original", 1, 1)?.compared, undefined, "a map by itself has all its rows");
});

test("a cell lies where it is drawn: there and back, at any zoom, and nowhere in the margin", () => {
  for (const span of [following(7, 87), following(80, 87), { row: 12.5, column: 3.25, count: 9 }]) {
    const at = placing(span, 500);
    const [q, k] = [Math.ceil(span.row) + 2, Math.ceil(span.column) + 1];
    assert.deepEqual(at.under(at.x(k + 0.5), at.y(q + 0.5)), { q, k });
    assert.equal(at.under(margin - 1, 100), null);
    assert.equal(at.under(100, 500), null);
    assert.ok(Math.abs(at.cell * span.count - at.side) < 1e-9);
  }
});

test("the sheet grows by rungs, then follows the end and always holds the newest row", () => {
  const seen = new Set();
  let before = following(1, 87);
  for (let size = 1; size <= 87; size++) {
    const span = following(size, 87);
    assert.ok(span.row + span.count >= size && span.row >= 0 && span.row === span.column);
    assert.ok(span.count >= before.count, "it never shrinks");
    seen.add(span.count);
    before = span;
  }
  assert.ok(seen.size <= 7 && before.count === 64 && before.row === 23);
  assert.deepEqual(following(5, 5), { row: 0, column: 0, count: 8 });
  assert.equal(following(256, 256).count, 64);
  assert.equal(following(80, 87, 40).count, 40, "a narrow sheet shows fewer");
  assert.ok(room(80, 87) === 87 && room(9, 87) === 12 && room(250, 256) === 256);
});

test("zooming keeps the place under the hand, and nothing leaves the map", () => {
  const span = { row: 20, column: 20, count: 40 };
  const close = zoomed(span, 0.5, { q: 30, k: 40 }, 100);
  assert.equal(close.count, 20);
  assert.ok(
    Math.abs((30 - close.row) / 20 - (30 - 20) / 40) < 1e-9 &&
      Math.abs((40 - close.column) / 20 - (40 - 20) / 40) < 1e-9,
  );
  assert.deepEqual(zoomed(span, 100, { q: 0, k: 0 }, 100), whole(100));
  assert.equal(zoomed(span, 1e-9, { q: 30, k: 30 }, 100).count, 4);
  assert.deepEqual(panned(span, -1000, 1000, 100), { row: 0, column: 60, count: 40 });
  assert.deepEqual(snapped({ row: 20.4, column: 97.5, count: 7.6 }, 100), { row: 20, column: 92, count: 8 });
  assert.deepEqual(holding(span, 25, 59, 100), span);
  assert.deepEqual(holding(span, 60, 5, 100), { row: 21, column: 5, count: 40 });
});

test("a camera move ends where it should", () => {
  const [from, to] = [following(16, 87), following(17, 87)];
  let now = from;
  for (let i = 0; i < 60; i++) now = between(now, to, 0.2);
  assert.ok(near(now, to) && !near(from, to));
  assert.deepEqual(between(from, to, 1), to);
});

test("lines end at newlines, else at spaces, else where they must; no letter is lost", () => {
  const text = [..."ROMEO:\nIs it even so? then I defy you\n\nabcdefghijklmnopqrstuvwxyz"];
  const lines = linesOf(text, 12);
  assert.deepEqual(
    lines.map(([from, to]) => text.slice(from, to).join("")),
    ["ROMEO:\n", "Is it even ", "so? then I ", "defy you\n", "\n", "abcdefghijkl", "mnopqrstuvwx", "yz"],
  );
  const spaces = linesOf(Array(100).fill(" "), 10);
  assert.ok(spaces.every(([from, to]) => to - from <= 11) && spaces.at(-1)?.[1] === 100);
  assert.deepEqual(linesOf([], 10), []);
  assert.deepEqual([breadth("拆"), breadth("a"), breadth("😀")], [2, 1, 2]);
  assert.deepEqual(
    linesOf([..."拆楼建楼"], 4).map(([from, to]) => to - from),
    [2, 2],
  );
});

const { t } = createWords("en").with(strings);
const text = [..."hello he"];
const place = /** @type {const} */ ({ view: "edited", layer: 2, head: 1, text });

test("a row is said by what it reads most, a cell by its number", () => {
  const map = causal(8);
  map.weights.fill(0, 8 * 7, 8 * 8);
  [map.weights[8 * 7], map.weights[8 * 7 + 5], map.weights[8 * 7 + 7]] = [0.71, 0.2, 0.09];
  assert.equal(
    sentence(t, { ...place, map, token: 8, cell: null }),
    "Layer 2, head 1: ‘e’ reads 71 % from ‘h’, 7 back; 20 % from space, 2 back; 9 % from ‘e’, itself",
  );
  assert.equal(
    sentence(t, { ...place, map, token: 8, cell: [8, 7] }),
    "Layer 2, head 1: ‘e’ (8) reads 0 % from ‘h’ (7), one back",
  );
  assert.match(
    sentence(t, { ...place, map, token: 8, cell: [8, 1], mark: "cut" }),
    /71 % from ‘h’ \(1\), 7 back \(cut\)$/,
  );
});

test("a difference is said in points, and its absence too", () => {
  const map = { size: 2, weights: Float32Array.from([0, 0, -0.25, 0.25]) };
  assert.equal(
    sentence(t, { ...place, view: "difference", map, token: 2, cell: [2, 1] }),
    "Layer 2, head 1: ‘e’ (2) reads 25 points less from ‘h’ (1), one back",
  );
  assert.match(
    sentence(t, { ...place, view: "difference", map, token: 1, cell: null }),
    /as in the untouched run/,
  );
});

test("a stroke of the hand stays on the triangle and skips no row", () => {
  assert.deepEqual(
    stroke([9, 2], [5, 2]).map(([q]) => q),
    [9, 8, 7, 6, 5],
  );
  assert.ok(stroke([4, 4], [6, 12]).every(([q, k]) => k <= q));
  assert.deepEqual(stroke([3, 1], [3, 1]), [
    [3, 1],
    [3, 1],
  ]);
});

test("edits of the list: done, seen in the head's state, undone", () => {
  const cells = /** @type {[number, number][]} */ ([
    [9, 1],
    [9, 2],
  ]);
  let list = cutCells([], 2, 4, cells, true);
  list = cutCells(
    list,
    2,
    4,
    [
      [9, 2],
      [9, 3],
    ],
    true,
  );
  assert.deepEqual([...headState(list, 2, 4).cuts], ["9,1", "9,2", "9,3"]);
  assert.equal(headState(list, 1, 4).cuts.size, 0);
  list = cutCells(list, 2, 4, cells, false);
  assert.deepEqual([...headState(list, 2, 4).cuts], ["9,3"]);
  assert.deepEqual(cutCells(list, 2, 4, [[9, 3]], false), [], "an empty cut is none");
  list = setCell(list, 2, 4, [5, 5], 0.5);
  assert.equal(headState(list, 2, 4).sets.get("5,5"), 0.5);
  assert.equal(setCell(setCell(list, 2, 4, [5, 5], 0.75), 2, 4, [5, 5], null).length, 1);
  list = setLayer(setLayer(list, 3, "both"), 3, "mlp");
  assert.equal(layerPart(list, 3), "mlp");
  assert.equal(layerPart(setLayer(list, 3, null), 3), null);
  assert.equal(headState(patchHead(list, 1, 1, "abc"), 1, 1).patched, "abc");
  assert.deepEqual(patchHead(patchHead(list, 1, 1, "abc"), 1, 1, null), list);
  const wide = /** @type {import("../../www/types.js").Intervention[]} */ ([
    { op: "cut", layer: 0, head: 0, cells: [[3, 1]] },
    { op: "window", layer: 2, head: 0, width: 8 },
    { op: "token", token: 6 },
  ]);
  assert.ok(
    headState(wide, 4, 2).cuts.has("3,1") &&
      headState(wide, 2, 3).window === 8 &&
      headState(wide, 1, 1).window === null &&
      tokenHidden(wide, 6),
  );
});

test("a weight's tone keeps its sign and spreads the small ones", () => {
  assert.deepEqual([toned(0), toned(1), toned(-0.25), toned(0.01)], [0, 1, -0.5, 0.1]);
});

test("the file of numbers has a row a reader, nothing above the diagonal, and quotes what must be quoted", () => {
  const rows = csvText(csvOf(causal(3), ["a", ",", "\n"])).split("\r\n");
  assert.equal(rows.length, 4);
  assert.equal(rows[0], 'reads \\ is read,1 a,"2 ,",3 \\n');
  assert.equal(rows[1], "1 a,1,,");
  assert.ok(
    Math.abs(
      rows[3]
        .split(",")
        .slice(1)
        .reduce((sum, value) => sum + Number(value), 0) - 1,
    ) < 1e-5,
  );
});

test("how sure the model was is remembered on the way back, and forgotten with the session", () => {
  const profile = createProfile();
  const frame = (/** @type {number[]} */ nats) => ({
    name: "surprisal",
    shape: [2, nats.length],
    data: Float32Array.from([...nats, ...nats]),
  });
  const state = (/** @type {number[]} */ nats, at = 0, opened = 1) =>
    /** @type {any} */ ({ frames: { surprisal: frame(nats) }, status: { at, prompt: 2 }, opened });
  profile.see(state([-1, 0.5, Math.log(2), Math.log(4)], 2));
  profile.see(state([-1, 0.5, Math.log(2)], 1));
  assert.ok(
    Math.abs(profile.at(1) - 0.5) < 1e-6 && Math.abs(profile.at(2) - 0.25) < 1e-6 && profile.at(3) === 0,
  );
  profile.see(state([-1, 0.5, 0], 1));
  assert.equal(profile.at(1), 1, "the newest account of a step counts");
  profile.see(state([-1, 0.5], 0, 2));
  assert.equal(profile.at(2), 0);
});

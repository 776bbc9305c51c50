// The attention lab's panels without a page: sampling against numbers computed elsewhere, the list of interventions, what is read out of frames.
import assert from "node:assert/strict";
import test from "node:test";
import { leading } from "../../www/labs/attention/bars.js";
import { common, effect, meanSurprisal } from "../../www/labs/attention/effect.js";
import { glyph, spoken, textOf } from "../../www/labs/attention/glyphs.js";
import { setLayer } from "../../www/labs/attention/edits.js";
import {
  add,
  cellsOf,
  describe,
  most,
  mostCells,
  toggle,
  without,
} from "../../www/labs/attention/interventions.js";
import { top } from "../../www/labs/attention/lens.js";
import { table } from "../../www/labs/attention/measures.js";
import { fitting, mostText, survey } from "../../www/ui/owntext.js";
import { request } from "../../www/labs/attention/phrases.js";
import { presets } from "../../www/labs/attention/presets.js";
import {
  columnsFor,
  exponentials,
  heaviest,
  span,
  stageRow,
  terms,
} from "../../www/labs/attention/products.js";
import { divergence, ranked, sampling, softmax } from "../../www/labs/attention/sampling.js";
import { compose } from "../../www/labs/attention/surgeon.js";
import { columns } from "../../www/labs/attention/charts.js";
import { strings } from "../../www/labs/attention/strings.js";
import { createWords as pageWords } from "../../www/ui/i18n.js";

const createWords = (language) => pageWords(language).with(strings);

const near = (found, expected, tolerance = 1e-12) => {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(found[i] - value) <= tolerance, `${i}: ${found[i]} instead of ${value}`),
  );
};
const open = { temperature: 1, topK: 0, topP: 1 };
const frame = (name, shape, data) => ({ name, shape, data: Float32Array.from(data) });

// Reference values: Python's math.exp in double precision.
test("temperature divides the logits; greed is its limit and takes the first of equals", () => {
  near(
    [...softmax([2, 1, 0.5, -1])],
    [0.6094600375988771, 0.22420781804820114, 0.1359889157935055, 0.030343228559416225],
  );
  near(
    [...softmax([2, 1, 0.5, -1], 0.7)],
    [0.729536152038686, 0.17483409495781602, 0.08558857299278719, 0.010041180010710707],
  );
  assert.deepEqual([...softmax([1, 3, 3, 2], 0)], [0, 1, 0, 0]);
  near([...softmax([1000, 1000, -1000])], [0.5, 0.5, 0]);
});

test("top-k keeps the k most probable, of equals the earlier; 0 keeps all", () => {
  near(
    [...sampling([2, 1, 0.5, -1], { temperature: 0.7, topK: 3, topP: 1 }).probabilities],
    [0.736935857641613, 0.17660744207492146, 0.08645670028346553, 0],
  );
  assert.deepEqual(sampling([1, 1, 1, 0], { ...open, topK: 2 }).kept, [true, true, false, false]);
  assert.ok(sampling([1, 2, 3], open).kept.every(Boolean));
  assert.ok(sampling([1, 2, 3], { ...open, topK: 100 }).kept.every(Boolean));
});

test("top-p keeps the fewest whose sum reaches p of what top-k left, and never none", () => {
  const logits = [1, 3, 2, 0, 2.5];
  // Of the four that top-k leaves the shares are 0.4740, 0.2875, 0.1744, 0.0641: three reach 0.8, two reach 0.76.
  const three = sampling(logits, { temperature: 1, topK: 4, topP: 0.8 });
  assert.deepEqual(three.kept, [false, true, true, false, true]);
  near([...three.probabilities], [0, 0.50648, 0.18632, 0, 0.3072], 1e-5);
  assert.deepEqual(sampling(logits, { temperature: 1, topK: 4, topP: 0.76 }).kept, [
    false,
    true,
    false,
    false,
    true,
  ]);
  assert.deepEqual(sampling(logits, { ...open, topP: 0.05 }).kept, [false, true, false, false, false]);
  assert.deepEqual(sampling(logits, { temperature: 0, topK: 0, topP: 0.5 }).probabilities[1], 1);
  assert.ok(sampling([100, 0, -100], open).kept.every(Boolean), "nothing is too unlikely for top-p 1");
});

test("page and engine let the same characters in: the cases of the engine's own test", () => {
  const logits = [0, 3, 1, 3, 2];
  const allowed = (/** @type {object} */ settings) =>
    sampling(logits, { ...open, ...settings }).kept.flatMap((kept, i) => (kept ? [i] : []));
  assert.deepEqual(allowed({ topK: 2 }), [1, 3]);
  assert.deepEqual(allowed({ topP: 0.35 }), [1]);
  assert.deepEqual(allowed({ topP: 0.85 }), [1, 3, 4]);
  assert.deepEqual(allowed({ topK: 2, topP: 0.5 }), [1]);
  assert.deepEqual(allowed({ topK: 2, topP: 0.55 }), [1, 3]);
  assert.equal(allowed({ temperature: 100, topP: 0.7 }).length, 4);
  assert.deepEqual(allowed({ temperature: 0 }), [1]);
});

test("the divergence of two rows is what the sum says, and nothing between equals", () => {
  assert.ok(Math.abs(divergence([1, 2, 3], [3, 2, 1]) - 1.1504207652088825) < 1e-12);
  assert.equal(divergence([5, -2, 0.5], [5, -2, 0.5]), 0);
  assert.ok(Math.abs(divergence([1, 2, 3], [8, 9, 10])) < 1e-12, "logits are known up to a constant");
});

test("what either run makes most of is shown, most probable first", () => {
  assert.deepEqual(leading([{ tempered: [0.7, 0.2, 0.1] }, { tempered: [0.1, 0.1, 0.8] }], 2), [2, 0]);
  assert.deepEqual(ranked([0.2, 0.5, 0.2, 0.1]), [1, 0, 2, 3]);
  near(
    top([2, 1, 0.5, -1], 2).map(({ share }) => share),
    [0.6094600375988771, 0.22420781804820114],
  );
  assert.deepEqual(
    top([0, 4, 1], 3).map(({ token }) => token),
    [1, 2, 0],
  );
});

const off = { op: "head", layer: 2, head: 1 };
test("interventions are added once a place, hidden cells gather, a full list stays", () => {
  assert.deepEqual(add([off], { ...off }), [off]);
  assert.deepEqual(add([off], { op: "window", layer: 0, head: 0, width: 4 }).length, 2);
  assert.deepEqual(
    add([{ op: "window", layer: 0, head: 0, width: 4 }, off], {
      op: "window",
      layer: 0,
      head: 0,
      width: 9,
    })[0].width,
    9,
  );
  const cut = (cells) => ({ op: "cut", layer: 1, head: 1, cells });
  assert.deepEqual(
    add(
      [cut([[3, 1]]), off],
      cut([
        [3, 1],
        [4, 2],
      ]),
    ),
    [
      cut([
        [3, 1],
        [4, 2],
      ]),
      off,
    ],
  );
  assert.equal(
    add([{ op: "set", layer: 1, head: 1, cell: [3, 1], value: 1 }], {
      op: "set",
      layer: 1,
      head: 1,
      cell: [3, 2],
      value: 1,
    }).length,
    2,
  );
  const full = Array.from({ length: most }, (_, i) => ({ op: "token", token: i + 1 }));
  assert.equal(add(full, off), full);
  const wide = [cut(Array.from({ length: mostCells }, (_, i) => [1 + (i >> 6), 1 + (i & 63)]))];
  assert.equal(cellsOf(wide), mostCells);
  assert.equal(
    cellsOf([{ op: "set", layer: 1, head: 1, cell: [3, 1], value: 1 }]),
    0,
    "the engine counts what is cut",
  );
  assert.equal(setLayer(full, 2, "both"), full, "what was refused can be told by the list");
  assert.equal(add(wide, cut([[200, 1]])), wide);
});

test("what is toggled comes and goes", () => {
  assert.deepEqual(toggle([], off), [off]);
  assert.deepEqual(toggle([off], { ...off }), []);
  assert.deepEqual(without([off, { op: "token", token: 2 }], 0), [{ op: "token", token: 2 }]);
});

test("every intervention can be said in both languages, and the form makes each of them", () => {
  const fields = {
    layer: "2",
    head: "1",
    layers: "0",
    heads: "3",
    part: "mlp",
    token: "5",
    width: "8",
    q: "7",
    k: "4",
    value: "0.5",
    prompt: "JULIET:\n",
  };
  const said = {
    head: "layer 2, head 1: off",
    layer: "layer 2: MLP off",
    token: "position 5 is hidden from all later ones",
    window: "head 3 of every layer: sees the last 8 positions only",
    cut: "head 3 of every layer: row 7 does not see column 4",
    set: "layer 2, head 1: row 7 gives column 4 the weight 0.5",
    freeze: "layer 2, head 1: pattern of the untouched model on this text",
    patch: "layer 2, head 1: pattern it has on “JULIET:⏎”",
  };
  const made = {
    head: off,
    layer: { op: "layer", layer: 2, part: "mlp" },
    token: { op: "token", token: 5 },
    window: { op: "window", layer: 0, head: 3, width: 8 },
    cut: { op: "cut", layer: 0, head: 3, cells: [[7, 4]] },
    set: { op: "set", layer: 2, head: 1, cell: [7, 4], value: 0.5 },
    freeze: { op: "freeze", layer: 2, head: 1 },
    patch: { op: "patch", layer: 2, head: 1, prompt: "JULIET:\n" },
  };
  for (const [op, item] of Object.entries(made)) {
    assert.deepEqual(compose(op, fields), item);
    assert.equal(describe(createWords("en").t, item), said[op]);
    const chinese = describe(createWords("zh").t, item);
    assert.ok(/\p{Script=Han}/u.test(chinese) && !/[{}]/.test(chinese), chinese);
  }
});

test("the effect is taken on one and the same text", () => {
  assert.equal(common([1, 2, 3], [1, 2, 4]), 2);
  assert.equal(common([1, 2], [1, 2]), 2);
  assert.equal(meanSurprisal([-1, 2, 4, 9], 3), 3);
  assert.equal(meanSurprisal([-1], 1), null);
  const frames = {
    tokens: frame("tokens", [2, 4], [0, 1, 1, 0, 0, 1, 1, 1]),
    next: frame("next", [2, 2], [0, 1, 5, 5]),
    edited_on_base_text_next: frame("edited_on_base_text_next", [2], [1, 0]),
    surprisal: frame("surprisal", [2, 4], [-1, 1, 3, 5, -1, 2, 6, 9]),
    edited_on_base_text: frame("edited_on_base_text", [4], [-1, 2, 6, 7]),
  };
  const { divergence, ...rest } = effect(frames);
  assert.deepEqual(rest, { shared: 3, of: 4, original: 3, edited: 5 });
  // For two outcomes one logit apart: tanh(1/2).
  assert.ok(Math.abs(divergence - Math.tanh(0.5)) < 1e-7);
  assert.equal(
    effect({ ...frames, edited_on_base_text: frame("edited_on_base_text", [3], [-1, 1, 1]) }),
    null,
    "frames of two steps are not mixed",
  );
});

test("a window holds its place and stays inside", () => {
  assert.deepEqual(span(47, 47, 8), [40, 41, 42, 43, 44, 45, 46, 47]);
  assert.deepEqual(span(1, 47, 4), [1, 2, 3, 4]);
  assert.deepEqual(span(20, 47, 4), [18, 19, 20, 21]);
  assert.deepEqual(span(2, 3, 8), [1, 2, 3]);
  const rows = [7, 8, 9, 10];
  const weights = [0, 0.3, 0, 0, 0.06, 0.04, 0.1, 0.1, 0.2, 0.2];
  assert.deepEqual(
    columnsFor(rows, 9, weights),
    [2, 5, 9, 10],
    "what is read most elsewhere, and the end of the diagonal",
  );
  assert.deepEqual(columnsFor(rows, 7, weights), [2, 5, 7, 10], "the chosen one stays");
  assert.deepEqual(columnsFor(rows, 4, weights), [2, 4, 9, 10], "even from far away");
  assert.deepEqual(
    columnsFor(rows, 8, weights.fill(0.04)),
    rows,
    "nothing elsewhere: the square along the diagonal",
  );
  assert.deepEqual(columnsFor([1, 2], 1, [1, 0]), [1, 2]);
});

test("a dot product, a softmax row and a mixture are written as they are computed", () => {
  const { list, sum } = terms([1, -2, 0.5], [3, 1, 4]);
  assert.deepEqual(
    list.map(({ product }) => product),
    [3, -2, 2],
  );
  assert.equal(sum, 3);
  const { powers, sum: total } = exponentials([Math.log(2), 0, -1e30]);
  near(powers, [1, 0.5, 0]);
  assert.equal(total, 1.5);
  assert.deepEqual(heaviest([0.2, 0.5, 0.3, 9], 3, 2), [
    { k: 2, weight: 0.5 },
    { k: 3, weight: 0.3 },
  ]);
  const square = frame(
    "stages",
    [4, 2, 2],
    Array.from({ length: 16 }, (_, i) => i),
  );
  assert.deepEqual([...stageRow(square, 2, 2)], [10, 11]);
});

test("measures are read by run, layer, head and kind; no prefix is no number", () => {
  const data = Array.from({ length: 2 * 2 * 2 * 9 }, (_, i) => i);
  data[8] = -1;
  const measures = frame("measures", [2, 2, 2, 9], data);
  assert.deepEqual(table(measures, 1, 3), [
    [39, 48],
    [57, 66],
  ]);
  assert.deepEqual(table(measures, 0, 8), [
    [null, 17],
    [26, 35],
  ]);
});

test("a history's rows become columns, and what ran away becomes a gap", () => {
  assert.deepEqual(columns(frame("losses", [2, 3], [1, 0.5, 0.25, 2, NaN, 0.125])), {
    steps: [1, 2],
    lists: [
      [0.5, null],
      [0.25, 0.125],
    ],
  });
  assert.deepEqual(columns(undefined), { steps: [], lists: [] });
});

test("characters without ink are named; text is read off the tokens of the edited run", () => {
  const { t } = createWords("en");
  assert.deepEqual(["\n", " ", "x"].map(glyph), ["⏎", "␣", "x"]);
  assert.deepEqual([spoken(t, "\n"), spoken(t, "x")], ["line break", "‘x’"]);
  const frames = {
    letters: frame(
      "letters",
      [3],
      ["楼", "a", "😀"].map((char) => char.codePointAt(0)),
    ),
    tokens: frame("tokens", [2, 2], [0, 1, 0, 2]),
  };
  assert.deepEqual(textOf(frames), ["楼", "😀"]);
  assert.deepEqual(textOf(frames, 0), ["楼", "a"]);
});

test("own text is counted in characters, not in bytes, and cut to what a link holds", () => {
  assert.deepEqual(survey("楼楼😀a"), { count: 4, alphabet: 3 });
  assert.equal([...fitting("😀".repeat(mostText + 5))].length, mostText);
});

test("a phrase resets what it does not name, keeps the reader's model, and carries prompt and surgery", () => {
  const schema = {
    parameters: [
      ["model", "shakespeare"],
      ["task", "induction"],
      ["seed", "1"],
      ["temperature", 0.8],
      ["layer", 1],
    ].map(([key, value]) => ({ key, default: value })),
  };
  const phrase = (values, at = null, more = {}) =>
    request({ values, at, more, verb: null, go: null }, schema);
  assert.deepEqual(phrase({}), { change: {}, more: {}, still: true });
  assert.deepEqual(phrase({ layer: "2" }, "end"), {
    change: { temperature: 0.8, layer: "2" },
    more: { surgery: [], part: 1 },
    still: false,
  });
  assert.deepEqual(phrase({ model: "toy" }, "12", { surgery: [off] }), {
    change: { temperature: 0.8, layer: 1, model: "toy" },
    more: { prompt: null, text: null, surgery: [off], at: 12 },
    still: false,
  });
  assert.deepEqual(phrase({}, null, { prompt: "x" }).change, { temperature: 0.8, layer: 1 });
});

test("prompts to pick are written in the alphabet of what is asked, and fit", () => {
  const alphabets = {
    induction: /^[a-z]{2,47}$/,
    copy: /^[a-z]{2,10}=$/,
    reverse: /^[a-z]{2,10}<$/,
    sort: /^[a-z]{2,8}>$/,
    brackets: /^[()[\]{}]{1,12}>$/,
    addition: /^\d\d\+\d\d=$/,
    own: /^$/,
  };
  for (const [task, alphabet] of Object.entries(alphabets)) {
    const list = presets({ model: "toy", task });
    assert.equal(list[0].prompt, null, "the task's own comes first");
    for (const { prompt } of list.slice(1)) assert.match(prompt, alphabet);
  }
  const known = /^[\n !$&',.3:;?A-Za-z-]{1,175}$/;
  assert.ok(
    presets({ model: "shakespeare" })
      .slice(1)
      .every(({ prompt }) => known.test(prompt)),
  );
});

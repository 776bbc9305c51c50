// Numbers as people read them, sliders by place, phrases of the notes.
import assert from "node:assert/strict";
import test from "node:test";
import { flatten, ordered } from "../../www/ui/card.js";
import { changed } from "../../www/ui/edit.js";
import { bytes, number, percent, plainSymbol, steady } from "../../www/ui/format.js";
import { readPhrase } from "../../www/ui/notes.js";
import { expectation } from "../../www/ui/readouts.js";
import { fromPlace, isSame, parseSeed, parseValue, toPlace } from "../../www/ui/scale.js";

test("numbers", () => {
  assert.equal(number(0.0064820309), "0.006482");
  assert.equal(number(-2), "−2");
  assert.equal(number(1.79e-9), "1.79 × 10⁻⁹");
  assert.equal(number(-4.2e12), "−4.2 × 10¹²");
  assert.equal(number(null), "–");
  assert.equal(number(NaN), "NaN");
  assert.equal(number(-Infinity), "−∞");
  assert.equal(steady(-0.5), "−0.500");
});

test("a share is never rounded to nothing or to everything", () => {
  assert.equal(percent(0.36), "36 %");
  assert.equal(percent(0.000042), "0.004 %");
  assert.equal(percent(0.000003), "< 0.001 %");
  assert.equal(percent(0.9999), "99.9 %");
  assert.equal(percent(1), "100 %");
  assert.equal(percent(0), "0 %");
});

test("bytes", () => assert.deepEqual([bytes(412_345), bytes(1_250_000)], ["412 kB", "1.3 MB"]));

test("symbols stay readable until they are typeset", () =>
  assert.deepEqual(["\\sigma_t", "\\eta", "w"].map(plainSymbol), ["σt", "η", "w"]));

test("what theory asks for", () => {
  const base = { expected: 0.05, tolerance: null, unit: "" };
  assert.equal(expectation({ ...base, relation: "below" }), "< 0.05");
  assert.equal(expectation({ ...base, relation: "equals", tolerance: 0.001 }), "0.05 ± 0.001");
  assert.equal(expectation({ ...base, expected: null, relation: "above" }), "–");
});

test("sliders: linear, or by factors over orders of magnitude", () => {
  const T = { kind: "integer", min: 2, max: 4000, step: 1 };
  assert.equal(toPlace(2, T), 0);
  assert.equal(toPlace(4000, T), 1);
  assert.ok(Math.abs(toPlace(Math.sqrt(8000), T) - 0.5) < 1e-9);
  assert.equal(fromPlace(0, T), 2);
  assert.equal(fromPlace(1, T), 4000);
  const w = { kind: "number", min: 0, max: 8, step: 0.1 };
  assert.equal(fromPlace(0.125, w), 1);
  assert.equal(fromPlace(0.1299, w), 1);
  for (const value of [0, 0.3, 1, 8]) assert.equal(fromPlace(toPlace(value, w), w), value);
});

test("typed values: clamped, rounded where whole, refused where none", () => {
  const w = { kind: "number", min: 0, max: 8 };
  assert.deepEqual(
    ["2,5", " −1 ", "1e9", "abc", "", "Infinity"].map((text) => parseValue(text, w)),
    [2.5, 0, 8, null, null, null],
  );
  assert.equal(parseValue("0.185308", { kind: "number", min: 0.001, max: 0.99, step: 0.001 }), 0.185308);
  assert.equal(parseValue("12.6", { kind: "integer", min: 1, max: 16 }), 13);
});

test("typed seeds: whole numbers of 64 bits, brought into the range", () => {
  const most = "18446744073709551615";
  for (const [typed, seed] of [
    ["7", "7"],
    [" 007 ", "7"],
    ["-1", "0"],
    ["1e6", "1000000"],
    ["3.7", "4"],
    ["18446744073709551615", most],
    ["18446744073709551616", most],
    ["1e30", most],
    ["9007199254740993", "9007199254740993"],
    ["１２，５", "13"],
    ["", null],
    ["seven", null],
    ["1 2 e", null],
  ])
    assert.equal(parseSeed(typed), seed, typed);
});

test("a reading that says something else than what was typed is known for one", () => {
  for (const [typed, value] of [
    ["2,50", 2.5],
    ["007", "7"],
    ["1e6", "1000000"],
    ["−1", -1],
    ["１２", 12],
  ])
    assert.ok(isSame(typed, value), typed);
  for (const [typed, value] of [
    ["99", 8],
    ["3.7", "4"],
    ["-1", "0"],
    ["18446744073709551616", "18446744073709551615"],
    ["0.12345678901234567", 0.123456789012],
  ])
    assert.ok(!isSame(typed, value), typed);
});

test("phrases: settings, a step, a verb", () => {
  assert.deepEqual(readPhrase("T=100&c=0.02&at=rubble"), {
    values: { T: "100", c: "0.02" },
    at: "rubble",
    verb: null,
    go: null,
    more: {},
  });
  assert.deepEqual(readPhrase("do=play"), { values: {}, at: null, verb: "play", go: null, more: {} });
  assert.deepEqual(readPhrase("prompt=ROMEO%3A%0A&surgery=[{'op':'head','layer':2,'head':1}]&go=maps").more, {
    prompt: "ROMEO:\n",
    surgery: [{ op: "head", layer: 2, head: 1 }],
  });
});

test("a model card of any depth becomes rows", () =>
  assert.deepEqual(flatten({ data: { name: "digits", sizes: [32, 64] }, first_loss: 0.5 }), [
    ["data · name", "digits"],
    ["data · sizes", "32, 64"],
    ["first loss", "0.5"],
  ]));

test("a model card begins with what a reader asks first and leaves out what is not known", () =>
  assert.deepEqual(Object.keys(ordered({ bytes: 1, licence: "MIT", metrics: null, name: "digits" })), [
    "name",
    "licence",
    "bytes",
  ]));

test("an edit takes the schema's types, and drops the step and the promise of the old settings", () => {
  const parameters = [
    { key: "T", kind: "integer" },
    { key: "seed", kind: "seed" },
  ];
  const before = {
    lab: "ddpm",
    values: { T: 1000, seed: "7", sigma: "beta" },
    at: 12,
    check: "f12",
    pixels: [1],
  };
  const after = changed(before, { values: { T: "100", seed: 8 } }, parameters);
  assert.deepEqual(after, { ...before, values: { T: 100, seed: "8", sigma: "beta" }, at: null, check: null });
  assert.equal(changed(before, { at: 3, pixels: null }, parameters).at, 3);
  assert.equal(before.values.T, 1000, "the old one is left alone");
});

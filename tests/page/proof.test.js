// What the sheet of proof compares with: the weights that ship, constants written to the last digit of a double, and a poke that only turns signs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { sealOf, telling, tensorsOf, turned } from "../../www/engine/poke.js";

const www = new URL("../../www/", import.meta.url);
const proof = JSON.parse(readFileSync(new URL("ui/proof.json", www), "utf8"));
const weights = (name) => new Uint8Array(readFileSync(new URL(`models/${name}.safetensors`, www)));

test("the seals are those of the weights that ship", async () => {
  assert.ok(Object.keys(proof.weights).length >= 3);
  for (const [name, seal] of Object.entries(proof.weights))
    assert.equal(await sealOf(weights(name)), seal, name);
});

test("constants that can be had from elsewhere are those that stand there", () => {
  const all = Object.fromEntries(
    proof.numbers.flatMap(({ readouts }) => readouts.map((one) => [one.id, one])),
  );
  let left = 1;
  for (let t = 1; t <= 1000; t++) left *= Math.sqrt(1 - (0.02 * t) / 1000);
  const known = {
    half_factorial: Math.sqrt(Math.PI) / 2,
    constant: 2 * Math.PI,
    one_period_integral: 1 / 24,
    gauss_curvature: 1,
    identity_floor: Math.sqrt(2 / Math.PI),
    relu2_side: 1 / Math.sqrt(6),
    decrease: Math.sqrt(73),
    abar_T: left,
  };
  for (const [id, value] of Object.entries(known))
    assert.ok(Math.abs(all[id].value - value) <= 1e-15 * Math.max(1, Math.abs(value)), id);
  // A tolerance is one that a wrong answer would not slip through.
  for (const { id, value, tolerance } of Object.values(all))
    assert.ok(tolerance <= 1e-8 * Math.max(1, Math.abs(value)), id);
});

test("a poke turns the signs of one tensor and nothing else; twice is none", () => {
  for (const name of Object.keys(proof.weights)) {
    const bytes = weights(name);
    const { name: tensor, begin, end, width } = telling(tensorsOf(bytes));
    const poked = turned(bytes, tensor);
    const changed = bytes.reduce((count, byte, i) => count + Number(byte !== poked[i]), 0);
    assert.equal(changed, (end - begin) / width);
    assert.deepEqual([poked.slice(0, begin), poked.slice(end)], [bytes.slice(0, begin), bytes.slice(end)]);
    assert.deepEqual(turned(poked, tensor), bytes);
  }
  assert.throws(() => turned(weights("digits"), "no.such"), /no\.such/);
});

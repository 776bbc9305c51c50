// What a page that holds a figure may say to it: nine verbs with bounded data; all else is passed over, or refused by name.
import assert from "node:assert/strict";
import test from "node:test";
import { read, withValues } from "../../www/embed/messages.js";
import { unframed } from "../../www/ui/address.js";

const say = (message) => read({ v: 1, id: 1, ...message });

test("what is not addressed to a figure is nobody's", () => {
  for (const data of [null, undefined, "get", 7, [], {}, { type: "get" }, { type: "get", v: 2 }])
    assert.equal(read(data), null);
  for (const type of ["__proto__", "constructor", "toString", 3, null, "eval"])
    assert.equal(say({ type }), null);
});

test("what is out of bounds is refused with the bound, where somebody waits for an answer", () => {
  const deep = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`k${i}`, 1]));
  for (const [message, why] of [
    [{ type: "step", n: "7" }, /numbers/],
    [{ type: "seek", at: NaN }, /numbers/],
    [{ type: "play", speed: 1e9 }, /0\.25 and 8/],
    [{ type: "open" }, /needs a link/],
    [{ type: "open", link: "x".repeat(100_001) }, /100000/],
    [{ type: "get", frames: Array(9).fill("x") }, /at most 8/],
    [{ type: "get", frames: [{}] }, /names/],
    [{ type: "set", values: deep }, /at most 64/],
    [{ type: "set", values: { seed: {} } }, /numbers and texts/],
    [{ type: "set", values: { "a&lab": 1 } }, /names of parameters/],
    [{ type: "set", values: { lab: "points" } }, /names of parameters/],
    [{ type: "set", values: [1] }, /numbers and texts/],
  ]) {
    assert.match(say(message).error, why, JSON.stringify(message).slice(0, 60));
    assert.equal(read({ v: 1, ...message }), null);
  }
  assert.equal(say({ type: "get", id: "x".repeat(65) }).id, null);
});

test("values take the place of what a fragment says, and its promise goes", () => {
  assert.equal(
    withValues("v=4&lab=ddpm&seed=7&at=3&check=abc", { seed: 8, prompt: "a&b=c" }),
    "v=4&lab=ddpm&at=3&seed=8&prompt=a%26b%3Dc",
  );
  assert.equal(unframed("lab=ddpm&embed=1&seed=7&host=https://a.example"), "lab=ddpm&seed=7");
});

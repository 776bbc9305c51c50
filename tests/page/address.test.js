// The address against a fake bar: written when things rest, for the experiment that it was planned for, and never over another's.
import assert from "node:assert/strict";
import test from "node:test";
import { begun, createAddress } from "../../www/ui/address.js";

/** A bar that somebody else may change, and an engine that takes its time to write a fragment. */
function bar({ at = "lab=a", slow = () => null } = {}) {
  const log = [];
  const now = { at };
  const address = createAddress({
    read: () => now.at,
    write: (fragment) => (log.push(fragment), (now.at = fragment)),
    format: async (experiment) => (await slow(), experiment.link),
    fail: (error) => log.push(error.message),
  });
  return { address, log, now };
}
const rest = (t) => t.mock.timers.tick(300);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a change is written after a rest, once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { address, log } = bar();
  for (const link of ["lab=a&w=1", "lab=a&w=2"]) address.plan({ link });
  rest(t);
  await turn();
  address.plan({ link: "lab=a&w=2" });
  rest(t);
  await turn();
  assert.deepEqual(log, ["lab=a&w=2"]);
});

test("who says the same again does not put it off: what is measured beside may tell of itself for minutes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { address, log } = bar();
  for (let i = 0; i < 10; i++) {
    address.plan({ link: "lab=a&w=1" });
    t.mock.timers.tick(100);
  }
  await turn();
  assert.deepEqual(log, ["lab=a&w=1"]);
});

test("Back within the rest after a change: the address gone to is left alone", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { address, log, now } = bar();
  address.plan({ link: "lab=a&w=1" });
  t.mock.timers.tick(100);
  now.at = "lab=b";
  address.visit();
  rest(t);
  await turn();
  assert.deepEqual(log, []);
});

test("Back while the engine still writes the fragment: also before anybody was told of it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const told of [true, false]) {
    let formatted = () => {};
    const { address, log, now } = bar({ slow: () => new Promise((resolve) => (formatted = resolve)) });
    address.plan({ link: "lab=a&w=1" });
    rest(t);
    now.at = "lab=b";
    if (told) address.visit();
    formatted();
    await turn();
    assert.deepEqual(log, [], told ? "told" : "not told yet");
  }
});

test("what was planned is what is written, whatever has begun to move since", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { address, log } = bar();
  address.plan({ link: "lab=a&at=5" });
  address.flush();
  await turn();
  assert.deepEqual(log, ["lab=a&at=5"], "at once, when the page may not live");
  rest(t);
  await turn();
  assert.equal(log.length, 1);
});

test("an engine that cannot write it is heard", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { address, log } = bar({ slow: () => Promise.reject(new Error("the engine stopped")) });
  address.plan({ link: "lab=a&w=1" });
  rest(t);
  await turn();
  assert.deepEqual(log, ["the engine stopped"]);
});

test("an address that names a lab alone begins as that lab does in the visitor's language", () => {
  const labs = [{ id: "a" }, { id: "b", begins: { zh: "model=x" } }];
  assert.equal(begun("lab=b", labs, "zh"), "lab=b&model=x");
  assert.equal(begun("lang=zh&lab=b&theme=dark", labs, "zh"), "lang=zh&lab=b&theme=dark&model=x");
  for (const [fragment, language] of [
    ["lab=b", "en"],
    ["lab=a", "zh"],
    ["", "zh"],
    ["v=2&lab=b", "zh"],
    ["lab=b&seed=3", "zh"],
    ["lab=b&model=y", "zh"],
  ])
    assert.equal(begun(fragment, labs, language), fragment);
});

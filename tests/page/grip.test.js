// A thing that a hand holds: dragged, torn away, pushed by keys, taken away.
import assert from "node:assert/strict";
import test from "node:test";
import { arrow, holdable } from "../../www/ui/grip.js";

/** A button that only knows who listens. */
function button() {
  const heard = {};
  return {
    dataset: {},
    setPointerCapture() {},
    addEventListener: (type, listener) => (heard[type] = listener),
    /** Whether the page may do something else with the event. */
    fire(type, event = {}) {
      let free = true;
      heard[type]({ ...event, stopPropagation() {}, preventDefault: () => (free = false) });
      return free;
    },
  };
}

/** @param {object} [more] */
function held(more = {}) {
  const said = [];
  const say =
    (what) =>
    ({ clientX }) =>
      void said.push(`${what} ${clientX}`);
  const thing = button();
  const { isHeld } = holdable(thing, {
    slide: say("slide"),
    drop: say("drop"),
    push: (way, far) => said.push(`push ${way} ${far}`),
    ...more,
  });
  return { said, thing, isHeld };
}

test("a drag slides and is dropped once; what moves without being held does nothing", () => {
  const { said, thing, isHeld } = held({ begin: () => said.push("begin") });
  thing.fire("pointermove", { clientX: 1 });
  thing.fire("pointerdown", { clientX: 2 });
  assert.ok(isHeld());
  thing.fire("pointermove", { clientX: 3 });
  thing.fire("pointerup", { clientX: 4 });
  thing.fire("lostpointercapture", { clientX: 0 });
  thing.fire("pointermove", { clientX: 5 });
  assert.deepEqual(said, ["begin", "slide 3", "drop 4"]);
  assert.ok(!isHeld());
});

test("what is torn from the hand is dropped where it was seen last, unless said", () => {
  for (const torn of ["pointercancel", "lostpointercapture"]) {
    const { said, thing, isHeld } = held();
    thing.fire("pointerdown", { clientX: 2 });
    thing.fire("pointermove", { clientX: 3 });
    thing.fire(torn, { clientX: 0 });
    assert.deepEqual(said, ["slide 3", "drop 3"]);
    assert.ok(!isHeld());
  }
  const other = held({ cancel: () => other.said.push("let go") });
  other.thing.fire("pointerdown", { clientX: 2 });
  other.thing.fire("pointercancel", {});
  assert.deepEqual(other.said, ["let go"]);
});

test("arrow keys push right and up, Delete takes away where it can, other keys stay the page's", () => {
  const { said, thing } = held();
  assert.equal(thing.dataset.keys, "");
  assert.equal(thing.fire("keydown", { key: "ArrowUp", shiftKey: true }), false);
  assert.equal(thing.fire("keydown", { key: "ArrowLeft", shiftKey: false }), false);
  assert.equal(thing.fire("keydown", { key: "Delete" }), true);
  assert.equal(thing.fire("keydown", { key: " " }), true);
  assert.deepEqual(said, ["push 0,1 true", "push -1,0 false"]);
  const gone = held({ remove: () => gone.said.push("gone") });
  assert.equal(gone.thing.fire("keydown", { key: "Backspace" }), false);
  assert.deepEqual(gone.said, ["gone"]);
  assert.deepEqual(arrow(/** @type {KeyboardEvent} */ ({ key: "ArrowDown" })), [0, -1]);
  assert.equal(arrow(/** @type {KeyboardEvent} */ ({ key: "a" })), null);
});

// Changes of the experiment against a fake player: what is on the screen, what is wished, what a link's promise belongs to.
import assert from "node:assert/strict";
import test from "node:test";
import { createEditing } from "../../www/ui/editing.js";

function desk(experiment = {}) {
  const first = { lab: "a", at: 12, check: "f12", values: { w: 1, seed: "7", lang: "en" }, ...experiment };
  const state = { experiment: first, wanted: first, status: { at: 12, length: 40 }, aim: null };
  const opened = [];
  const player = {
    state,
    open: (wanted, part) => (opened.push({ wanted, part }), (state.wanted = wanted)),
    note: (wanted) => Object.assign(state, { wanted, experiment: wanted }),
  };
  const arrive = () => (state.experiment = state.wanted);
  const integer = (key) => ({ key, kind: "integer" });
  const editing = createEditing({
    ontravel: () => {},
    player,
    common: () => [{ key: "lang", kind: "choice" }],
    parameters: () => [integer("w"), { key: "seed", kind: "seed" }],
    onchange: () => {},
    now: (
      (time) => () =>
        (time += 1000)
    )(0),
  });
  return { editing, state, opened, arrive };
}

test("what was promised holds at its own step, and at no other", () => {
  const { editing, state } = desk();
  assert.deepEqual([editing.present().at, editing.present().check], [12, "f12"]);
  state.status = { at: 13 };
  assert.deepEqual([editing.present().at, editing.present().check], [13, null]);
});

test("on the way to a link's step the link stays what it was", () => {
  const { editing, state } = desk();
  Object.assign(state, { status: { at: 3, length: 40 }, aim: 12 });
  assert.deepEqual([editing.present().at, editing.present().check], [12, "f12"]);
});

test("a second change does not undo the first, which is still being opened", () => {
  const { editing, state } = desk();
  editing.edit({ values: { w: 2 }, at: 30 });
  // What stands on the stage is the old one still.
  assert.deepEqual([editing.present().at, editing.present().values.w], [30, 2]);
  editing.edit({ values: { seed: "8" } });
  assert.deepEqual(state.wanted.values, { w: 2, seed: "8", lang: "en" });
});

test("undo leads back to where one stood, in the language of now", () => {
  const { editing, state, arrive } = desk();
  editing.edit({ values: { w: "2" } });
  arrive();
  assert.equal(state.wanted.values.w, 2, "as the schema has it");
  editing.notePage({ lang: "zh" });
  assert.equal(editing.canUndo(), true);
  editing.travel("undo");
  arrive();
  assert.deepEqual([state.wanted.values, state.wanted.at], [{ w: 1, seed: "7", lang: "zh" }, 12]);
  editing.travel("redo");
  assert.deepEqual(state.wanted.values, { w: 2, seed: "7", lang: "zh" });
});

test("what a session has become drops the promise, what the page has become does not", () => {
  const { editing, state } = desk();
  editing.notePage({ lang: "zh" });
  assert.equal(state.wanted.check, "f12");
  editing.note({ w: 9 });
  assert.equal(state.wanted.check, null);
});

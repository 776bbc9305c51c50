// An input method composes: nothing of it is taken before it stands, and none of its keys is the page's.
import assert from "node:assert/strict";
import test from "node:test";
import { isComposed, leaveComposing, whenTyped } from "../../www/ui/typing.js";

function field() {
  const target = new EventTarget();
  const heard = [];
  whenTyped(target, { begin: () => heard.push("begin"), typed: () => heard.push("typed") });
  return { heard, send: (...types) => types.forEach((type) => target.dispatchEvent(new Event(type))) };
}

test("what is typed letter by letter is heard at once", () => {
  const { heard, send } = field();
  send("input", "input");
  assert.deepEqual(heard, ["begin", "typed", "begin", "typed"]);
});

test("what is composed is heard when it stands, whichever of the two events comes last", () => {
  for (const end of [
    ["input", "compositionend"],
    ["compositionend", "input"],
  ]) {
    const { heard, send } = field();
    send("compositionstart", "input", "input");
    assert.ok(heard.length && heard.every((what) => what === "begin"), "half-composed text is not taken");
    send(...end);
    assert.ok(heard.includes("typed"));
  }
});

test("a key that composes stops before the page, any other goes on", () => {
  const page = new EventTarget();
  leaveComposing(page);
  const heard = [];
  page.addEventListener("keydown", (event) => heard.push(event.name));
  for (const [name, more] of [
    ["Enter", {}],
    ["Enter that composes", { isComposing: true }],
    ["Escape in Safari", { keyCode: 229 }],
  ])
    page.dispatchEvent(Object.assign(new Event("keydown"), { name, ...more }));
  assert.deepEqual(heard, ["Enter"]);
  assert.equal(isComposed({ isComposing: false, keyCode: 13 }), false);
});

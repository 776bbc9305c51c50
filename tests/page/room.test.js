// What an address asks of the page and not of the engine; what a link or a lesson leaves of the page.
import assert from "node:assert/strict";
import test from "node:test";
import { joined, parted } from "../../www/ui/pagekeys.js";
import { isRuled, ruleOf } from "../../www/ui/rule.js";

test("the page's own keys leave a link as it was for the engine, and come back in one order", () => {
  const link = "lab=ddpm&prompt=a%26hide%3Db&present=1&seed=7&hide=notes,seed&present=2&verify";
  const { keys, rest } = parted(link);
  assert.deepEqual(keys, { present: "1", hide: "notes,seed", verify: "" });
  assert.equal(rest, "lab=ddpm&prompt=a%26hide%3Db&seed=7");
  assert.equal(joined(keys, rest), `present=1&hide=notes,seed&verify&${rest}`);
  assert.deepEqual(parted(joined(keys, rest)), { keys, rest });
  assert.equal(joined({ lesson: "https://a.b/c?d=e&f" }, ""), "lesson=https://a.b/c%3Fd%3De%26f");
  assert.deepEqual(parted("at=3"), { keys: {}, rest: "at=3" });
});

test("a presentation shows what its link names, a lesson what its step shows, a lock what it locks", () => {
  assert.equal(ruleOf({}, ["seed"], null), null);
  const presented = ruleOf({ present: "claims", hide: "seed,timeline" }, ["lab", "seed", "steps"], null);
  const shown = (rule, keys) => keys.filter((key) => isRuled(rule, key));
  assert.deepEqual(shown(presented, ["seed", "steps", "guidance", "lab"]), ["steps", "lab"]);
  assert.deepEqual(presented.away, ["timeline", "block", "notes", "charts", "more"]);
  const step = ruleOf({ lesson: "x" }, ["seed"], { lock: ["steps"] });
  assert.deepEqual(shown(step, ["seed", "steps"]), ["steps"]);
  assert.ok(!step.large);
  // Where no setting is left, there is no panel.
  assert.ok(ruleOf({ lesson: "x" }, [], {}).away.includes("settings"));
  assert.ok(ruleOf({ present: "1" }, [], null).away.includes("settings"));
  assert.ok(!ruleOf({ present: "1" }, ["steps"], null).away.includes("settings"));
  // To lock alone hides nothing.
  const locked = ruleOf({ lock: "seed,<b>,a b" }, [], null);
  assert.deepEqual([locked.only, locked.away, locked.lock], [null, [], ["seed"]]);
  assert.equal(isRuled(locked, "seed"), null);
});

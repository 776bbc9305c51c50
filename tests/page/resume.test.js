// The last experiments of a lab: a visit is one place however it changes, what everybody begins with is none, and what is broken is nothing.
import assert from "node:assert/strict";
import test from "node:test";
import { createWords } from "../../www/ui/i18n.js";
import { createResume, describe } from "../../www/ui/resume.js";

function browser(written = null) {
  const kept = new Map(written ? [["chailou.where", written]] : []);
  globalThis.localStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
  };
  const notices = { drop() {}, say() {} };
  const resume = createResume({ notices, words: () => createWords("en"), parameters: () => [] });
  return { resume, places: () => JSON.parse(kept.get("chailou.where") ?? "{}") };
}

test("what everybody begins with is no place; a visit is one, the newest first, at most three, each once", () => {
  const { resume, places } = browser();
  resume.visit("lab=ddpm&lang=en", "ddpm");
  resume.note("v=4&lab=ddpm&samples=4&at=9", "ddpm", 1);
  resume.note("v=4&lab=ddpm&samples=4&at=50", "ddpm", 2);
  assert.deepEqual(places(), {});
  resume.note("v=4&lab=ddpm&samples=4&seed=8&at=50", "ddpm", 3);
  resume.note("v=4&lab=ddpm&samples=4&seed=9&lang=zh&at=60&check=abc", "ddpm", 4);
  assert.deepEqual(places().ddpm, [{ link: "v=4&lab=ddpm&samples=4&seed=9&at=60", when: 4 }]);
  for (const seed of [10, 11, 12, 10]) {
    resume.visit(`lab=ddpm&seed=${seed}`, "ddpm");
    resume.note(`v=4&lab=ddpm&seed=${seed}`, "ddpm", 10 * seed + places().ddpm.length);
  }
  assert.deepEqual(
    places().ddpm.map(({ link }) => /seed=(\d+)/.exec(link)[1]),
    ["10", "12", "11"],
  );
});

test("what cannot be read, and a browser that keeps nothing, are nothing", () => {
  for (const written of ["{", "[]", '{"ddpm":7}', '{"ddpm":[{"link":3,"when":1},{"link":"#x","when":1}]}']) {
    const { resume, places } = browser(written);
    resume.visit("", "ddpm");
    resume.note("lab=ddpm&seed=8", "ddpm", 1);
    resume.note("lab=ddpm&seed=9", "ddpm", 2);
    assert.equal(places().ddpm.length, 1, written);
  }
  const { resume } = browser();
  globalThis.localStorage.setItem = () => {
    throw new Error("full");
  };
  resume.visit("seed=8", "ddpm");
  resume.note("lab=ddpm&seed=8", "ddpm", 1);
});

test("an experiment in a few words", () => {
  const parameters = [{ key: "seed", title: { en: "Seed", zh: "种子" } }];
  assert.equal(describe("v=4&seed=8&at=43", parameters, createWords("en")), "Seed 8 · step 43");
  assert.equal(describe("v=4&seed=8&at=43", parameters, createWords("zh")), "种子 8 · 第 43 步");
});

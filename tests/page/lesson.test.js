// Lesson files: the published schema is what is checked; the lessons that ship pass; hostile files are refused with the place of the fault.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { outcome } from "../../www/ui/lesson-judge.js";
import { shipped } from "../../www/ui/lesson-sources.js";
import { LessonFault, packLesson, readLesson, readStream, unpackLesson } from "../../www/ui/lesson-file.js";

const plain = () => ({
  "chailou-lesson": 1,
  title: { en: "One", zh: "一" },
  steps: [
    {
      link: "lab=ddpm&at=3",
      text: { en: "Look.", zh: "看。" },
      predict: { ask: { en: "?", zh: "？" }, kind: "number", min: 0, max: 1, readout: "loss" },
    },
  ],
});
const read = (change) => {
  const lesson = plain();
  change(lesson, lesson.steps[0]);
  return readLesson(JSON.stringify(lesson));
};
/** @param {string} fault @param {string} path */
const refused = (fault, path) => (error) => {
  assert.ok(error instanceof LessonFault, String(error));
  assert.deepEqual([error.fault, error.path], [fault, path], error.message);
  return true;
};

test("a lesson is read, and comes back out of a link as it went in", async () => {
  const lesson = read(() => {});
  assert.deepEqual(lesson, plain());
  assert.deepEqual(await unpackLesson(await packLesson(lesson)), lesson);
});

test("what is wrong in a lesson is named by its place", () => {
  const wrong = (fault, path, change) => assert.throws(() => read(change), refused(fault, path));
  wrong("required", "steps[0].text", (_, step) => delete step.text);
  wrong("unknown", "steps[0].html", (_, step) => (step.html = "<b>"));
  wrong("type", "steps[0].text", (_, step) => (step.text = "no languages"));
  wrong("long", "steps[0].text.en", (_, step) => (step.text.en = "a".repeat(2001)));
  wrong("long", "steps", (lesson) => (lesson.steps = Array(61).fill(lesson.steps[0])));
  wrong("value", "steps[0].link", (_, step) => (step.link = "javascript:alert(1) #x"));
  wrong("required", "steps[0].predict.readout", (_, step) => delete step.predict.readout);
  wrong("range", "steps[0].predict.max", (_, step) => (step.predict.max = -1));
  wrong("value", "chailou-lesson", (lesson) => (lesson["chailou-lesson"] = 2));
  const choice = (more) => (_, step) =>
    (step.predict = {
      ask: { en: "?" },
      kind: "choice",
      options: [{ text: { en: "a" } }, { text: { en: "b" } }],
      ...more,
    });
  wrong("judge", "steps[0].predict", choice({ readout: "loss" }));
  wrong("right", "steps[0].predict.right", choice({ right: 2 }));
  assert.equal(read(choice({ right: 1 })).steps[0].predict?.right, 1);
});

test("files that are too long, too deep, cut off or a bomb are refused before they do harm", async () => {
  assert.throws(() => readLesson("{"), refused("json", ""));
  assert.throws(() => readLesson("[".repeat(50_000) + "]".repeat(50_000)), refused("depth", ""));
  assert.throws(() => readLesson(`"${"a".repeat(600_000)}"`), refused("size", ""));
  await assert.rejects(unpackLesson("%%%"), refused("packed", ""));
  await assert.rejects(unpackLesson((await packLesson(plain())).slice(0, -9)), refused("packed", ""));
  const bomb = new Blob([new Uint8Array(60_000_000)])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = Buffer.from(await new Response(bomb).arrayBuffer());
  await assert.rejects(unpackLesson(bytes.toString("base64url").slice(0, 60_000)), refused("size", ""));
  let pulls = 0;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill((pulls++, 32))),
  });
  await assert.rejects(readStream(endless), refused("size", ""));
  assert.ok(pulls < 20, "it stopped reading");
  // A name that a program could take for something else is only a name that is not known.
  assert.throws(
    () => readLesson('{"__proto__": {"a": 1}, "chailou-lesson": 1, "title": {"en": "x"}, "steps": []}'),
    LessonFault,
  );
});

test("the lessons that ship are lessons, in both languages, and each takes what its reveal measures from the engine", () => {
  const folder = new URL("../../www/lessons/", import.meta.url);
  const files = readdirSync(folder).filter((name) => !name.includes("schema"));
  assert.deepEqual(
    files.sort(),
    Object.keys(shipped)
      .map((name) => `${name}.json`)
      .sort(),
  );
  for (const file of files) {
    const lesson = readLesson(readFileSync(new URL(file, folder), "utf8"));
    for (const [path, text] of texts(lesson))
      assert.ok(text.en && text.zh, `${file}: ${path} says nothing in one language`);
    assert.ok(
      lesson.steps.some(({ predict }) => predict?.readout || predict?.right !== undefined),
      file,
    );
  }
});

/** Every text of a lesson with its place. */
function texts(value, path = "") {
  if (value === null || typeof value !== "object") return [];
  if ("en" in value || "zh" in value) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

test("a guess is judged by what was measured", () => {
  const choice = {
    kind: "choice",
    options: [
      { is: "below", value: 1 },
      { is: "equals", value: 2, tolerance: 1 },
      { is: "above", value: 3 },
    ],
  };
  assert.deepEqual(
    [0.5, 1, 2.9, 3.1].map((measured) => outcome(choice, 1, measured).option),
    [0, 1, 1, 2],
  );
  assert.equal(outcome(choice, 1, null).option, -1);
  assert.ok(!outcome(choice, 2, Number.NaN).right);
  const number = { kind: "number", min: 0, max: 500, near: 0 };
  assert.ok(outcome(number, 200, 200).right && !outcome(number, 199, 200).right);
  assert.ok(!outcome(number, 0, null).right);
  const place = { kind: "place", place: [0.5, 0.5], within: 0.1 };
  assert.ok(outcome(place, [0.55, 0.55], null).right && !outcome(place, [0.6, 0.6], null).right);
});

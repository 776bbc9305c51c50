// What is taken home: tables say what frames say, the link stands first; headers of files and values of a sweep are read or refused with a reason.
import assert from "node:assert/strict";
import test from "node:test";
import { Unfit, plan, runOne, spreads, sweep, valuesOf } from "../../www/ui/sweep.js";
import { csvOf, frameRows, jsonOf, short } from "../../www/ui/tables.js";
import { headerOf, kindOf, withMetadata, writes } from "../../www/ui/weights.js";

const frame = (name, shape, data) => ({ name, shape, data: Float32Array.from(data) });

test("a frame is a wide table by its names, or a row a number by its axes", () => {
  const wide = frameRows(frame("x", [2, 2], [1, 2, 3, Number.NaN]), ["x", "y"]);
  assert.deepEqual(wide, [
    ["x", "y"],
    [1, 2],
    [3, Number.NaN],
  ]);
  const long = frameRows(frame("m", [1, 2, 2], [1, 2, 3, 4]), ["seed", "network", "look", "loss"]);
  assert.deepEqual(long[0], ["seed", "network", "look", "loss"]);
  assert.deepEqual(long[3], [0, 1, 0, 3]);
  assert.deepEqual(frameRows(frame("v", [2], [5, 6])), [
    ["i", "v"],
    [0, 5],
    [1, 6],
  ]);
});

test("the link is the first line, numbers read back as they were", () => {
  const data = [0.1, 1 / 3, 1e-30, -7, 16777217];
  const text = csvOf("https://host/#v=4", frameRows(frame("v", [5], data)));
  const lines = text.split("\r\n");
  assert.equal(lines[0], "# https://host/#v=4");
  const read = lines.slice(2).map((line) => Math.fround(Number(line.split(",")[1])));
  assert.deepEqual(read, data.map(Math.fround));
  assert.equal(short(Math.fround(0.1)), 0.1);
  const json = JSON.parse(jsonOf("l", [frame("v", [2], [0.1, Number.POSITIVE_INFINITY])], { v: ["i", "v"] }));
  assert.deepEqual(json.frames, [{ name: "v", shape: [2], columns: ["i", "v"], data: [0.1, null] }]);
});

/** @param {any} table @param {number[]} numbers */
function file(table, numbers = []) {
  const header = new TextEncoder().encode(typeof table === "string" ? table : JSON.stringify(table));
  const bytes = new Uint8Array(8 + header.length + 4 * numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(new Uint8Array(Float32Array.from(numbers).buffer), 8 + header.length);
  return bytes;
}

test("metadata are added and no number moves; what is no file says so", () => {
  const tensors = { "l0.weight": { dtype: "F32", shape: [2], data_offsets: [0, 8] } };
  const more = withMetadata(file({ ...tensors, __metadata__: { steps: "3" } }, [1, 2]), { link: "大 #x" });
  assert.deepEqual(headerOf(more), { metadata: { steps: "3", link: "大 #x" }, names: ["l0.weight"] });
  assert.equal(kindOf(headerOf(more)), "mlp");
  assert.deepEqual([...new Float32Array(more.slice(-8).buffer)], [1, 2]);
  assert.equal((more.length - 8) % 8, 0);
  const bombs = [new Uint8Array(3), file("[]"), file("{"), file("null"), new Uint8Array(16).fill(255)];
  for (const bomb of bombs) assert.throws(() => headerOf(bomb), /header/);
  assert.ok(writes({ metadata: {}, names: [] }));
  const mixing = JSON.stringify({ kernel: "elu1", sights: [["past"]], position: "rotary" });
  assert.ok(!writes({ metadata: { mixing }, names: [] }));
});

test("values of a sweep are lists and ranges within bounds, and anything else is refused by name", () => {
  const number = { kind: "number", min: 0, max: 10 };
  assert.deepEqual(valuesOf("1, 1.3,2", number), [1, 1.3, 2]);
  assert.deepEqual(valuesOf("1..3,7", { kind: "integer", min: 1, max: 9 }), [1, 2, 3, 7]);
  const refused = [
    ["", "syntax"],
    ["3..1", "syntax"],
    ["1..", "syntax"],
    ["1.5", "syntax", "integer"],
    ["11", "outside"],
    ["0..1000000", "outside"],
  ];
  for (const [text, why, kind = "number"] of refused)
    assert.throws(
      () => valuesOf(text, { ...number, kind }),
      (error) => error instanceof Unfit && error.why === why,
      text,
    );
  assert.throws(
    () => valuesOf("0..1000000", { kind: "seed" }),
    (error) => error.why === "many",
  );
  const experiment = { lab: "x", values: { n: 1, seed: "0" } };
  assert.equal(plan(experiment, "n", [1, 2], [5, 6]).length, 4);
  assert.throws(
    () => plan(experiment, "n", Array(30).fill(1), Array(30).fill(1)),
    (error) => error.why === "many",
  );
});

test("mean and deviation are those of the runs that measured something", () => {
  const run = (value, measured) => ({ value, readouts: [{ id: "a", value: measured }] });
  const [one, two] = spreads([run(2, 5), run(1, 1), run(1, 3), run(1, null)], "a");
  assert.deepEqual([one.value, one.count, one.mean, one.deviation], [1, 2, 2, Math.SQRT2]);
  assert.deepEqual([two.value, two.count, two.deviation], [2, 1, 0]);
});

/** An engine whose sessions have three steps and measure their own value; the value 13 fails. */
const fake = (opened) => ({
  async open({ values }) {
    opened.push(values.n);
    if (values.n === 13) throw new Error("unlucky");
    let at = 0;
    let done = 0;
    const status = () => ({ at, length: 3, tasks: { claims: { done, total: 2 } } });
    return {
      status: status(),
      seek: async (k) => ((at = k), { status: status() }),
      work: async () => ((done = Math.min(2, done + 1)), { status: status() }),
      look: async () => ({ readouts: done === 2 && at === 3 ? [{ id: "a", value: values.n }] : [] }),
      close: async () => {},
    };
  },
  drawn: async () => {},
});

test("each run goes to its end and is measured; one that fails stops no other; cancelling ends all", async () => {
  const schema = { prepares: [], measures: ["claims"] };
  const plans = plan({ lab: "x", values: {} }, "n", [1, 13, 2, 3], null);
  const [opened, runs, failed] = [[], [], []];
  let ended = 0;
  const start = () => ({ engine: fake(opened), end: () => ended++ });
  const work = { plans, schema, hands: 2, start, onfail: (one) => failed.push(one.value) };
  await sweep({ ...work, ondone: (run) => runs.push(run), signal: new AbortController().signal });
  assert.deepEqual(runs.map(({ readouts }) => readouts[0].value).sort(), [1, 2, 3]);
  assert.deepEqual([failed, ended], [[13], 2]);
  assert.deepEqual(await runOne(fake([]), schema, plans[2]), [{ id: "a", value: 2 }]);
  const end = new AbortController();
  const some = [];
  await sweep({ ...work, hands: 1, ondone: (run) => (some.push(run), end.abort()), signal: end.signal });
  assert.equal(some.length, 1);
});

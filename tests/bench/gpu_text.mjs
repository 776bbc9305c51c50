// The transformer on WebGPU in Node through Dawn: beside the processor's over all sizes and interventions, then W2, checked and timed.
// node tests/bench/gpu_text.mjs ENGINES [--random N] [--from N] [--seed N] [--no-twins] [--workloads DIR] [--seconds N]; ENGINES is the folder that
// `./build.sh bench` fills, N random sizes follow the fixed ones, --no-twins tries
// none; 0 seconds: nothing is timed.
import fs from "node:fs";
import path from "node:path";
import { countGpu } from "../../www/engine/timed.js";
import { start } from "./dawn.mjs";
import { asked, end, row } from "./options.mjs";

const { engines, option, flag } = asked(
  "ENGINES [--random N] [--from N] [--seed N] [--no-twins] [--workloads DIR] [--seconds N]",
);
const { gpu_text_gaps, gpu_text_lost, gpu_text_written, GpuText, open, parse } = await start(engines);
const counts = countGpu();

/** A session of the lab pulled character by character and another all at once: the same text, in fewer submits. */
async function pulled(settings, surgery, length, verdicts, submits) {
  const session = async () => {
    const { experiment } = parse(`lab=attention&model=toy&task=induction&prompt=abcab&tokens=40&${settings}`);
    experiment.surgery = surgery;
    return open(experiment);
  };
  const nothing = { frames: [], readouts: false };
  const [by_one, at_once] = [await session(), await session()];
  await by_one.seek(0, nothing);
  await at_once.seek(0, nothing);
  for (let k = 1; k <= length; k++) await by_one.seek(k, nothing);
  const before = counts.submits;
  await at_once.seek(length, nothing);
  const took = counts.submits - before;
  const { verdict, rms } = await at_once.compare(await by_one.fingerprint());
  row(
    `${length} characters in the lab, ${settings}, ${surgery.length} edits: ${took} submits, ${verdict} (${rms}) as one by one`,
    verdicts.includes(verdict) && took === submits,
  );
  by_one.free();
  at_once.free();
}

if (!flag("no-twins")) {
  const [random, seed] = [Number(option("random", 8)), Number(option("seed", 7))];
  for (let at = Number(option("from", 0)); ; at++) {
    const answer = await gpu_text_gaps(seed, random, at);
    if (!answer) break;
    const [sizes, gaps] = answer;
    const [kind, gap] = Object.entries(gaps).reduce((most, one) => (one[1] > most[1] ? one : most));
    row(
      `${sizes}: ${Object.keys(gaps).length} kinds of readings, at most ${gap.toExponential(1)} apart (${kind})`,
    );
    const [, { texts, choices, others }] = await gpu_text_written(seed, random, at);
    row(
      `  ${texts} texts written up to 16 tokens a submit are the same to the bit as one by one; of ${choices} tokens that the device chose the host chose ${others} others`,
    );
  }
  await pulled("temperature=1", [], 35, ["exact"], 3);
  await pulled("temperature=0.9&top_k=4&top_p=0.9", [], 40, ["exact"], 3);
  // The edited model's reading of the other's text comes last, all of it at once, by kernels for many tokens.
  const head = { op: "head", layer: 1, head: 1 };
  await pulled("temperature=1", [head], 35, ["exact", "close"], 4);
  await pulled("temperature=1", [{ ...head, op: "freeze" }], 6, ["exact", "close"], 12);
  row(`a lost device says: ${await gpu_text_lost()}`);
}

const folder = option("workloads");
if (!folder) end();

const bytes = (name) => fs.readFileSync(path.join(folder, name));
const floats = (name) => new Float32Array(new Uint8Array(bytes(name)).buffer);
const wholes = (name) => new Uint32Array(new Uint8Array(bytes(name)).buffer);
/** ms of `work`, over and over for so many seconds: smallest, median, largest. */
async function timed(work, seconds = Number(option("seconds", 3))) {
  const times = [];
  const until = performance.now() + 1000 * seconds;
  while (times.length < 5 || performance.now() < until) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return [times[0], times[times.length >> 1], times[times.length - 1]];
}
const ms = (times) => times.map((time) => time.toFixed(3)).join(" / ");

const text = await GpuText.open(bytes("w2.json").toString(), bytes("w2.bin"));
/** What one call of `work` takes: dispatches, submits, bytes read. */
async function counted(work) {
  const before = text.counts();
  await work();
  const after = text.counts();
  return `${after[0] - before[0]} dispatches, ${after[1] - before[1]} submits, ${after[3] - before[3]} bytes back`;
}

const tokens = wholes("w2_tok.bin");
let from = performance.now();
const answer = await text.forward(tokens);
console.log(`forward, first: ${(performance.now() - from).toFixed(1)} ms`);
const relative = (values, reference) => {
  const most = reference.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return values.reduce((gap, x, i) => Math.max(gap, Math.abs(x - reference[i])), 0) / most;
};
const [logits, maps] = [floats("w2_logits.bin"), floats("w2_maps.bin")];
const gaps = [
  relative(answer.subarray(0, logits.length), logits),
  relative(answer.subarray(logits.length), maps),
];
row(
  `forward: logits ${gaps[0].toExponential(1)}, maps ${gaps[1].toExponential(1)} of the largest away from the reference`,
  gaps[0] < 5e-6 && gaps[1] < 5e-6 && answer.length === logits.length + maps.length,
);

const written = wholes("w2_gen.bin");
/** Writes 128 tokens from the first, one or several a call; how many are wrong. */
async function write(step) {
  await text.forget();
  let wrong = 0;
  let token = written[0];
  for (let i = 1; i <= 128; ) {
    for (const next of [await step(token)].flat()) {
      token = next;
      wrong += token !== written[i++];
    }
  }
  return wrong;
}
/** Tokens a submit. */
const AT_ONCE = 16;
const greedy = (token) => text.next(token);
const several = async (token) => [...(await text.next_several(token, AT_ONCE))];
const several_shown = async (token) => [...(await text.next_several_shown(token, AT_ONCE))];
from = performance.now();
await text.forget();
await text.next(written[0]);
console.log(`token, first: ${(performance.now() - from).toFixed(1)} ms`);
for (const [name, step] of Object.entries({
  "one a submit": greedy,
  "one a submit, everything shown": (token) => text.next_shown(token, 1),
  [`${AT_ONCE} a submit`]: several,
  [`${AT_ONCE} a submit, everything shown`]: several_shown,
})) {
  const wrong = await write(step);
  row(`tokens, ${name}: ${wrong} of 128 wrong`, wrong === 0);
}

if (Number(option("seconds", 3)) === 0) end();
const forward = () => text.forward(tokens);
console.log(`forward, 16 maps: ${ms(await timed(forward))} ms; ${await counted(forward)}`);
const read = () => text.read(tokens);
console.log(`forward, everything shown: ${ms(await timed(read))} ms; ${await counted(read)}`);
const each = (times) => times.map((time) => time / 128);
console.log(`token, one a submit: ${ms(each(await timed(() => write(greedy))))} ms`);
await text.forget();
console.log(`  ${await counted(() => text.next(written[0]))}`);
for (const [name, step] of [
  ["", several],
  [", everything shown", several_shown],
]) {
  console.log(`${AT_ONCE} tokens a submit${name}: ${ms(each(await timed(() => write(step))))} ms each`);
  await text.forget();
  console.log(`  ${await counted(() => step(written[0]))}`);
}
for (const texts of [1, 3]) {
  const step = (token) => text.next_shown(token, texts);
  console.log(`token, everything shown, ${texts} texts: ${ms(each(await timed(() => write(step))))} ms`);
  await text.forget();
  console.log(`  ${await counted(() => step(written[0]))}`);
}
end();

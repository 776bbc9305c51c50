// The transformer on WebGPU in Node through Dawn: beside the processor's over all sizes and interventions, then W2, checked and timed.
// node tests/bench/gpu_text.mjs ENGINE [--random N] [--from N] [--seed N] [--no-twins] [--workloads DIR] [--seconds N]; ENGINE is the folder of an
// engine with the features gpu and bench, N random sizes follow the fixed ones, --no-twins tries
// none; 0 seconds: nothing is timed.
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { start } from "./dawn.mjs";

const [engine, ...rest] = process.argv.slice(2);
if (!engine) {
  console.error(
    "node tests/bench/gpu_text.mjs ENGINE [--random N] [--from N] [--seed N] [--no-twins] [--workloads DIR] [--seconds N]",
  );
  process.exit(2);
}
const option = (name, otherwise) => {
  const at = rest.indexOf(`--${name}`);
  return at < 0 ? otherwise : rest[at + 1];
};

const { gpu_text_gaps, gpu_text_lost, GpuText } = await start(engine);
const random = rest.includes("--no-twins") ? -1 : Number(option("random", 8));
if (random >= 0) {
  for (let at = Number(option("from", 0)); ; at++) {
    const answer = await gpu_text_gaps(Number(option("seed", 7)), random, at);
    if (!answer) break;
    const [sizes, gaps] = answer;
    const [kind, gap] = Object.entries(gaps).reduce((most, one) => (one[1] > most[1] ? one : most));
    console.log(
      `${sizes}: ${Object.keys(gaps).length} kinds of readings, at most ${gap.toExponential(1)} apart (${kind})`,
    );
  }
  console.log(`a lost device says: ${await gpu_text_lost()}`);
}

const folder = option("workloads");
if (!folder) process.exit(0);

const bytes = (name) => fs.readFileSync(path.join(folder, name));
const floats = (name) => new Float32Array(new Uint8Array(bytes(name)).buffer);
const wholes = (name) => new Uint32Array(new Uint8Array(bytes(name)).buffer);
/** ms of `work`, over and over for so many seconds: smallest, median, largest. */
async function timed(work, seconds = Number(option("seconds", 3))) {
  const times = [];
  const end = performance.now() + 1000 * seconds;
  while (times.length < 5 || performance.now() < end) {
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
console.log(
  `forward: logits ${gaps[0].toExponential(1)}, maps ${gaps[1].toExponential(1)} of the largest away from the reference`,
);
if (!(gaps[0] < 5e-6 && gaps[1] < 5e-6 && answer.length === logits.length + maps.length)) process.exit(1);

const written = wholes("w2_gen.bin");
/** Writes 128 tokens from the first, one a call; how many are wrong. */
async function write(step) {
  await text.forget();
  let wrong = 0;
  let token = written[0];
  for (let i = 1; i <= 128; i++) {
    token = await step(token);
    wrong += token !== written[i];
  }
  return wrong;
}
const greedy = (token) => text.next(token);
from = performance.now();
await text.forget();
await text.next(written[0]);
console.log(`token, first: ${(performance.now() - from).toFixed(1)} ms`);
const wrong = [await write(greedy), await write((token) => text.next_shown(token, 1))];
console.log(`tokens: ${wrong.join(" and ")} of 128 wrong`);
if (wrong.some((count) => count > 0)) process.exit(1);

if (Number(option("seconds", 3)) === 0) process.exit(0);
const forward = () => text.forward(tokens);
console.log(`forward, 16 maps: ${ms(await timed(forward))} ms; ${await counted(forward)}`);
const read = () => text.read(tokens);
console.log(`forward, everything shown: ${ms(await timed(read))} ms; ${await counted(read)}`);
const each = (times) => times.map((time) => time / 128);
console.log(`token, one a submit: ${ms(each(await timed(() => write(greedy))))} ms`);
await text.forget();
console.log(`  ${await counted(() => text.next(written[0]))}`);
for (const texts of [1, 3]) {
  const step = (token) => text.next_shown(token, texts);
  console.log(`token, everything shown, ${texts} texts: ${ms(each(await timed(() => write(step))))} ms`);
  await text.forget();
  console.log(`  ${await counted(() => step(written[0]))}`);
}
process.exit(0);

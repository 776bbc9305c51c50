// The lab of points on WebGPU in Node through Dawn: the exact denoiser beside the processor's and beside f64, then a session's pictures.
// node tests/bench/gpu_points.mjs ENGINES [--no-twins] [--seconds N]; ENGINES is the folder that `./build.sh bench` fills;
// 0 seconds: nothing is timed.
import { start } from "./dawn.mjs";
import { asked, end, row } from "./options.mjs";

const { engines, option, flag } = asked("ENGINES [--no-twins] [--seconds N]");
const seconds = Number(option("seconds", 3));

const { gpu_points_gaps, parse, open } = await start(engines);
/** All that were opened. */
const devices = [];
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (...all) {
  const device = await request.apply(this, all);
  devices.push(device);
  return device;
};
if (!flag("no-twins")) {
  for (const [name, there, here, allowed] of await gpu_points_gaps())
    row(
      `${name}: ${there.toExponential(1)} of max(1, |ε|)/B from f64, the processor ${here.toExponential(1)}`,
      there < allowed,
    );
}

/** A picture: one step of all particles and their places, as the page asks for them. */
async function pictures(sampler) {
  const steps = 30;
  const link = `lab=points&particles=100000&points=1000&steps=${steps}&sampler=${sampler}`;
  const times = [];
  const until = performance.now() + 1000 * seconds;
  while (times.length < steps || performance.now() < until) {
    const session = await open(parse(link).experiment);
    for (let k = 1; k < steps; k++) {
      const begin = performance.now();
      const { frames } = await session.step(1, { frames: ["x"], readouts: false });
      const took = performance.now() - begin;
      if (frames[0].data.length !== 200_000) throw new Error(`${frames[0].data.length} numbers`);
      // The first step of a session makes its plan and walks the probe's whole way.
      if (k > 1) times.push(took);
    }
    session.free();
  }
  times.sort((a, b) => a - b);
  const middle = times[times.length >> 1];
  console.log(
    `100,000 particles, 1,000 points, ${sampler}: ${times[0].toFixed(2)} / ${middle.toFixed(2)} / ${times.at(-1).toFixed(2)} ms a picture` +
      ` (least / median / most of ${times.length}), ${(1000 / middle).toFixed(0)} a second`,
  );
}

/** A device that goes away takes the pull in flight along and nothing else. */
async function lost() {
  const session = await open(parse("lab=points&particles=4096&points=1000&steps=9").experiment);
  await session.step(3, { frames: [], readouts: false });
  const before = (await session.look({ frames: ["x"], readouts: false })).frames[0].data;
  for (const device of devices) device.destroy();
  const error = await session.step(1, { frames: [], readouts: false }).then(
    () => "nothing",
    (error) => String(error.message ?? error),
  );
  const { status, frames } = await session.look({ frames: ["x"], readouts: false });
  const stands = status.at === 3 && frames[0].data.every((x, i) => x === before[i]);
  row(`a lost device says: ${error}; the session stands at ${status.at}`, stands && error.includes("lost"));
}

if (seconds > 0) for (const sampler of ["ddim", "dpmpp2m", "ddpm"]) await pictures(sampler);
if (!flag("no-twins")) await lost();
end();

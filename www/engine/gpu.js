// What this browser's GPU is good for, when its device goes away, and how it compiles.

/**
 * Software adapters lose against our own CPU engine, so "auto" leaves them alone.
 * @returns {Promise<"none" | "software" | "hardware">}
 */
export async function gpuKind() {
  try {
    const adapter = await /** @type {any} */ (navigator).gpu?.requestAdapter();
    if (!adapter) return "none";
    return (adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter) ? "software" : "hardware";
  } catch {
    return "none";
  }
}

/** @type {ReturnType<typeof watch> | undefined} */
let watched;
/** The devices of this worker, from the first call on. */
export const watchDevices = () => (watched ??= watch());

/**
 * The wasm asks for its device by itself and keeps it; listening at the door is how we learn of its loss,
 * because a command queue on a lost device simply never answers.
 */
function watch() {
  /** @type {any[]} */
  const devices = [];
  /** @type {Set<(reason: string) => void>} */
  const onlost = new Set();
  const adapter = /** @type {any} */ (globalThis).GPUAdapter?.prototype;
  if (adapter) {
    const request = adapter.requestDevice;
    adapter.requestDevice = async function (/** @type {any} */ ...args) {
      const device = await request.apply(this, args);
      devices.push(device);
      device.lost.then((/** @type {any} */ info) => {
        devices.splice(devices.indexOf(device), 1);
        onlost.forEach((tell) => tell(info.message || info.reason));
      });
      return device;
    };
  }
  return {
    /** A promise that only ever rejects: to race against. @returns {Promise<never>} */
    lost: () =>
      new Promise((_, reject) =>
        onlost.add((reason) => reject(Object.assign(new Error(reason), { name: "DeviceLost" }))),
      ),
    count: () => devices.length,
    destroy: () => devices.forEach((device) => device.destroy()),
    /** The device opened last. */
    latest: () => devices.at(-1),
  };
}

/** What a letter says of a binding; see crate/gpu/executor.rs. */
const types = { r: "read-only-storage", w: "storage", u: "uniform" };

/**
 * Has `engine`, which knows networks, ask them on a device of `webgpu`, the engine that knows WebGPU. Kernels are compiled side by
 * side: wgpu asks for one pipeline after another, and each stops the browser's GPU process while it is compiled; a device gives
 * the same pipeline again while it is kept.
 * @param {any} engine its exports, before anything is opened @param {any} webgpu
 */
export function lendWebgpu(engine, webgpu) {
  const devices = watchDevices();
  /** The device of each executor. @type {WeakMap<object, any>} */
  const own = new WeakMap();
  /** Until wgpu has asked for them, which it does before the next ones are compiled. @type {any[]} */
  const kept = [];
  engine.lend_webgpu(
    async () => {
      const executor = await webgpu.Executor.open();
      own.set(executor, devices.latest());
      return executor;
    },
    async (/** @type {object} */ executor, /** @type {[string, string][]} */ kernels) => {
      const device = own.get(executor);
      const visibility = /** @type {any} */ (globalThis).GPUShaderStage.COMPUTE;
      // What is wrong with a kernel is told when wgpu asks for it.
      device.pushErrorScope("validation");
      const made = kernels.map(([code, letters]) => {
        const entries = Array.from(letters, (letter, binding) => ({
          binding,
          visibility,
          buffer: { type: types[/** @type {keyof typeof types} */ (letter)] },
        }));
        const layout = device.createPipelineLayout({
          bindGroupLayouts: [device.createBindGroupLayout({ entries })],
        });
        const compute = { module: device.createShaderModule({ code }), entryPoint: "main" };
        return device.createComputePipelineAsync({ layout, compute });
      });
      kept.splice(0, kept.length, ...(await Promise.allSettled([...made, device.popErrorScope()])));
    },
  );
}

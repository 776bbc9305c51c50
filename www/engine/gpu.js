// What this browser's GPU is good for, and when its device goes away.

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

/**
 * The wasm asks for its device by itself and keeps it; listening at the door is how we learn of its loss,
 * because a command queue on a lost device simply never answers.
 */
export function watchDevices() {
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
  };
}

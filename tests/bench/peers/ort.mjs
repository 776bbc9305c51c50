// onnxruntime-web on W1 and W2: one thread on the processor; on WebGPU its own provider, with and without graphs that are captured.
import { transformer, unet } from "./graphs.mjs";
import { weights } from "./onnx.mjs";

export const package_name = "onnxruntime-web";
/** What it can run; it does not train. */
export const can = ["w1b1", "w1b16", "w2f", "w2kv"];
/** What of it as a graph that is captured. */
export const captured = ["w1b1", "w1b16", "w2f"];

const joined = (arrays) => {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  arrays.reduce((at, array) => (all.set(array, at), at + array.length), 0);
  return all;
};

/** Its memory is shared between threads, which Dawn in Node does not read. */
function unshared() {
  const write = GPUQueue.prototype.writeBuffer;
  GPUQueue.prototype.writeBuffer = function (buffer, offset, data, from = 0, size = undefined) {
    const view = ArrayBuffer.isView(data) ? data : new Uint8Array(data);
    const part = view.subarray(from, size === undefined ? undefined : from + size);
    return write.call(this, buffer, offset, view.buffer instanceof SharedArrayBuffer ? part.slice() : part);
  };
}

/**
 * Its library, for "cpu" or "webgpu".
 * @param {{address: (file: string) => string, bytes: (file: string) => any}} dist where its files are, and what is in them
 * @param {string} device
 */
export async function load(dist, device) {
  if (device === "webgpu") unshared();
  const ort = await import(dist.address({ cpu: "ort.wasm.min.mjs", webgpu: "ort.webgpu.min.mjs" }[device]));
  ort.env.logLevel = "error";
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = dist.address("./");
  const wasm = { cpu: "ort-wasm-simd-threaded.wasm", webgpu: "ort-wasm-simd-threaded.asyncify.wasm" }[device];
  ort.env.wasm.wasmBinary = await dist.bytes(wasm);
  return ort;
}

/** A workload, which answers as ours does. @param {any} ort @param {string} id @param {Record<string, Uint8Array>} files @param {string} device @param {boolean} [is_captured] */
export async function open(ort, id, files, device, is_captured = false) {
  const model = id.slice(0, 2);
  const all = weights(files[`${model}.json`], files[`${model}.bin`]);
  const session = (graph, how) =>
    ort.InferenceSession.create(graph, {
      executionProviders: device === "cpu" ? ["wasm"] : [{ name: "webgpu", preferredLayout: "NCHW" }],
      enableGraphCapture: is_captured,
      ...how,
    });
  const tensor = (values, dims) =>
    values instanceof Float32Array
      ? new ort.Tensor("float32", values, dims)
      : new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
  if (id === "w2kv") return writing(session, all, tensor, device);

  const pictures = id === "w1b16" ? 16 : 1;
  const graph = model === "w1" ? unet(all, pictures) : transformer(all, false);
  const run = await session(graph, is_captured ? { preferredOutputLocation: "gpu-buffer" } : {});
  const inputs =
    model === "w1"
      ? (input) => ({
          x: tensor(input.subarray(0, 1024 * pictures), [pictures, 1, 32, 32]),
          t: tensor(input.subarray(1024 * pictures), [pictures, 1]),
        })
      : (input) => ({ tokens: tensor([...input], [128]) });
  const names = model === "w1" ? ["eps"] : ["logits", "map0", "map1", "map2", "map3"];
  const there = is_captured ? onDevice(ort) : undefined;
  return {
    async part(_, input) {
      const answers = await run.run(there ? await there(inputs(input)) : inputs(input));
      const arrays = await Promise.all(names.map((name) => answers[name].getData()));
      return joined(arrays);
    },
  };
}

/** Inputs of a captured graph lie in buffers that stay; calls write into them. */
function onDevice(ort) {
  const kept = {};
  return async (inputs) => {
    const device = await ort.env.webgpu.device;
    for (const [name, { data, dims, type }] of Object.entries(inputs)) {
      kept[name] ??= ort.Tensor.fromGpuBuffer(
        device.createBuffer({
          size: Math.ceil(data.byteLength / 16) * 16,
          usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
        }),
        { dataType: type, dims },
      );
      device.queue.writeBuffer(kept[name].gpuBuffer, 0, data);
    }
    return kept;
  };
}

/** Greedy writing: keys and values of a token go out and in again, on WebGPU without leaving the device. */
async function writing(session, all, tensor, device) {
  const names = [0, 1, 2, 3].flatMap((l) => [`k${l}`, `v${l}`]);
  const stays = Object.fromEntries(names.map((name) => [`${name}_after`, "gpu-buffer"]));
  const how = device === "cpu" ? {} : { preferredOutputLocation: { ...stays, logits: "cpu" } };
  const run = await session(transformer(all, true), how);
  let cache;
  return {
    async part(position, [token]) {
      if (position === 0)
        cache = Object.fromEntries(names.map((name) => [name, tensor(new Float32Array(0), [4, 0, 32])]));
      const told = { tokens: tensor([token], [1]), position: tensor([position], [1]) };
      const answers = await run.run({ ...told, ...cache });
      for (const name of names) {
        cache[name].dispose?.();
        cache[name] = answers[`${name}_after`];
      }
      const scores = await answers.logits.getData();
      return Float32Array.of(scores.reduce((best, score, i) => (score > scores[best] ? i : best), 0));
    },
  };
}

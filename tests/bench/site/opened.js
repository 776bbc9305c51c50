// One of our engines and its workloads, for the pages of the bench.
import { lendWebgpu } from "../../../www/engine/gpu.js";

/** @param {string | null} engine "cpu" or "webgpu" */
export async function started(engine) {
  const module = await import("/engine/cpu/chailou.js");
  await module.default();
  if (engine === "webgpu") {
    const webgpu = await import("/engine/webgpu/chailou.js");
    await webgpu.default();
    lendWebgpu(module, webgpu);
  }
  return module;
}

/** A workload by its engine, and the files that it is made of. @param {any} module @param {string | null} id */
export async function opened(module, id) {
  const spec = module.workload_spec(id);
  const named = await Promise.all(
    spec.files.map(async (/** @type {string} */ name) => {
      const answer = await fetch(`/data/${name}`);
      if (!answer.ok) throw new Error(`the file ${name} is missing in the folder of the workloads`);
      return [name, new Uint8Array(await answer.arrayBuffer())];
    }),
  );
  const files = Object.fromEntries(named);
  return { spec, files, workload: await module.open_workload(id, files) };
}

// Microseconds of each dispatch of a call, played again and again; for scripts that run on Dawn in Node.

/** Begins to watch every device and pass; answers with a function that profiles a call. Comes after `start`, whose globals it wraps. */
export function watched() {
  const tape = { on: false, list: [], made: new Map() };
  const after = (type, name, then) => {
    const method = type.prototype[name];
    type.prototype[name] = function (...all) {
      const made = method.apply(this, all);
      then(made, all, this);
      return made;
    };
  };
  const now = {};
  after(GPUDevice, "createComputePipeline", (made, [{ label }], device) =>
    tape.made.set(made, { label, device }),
  );
  after(GPUComputePassEncoder, "setPipeline", (_, [pipeline]) => (now.pipeline = pipeline));
  after(GPUComputePassEncoder, "setBindGroup", (_, [, group]) => (now.group = group));
  after(
    GPUComputePassEncoder,
    "dispatchWorkgroups",
    (_, size) => tape.on && tape.list.push({ ...now, size }),
  );

  /** Microseconds of `list` on the GPU, `times` over in one pass. */
  async function took(list, times) {
    const { device } = tape.made.get(list[0].pipeline);
    let least = Infinity;
    for (let i = 0; i < 8; i++) {
      const begin = performance.now();
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (let k = 0; k < times; k++) {
        for (const { pipeline, group, size } of list) {
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, group);
          pass.dispatchWorkgroups(...size);
        }
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
      least = Math.min(least, performance.now() - begin);
    }
    return 1000 * least;
  }

  /** Prints the microseconds of each dispatch of the first of `parts` equal parts of a call, and of all of these in turn, many times over. */
  return async (run, parts = 1) => {
    tape.on = true;
    await run();
    tape.on = false;
    const all = tape.list.splice(0);
    const list = all.slice(0, all.length / parts);
    for (const one of list) {
      const each = ((await took([one], 400)) - (await took([one], 100))) / 300;
      console.log(
        `  ${each.toFixed(2).padStart(7)} us  ${one.size.join("x").padEnd(10)}  ${tape.made.get(one.pipeline).label}`,
      );
    }
    const sum = ((await took(list, 20)) - (await took(list, 5))) / 15;
    console.log(`  ${sum.toFixed(2).padStart(7)} us  all ${list.length}`);
  };
}

// Our WebGPU operators in Node through Dawn (npm package `webgpu`): the laws of plans, then workloads, checked and timed.
// node tests/bench/gpu.mjs ENGINE [--workloads DIR]; ENGINE is the folder of an engine with the features gpu and bench.
import fs from "node:fs";
import module from "node:module";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const [engine, ...rest] = process.argv.slice(2);
if (!engine) {
  console.error("node tests/bench/gpu.mjs ENGINE [--workloads DIR] [--seconds N]");
  process.exit(2);
}
const option = (name) => {
  const at = rest.indexOf(name);
  return at < 0 ? undefined : rest[at + 1];
};

/** Dawn, and the globals that an engine for browsers looks for. */
function browser() {
  const places = [process.cwd(), path.resolve(engine), ...(process.env.NODE_PATH ?? "").split(":").filter(Boolean)];
  const find = (place) => {
    try {
      return module.createRequire(path.join(place, "x.js")).resolve("webgpu");
    } catch {
      return undefined;
    }
  };
  const found = places.map(find).find(Boolean) ?? process.env.WEBGPU_NODE;
  if (!found) {
    console.error(
      "The npm package `webgpu` (Dawn for Node) is not here: run `npm install webgpu` in any folder, then this again with\n" +
        "NODE_PATH=THAT_FOLDER or from there. On Linux without a card VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json\n" +
        "makes Chromium's software Vulkan its device.",
    );
    process.exit(1);
  }
  return import(pathToFileURL(found).href).then(({ create, globals }) => {
    const define = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    Object.assign(globalThis, globals);
    const gpu = create((process.env.DAWN_FLAGS ?? "").split(";").filter(Boolean));
    if (globalThis.navigator) Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
    else define("navigator", { gpu });
    define("Window", class Window {});
    define("window", globalThis);
    return gpu;
  });
}

const gpu = await browser();
const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
if (!adapter) {
  console.error("Dawn finds no adapter: no driver, or none that it takes.");
  process.exit(1);
}
const { info } = adapter;
console.log(`adapter: ${[info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(" ")}`);

// By its text, since Node would take the name for CommonJS.
const glue = fs.readFileSync(path.join(engine, "chailou.js"), "utf8");
const { default: init, GpuBench } = await import(`data:text/javascript,${encodeURIComponent(glue)}`);
await init({ module_or_path: fs.readFileSync(path.join(engine, "chailou_bg.wasm")) });

const bench = await GpuBench.open();
await bench.laws();
console.log("laws: hold");
process.exit(0);

// WebGPU in Node through Dawn (npm package `webgpu`), and the globals that an engine for browsers looks for.
import fs from "node:fs";
import module from "node:module";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { lendWebgpu } from "../../www/engine/gpu.js";
import { found } from "./found.mjs";

/** Dawn's script, if it is anywhere. */
function dawn(engines) {
  const folder = found("webgpu", [engines]);
  if (!folder) return process.env.WEBGPU_NODE;
  return module.createRequire(path.join(folder, "x.js")).resolve("webgpu");
}

/** The exports of an engine, started; by its glue's text, since Node would take the name for CommonJS. @param {string} folder */
async function started(folder) {
  const glue = fs.readFileSync(path.join(folder, "chailou.js"), "utf8");
  const bindings = await import(`data:text/javascript,${encodeURIComponent(glue)}`);
  await bindings.default({ module_or_path: fs.readFileSync(path.join(folder, "chailou_bg.wasm")) });
  return bindings;
}

/** The CPU engine of those in the folder `engines`. */
export async function load(engines) {
  // A trace would hold all of the glue's text.
  process.on("uncaughtException", (error) => {
    console.error(error.message ?? error);
    process.exit(1);
  });
  return started(path.join(engines, "cpu"));
}

/** The same, with WebGPU by Dawn; says on what, and ends the process with a sentence where it cannot. */
export async function start(engines) {
  const webgpu = dawn(engines);
  if (!webgpu) {
    console.error(
      "The npm package `webgpu` (Dawn for Node) is not here: run `npm install webgpu` in any folder, then this again with\n" +
        "NODE_PATH=THAT_FOLDER or from there. On Linux without a card VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json\n" +
        "makes Chromium's software Vulkan its device.",
    );
    process.exit(1);
  }
  const { create, globals } = await import(pathToFileURL(webgpu).href);
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  Object.assign(globalThis, globals);
  const gpu = create((process.env.DAWN_FLAGS ?? "").split(";").filter(Boolean));
  if (globalThis.navigator)
    Object.defineProperty(globalThis.navigator, "gpu", { value: gpu, configurable: true });
  else define("navigator", { gpu, userAgent: "Node" });
  define("Window", class Window {});
  define("window", globalThis);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    console.error("Dawn finds no adapter: no driver, or none that it takes.");
    process.exit(1);
  }
  const { info } = adapter;
  console.log(
    `adapter: ${[info.vendor, info.architecture, info.device, info.description].filter(Boolean).join(" ")}`,
  );
  const engine = await load(engines);
  lendWebgpu(engine, await started(path.join(engines, "webgpu")));
  return engine;
}

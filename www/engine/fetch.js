// Downloads that report their bytes.
/** @import { Progress } from "../types.js" */
/** @import { Asset } from "./assets.js" */

/** @typedef {(progress: Progress) => void} Report */

/** @param {string} message */
export const unreachable = (message) => Object.assign(new Error(message), { name: "Unreachable" });

/**
 * A Response whose body counts what passes through it, so that wasm still compiles while it streams. It says itself
 * that it is wasm: many a host does not know.
 * @param {Asset} asset @param {Report} report @param {RequestCache} [cache]
 */
export async function fetchCounted({ name, url, bytes }, report, cache = "default") {
  let answer;
  try {
    answer = await fetch(url, { cache });
  } catch {
    throw unreachable(name);
  }
  if (!answer.ok || !answer.body) throw unreachable(`${name}: ${answer.status}`);
  let loaded = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      report({ file: name, loaded, total: bytes });
      controller.enqueue(chunk);
    },
  });
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
  return new Response(answer.body.pipeThrough(counter), { headers: { "content-type": type } });
}

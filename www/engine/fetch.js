// Downloads that report their bytes; the manifest knows sizes that a compressed answer's header does not.
/** @import { Progress } from "../types.js" */

/** @typedef {(progress: Progress) => void} Report */

const root = new URL("../", import.meta.url);
/** @type {Promise<Record<string, {bytes: number}>> | undefined} */
let sizes;
const manifest = () =>
  (sizes ??= fetch(new URL("pkg/manifest.json", root))
    .then((answer) => answer.json())
    .then((json) => json.files ?? {})
    .catch(() => ({})));

/**
 * A Response whose body counts what passes through it, so that wasm still compiles while it streams.
 * @param {string} file relative to the page's folder @param {Report} report @param {RequestCache} [cache]
 */
export async function fetchCounted(file, report, cache = "default") {
  const known = manifest();
  let answer;
  try {
    answer = await fetch(new URL(file, root), { cache });
  } catch {
    throw Object.assign(new Error(file), { name: "Unreachable" });
  }
  if (!answer.ok || !answer.body)
    throw Object.assign(new Error(`${file}: ${answer.status}`), { name: "Unreachable" });
  let loaded = 0;
  /** @type {number | null} */
  let total = null;
  known.then((files) => {
    total = files[file]?.bytes ?? null;
    if (loaded) report({ file, loaded, total });
  });
  const counter = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      report({ file, loaded, total });
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(counter), {
    headers: { "content-type": answer.headers.get("content-type") ?? "application/octet-stream" },
  });
}

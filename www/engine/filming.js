// The worker in which films are encoded: pictures go in one by one, a file comes out.

/** @returns {Worker} */
const startWorker = () => new Worker(new URL("./encode.js", import.meta.url), { type: "module" });

/** @typedef {"gif" | "webm" | "mp4"} Format */
/** @typedef {{width: number, height: number, fps: number}} Size */

/** An encoder: each call waits for the one before; after `end` nothing of it is left. */
export function startEncoder() {
  const worker = startWorker();
  /** @type {{resolve: (value: any) => void, reject: (error: Error) => void} | null} */
  let waiting = null;
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting ?? { resolve() {}, reject() {} };
    waiting = null;
    if (data.failure) reject(new Error(data.failure));
    else resolve(data.value);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    waiting?.reject(new Error(event.message || "engine/encode.js"));
    waiting = null;
  };
  /** @param {string} verb @param {any} what @param {Transferable[]} [transfer] @returns {Promise<any>} */
  const ask = (verb, what, transfer = []) =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      worker.postMessage({ verb, what }, transfer);
    });
  return {
    /** What this browser can encode at this size. @param {Size} size @returns {Promise<Format[]>} */
    formats: (size) => ask("formats", size),
    /** @param {Size & {format: Format}} film @returns {Promise<void>} */
    begin: (film) => ask("begin", film),
    /** @param {ImageBitmap} picture @param {number} shown frames that it stays @returns {Promise<void>} */
    add: (picture, shown = 1) => ask("add", { picture, shown }, [picture]),
    /** @returns {Promise<Blob>} */
    finish: () => ask("finish", null),
    end: () => worker.terminate(),
  };
}

/** @typedef {ReturnType<typeof startEncoder>} Encoder */

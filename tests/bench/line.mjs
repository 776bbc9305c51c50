// A server at the end of a slow line. The line is in the server, not in the browser: so it also holds for workers, and
// all that is on the way shares it, as it would.
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { startHost } from "../host.mjs";

/** @typedef {{bytesPerSecond: number, roundTrip: number}} Line roundTrip in ms: once to connect, once a request */

/** Bytes that go together, and what their headers weigh, as on Ethernet. */
const PIECE = 1400;
const WRAPPING = 66;

/** Sends what is queued piece by piece, in turns. @param {number} bytesPerSecond */
function createSender(bytesPerSecond) {
  /** @type {{answer: import("node:http").ServerResponse, body: Buffer}[]} */
  const queue = [];
  let credit = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    // Who had nothing to send has not saved anything up.
    credit = queue.length ? Math.min(0, credit) + ((now - last) * bytesPerSecond) / 1000 : 0;
    last = now;
    while (queue.length && credit > 0) {
      const { answer, body } = /** @type {typeof queue[number]} */ (queue.shift());
      // Who has left takes nothing from those who come.
      if (answer.destroyed) continue;
      credit -= Math.min(PIECE, body.length) + WRAPPING;
      answer.write(body.subarray(0, PIECE));
      if (body.length > PIECE) queue.push({ answer, body: body.subarray(PIECE) });
      else answer.end();
    }
  }, 4);
  return {
    /** @param {import("node:http").ServerResponse} answer @param {Buffer} body */
    send: (answer, body) => void queue.push({ answer, body }),
    stop: () => clearInterval(timer),
  };
}

/** Serves a folder, packed with brotli where it is, to visitors who have never been here. @param {string} folder @param {Line | null} line */
export async function serveOver(folder, line) {
  const sender = line && createSender(line.bytesPerSecond);
  const wait = () => new Promise((resolve) => setTimeout(resolve, line?.roundTrip ?? 0));
  /** @type {WeakMap<import("node:net").Socket, Promise<unknown>>} */
  const connected = new WeakMap();
  const { server, url, close } = await startHost(
    async (path, { socket }) => {
      await connected.get(socket);
      await wait();
      const file = join(folder, normalize(path));
      const packed = await readFile(`${file}.br`).catch(() => null);
      return packed ? { body: packed, headers: { "content-encoding": "br" } } : readFile(file);
    },
    {
      send: (answer, body) =>
        void (sender ? sender.send(answer, /** @type {Buffer} */ (body)) : answer.end(body)),
    },
  );
  server.on("connection", (socket) => connected.set(socket, wait()));
  return {
    address: url,
    stop() {
      sender?.stop();
      close();
    },
  };
}

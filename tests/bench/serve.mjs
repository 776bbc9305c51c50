// A server for one measurement: nothing is cached, the page is cross-origin isolated or not, and every byte sent is counted.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * Serves folders under their prefixes, the longest that fits; "/" is among them.
 * @param {Record<string, string>} folders @param {boolean} [isolated]
 */
export async function serve(folders, isolated = true) {
  /** @type {Map<string, number>} */
  let sent = new Map();
  const prefixes = Object.keys(folders).toSorted((a, b) => b.length - a.length);
  const server = createServer(async ({ url }, answer) => {
    const path = normalize(decodeURIComponent(new URL(url ?? "/", "http://localhost").pathname));
    const prefix = /** @type {string} */ (prefixes.find((prefix) => path.startsWith(prefix)));
    const file = join(folders[prefix], path.slice(prefix.length) || "index.html");
    try {
      const body = await readFile(file);
      sent.set(path, body.length);
      answer.writeHead(200, {
        "content-type":
          TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? "application/octet-stream",
        "content-length": body.length,
        "cache-control": "no-store",
        ...(isolated ? ISOLATION : {}),
      });
      answer.end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://localhost:${port}/`,
    /** The bytes of each path sent since the last question. */
    taken() {
      const taken = sent;
      sent = new Map();
      return taken;
    },
    stop: () => void server.close(),
  };
}

// A host of files for one test: what it finds under a path goes out with its type, what it does not find is not there.
import { createServer } from "node:http";
import { extname } from "node:path";

/** @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** @typedef {string | Uint8Array} Body */
/** @typedef {import("node:http").ServerResponse} Answer */
/** @typedef {{body: Body, headers?: Record<string, string>}} Found */

/**
 * @param {(path: string, request: import("node:http").IncomingMessage) => Promise<Body | Found | null>} find path: without its first
 * stroke; index.html for a folder. What it throws is not found
 * @param {object} [how]
 * @param {Record<string, string>} [how.headers] of all that is found
 * @param {Record<string, string>} [how.types] other than usual, by the ending; "": of what no ending says
 * @param {(answer: Answer, body: Body) => void} [how.send]
 */
export async function startHost(
  find,
  { headers = {}, types = {}, send = (answer, body) => void answer.end(body) } = {},
) {
  const known = { "": "application/octet-stream", ...TYPES, ...types };
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = decodeURIComponent(pathname)
      .slice(1)
      .replace(/(^|\/)$/, "$1index.html");
    const found = await find(path, request).catch(() => null);
    // Browsers ask for one of themselves, and complain where there is none.
    if (found === null) return void answer.writeHead(path === "favicon.ico" ? 204 : 404).end();
    const { body, headers: own = {} } =
      typeof found === "string" || found instanceof Uint8Array ? { body: found } : found;
    const type = known[extname(path)] ?? known[""];
    answer.writeHead(200, {
      ...(type && { "content-type": type }),
      "content-length": Buffer.byteLength(body),
      ...headers,
      ...own,
    });
    send(answer, body);
  });
  await new Promise((resolve) => server.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    server,
    url: `http://localhost:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

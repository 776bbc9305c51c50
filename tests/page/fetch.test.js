// Downloads count their bytes, say what they are whatever the host says, and name what did not arrive.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import test from "node:test";
import { engines, weightsOf } from "../../www/engine/assets.js";
import { fetchCounted } from "../../www/engine/fetch.js";

/** Runs with a host of its own. */
async function hosted(host, run) {
  const real = globalThis.fetch;
  globalThis.fetch = host;
  try {
    return await run();
  } finally {
    globalThis.fetch = real;
  }
}
const asset = (name, bytes = null) => ({ name, url: new URL(`http://localhost/${name}`), bytes });

test("bytes are reported as they come, beside how many there will be", async () => {
  const heard = [];
  const body = await hosted(
    async () => new Response(new Uint8Array(3000)),
    async () =>
      (await fetchCounted(asset("models/a.safetensors", 3000), (one) => heard.push(one))).arrayBuffer(),
  );
  assert.equal(body.byteLength, 3000);
  assert.deepEqual(heard.at(-1), { file: "models/a.safetensors", loaded: 3000, total: 3000 });
});

test("wasm is wasm on a host that does not know it, so that it compiles while it streams", async () => {
  for (const type of ["application/octet-stream", "text/plain", null]) {
    const answer = await hosted(
      async () => new Response(new Uint8Array(8), { headers: type ? { "content-type": type } : {} }),
      () => fetchCounted(asset("pkg/core/chailou_bg.wasm"), () => {}),
    );
    assert.equal(answer.headers.get("content-type"), "application/wasm");
  }
});

test("what does not arrive is named, and the answer of a host that refused too", async () => {
  const ask = () => fetchCounted(asset("models/a.safetensors"), () => {});
  await hosted(
    async () => Promise.reject(new TypeError("no network")),
    () => assert.rejects(ask, { name: "Unreachable", message: "models/a.safetensors" }),
  );
  await hosted(
    async () => new Response("", { status: 404 }),
    () => assert.rejects(ask, { name: "Unreachable", message: "models/a.safetensors: 404" }),
  );
});

test("engines and weights are named by where they lie", () => {
  for (const [device, { glue, wasm }] of Object.entries(engines))
    for (const { name, url } of [glue, wasm]) {
      assert.match(name, new RegExp(`^pkg/${device}/`));
      assert.ok(url.href.endsWith(`/www/${name}`), name);
    }
  const { name, url } = weightsOf("buildings");
  assert.ok(url.href.endsWith(`/www/${name}`) && existsSync(url));
});

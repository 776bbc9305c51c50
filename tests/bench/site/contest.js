// One standard workload by our CPU engine and by the other libraries that are here, in turns in this worker.
import { countGpu } from "../../../www/engine/timed.js";
import { contest, PEERS } from "../contest.mjs";
import { opened, started } from "./opened.js";

const asked = new URLSearchParams(location.search);
const versions = JSON.parse(/** @type {string} */ (asked.get("peers")));
const seconds = Number(asked.get("budget")) / 1000;

async function peers() {
  const there = PEERS.filter(({ package_name }) => package_name in versions);
  return Promise.all(
    there.map(async ({ package_name, can, load, open }) => {
      const address = (/** @type {string} */ file) =>
        `${location.origin}/packages/${package_name}/dist/${file}`;
      const bytes = async (/** @type {string} */ file) => (await fetch(address(file))).arrayBuffer();
      const library = await load({ address, bytes }, "cpu");
      return {
        name: `${package_name} ${versions[package_name]}`,
        can,
        open: (/** @type {string} */ id, /** @type {any} */ files) => open(library, id, files, "cpu"),
      };
    }),
  );
}

self.onmessage = () =>
  void (async () => {
    const { spec, files, workload } = await opened(await started("cpu"), asked.get("workload"));
    return contest(spec, files, workload, await peers(), { seconds, counted: countGpu() });
  })().then(postMessage, (error) => postMessage({ failure: String(error?.message ?? error) }));

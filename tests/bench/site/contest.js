// One standard workload by our CPU engine and by the other libraries that are here, in turns in this worker.
import { contest, PEERS } from "../contest.mjs";
import { opened, started } from "./opened.js";

const asked = new URLSearchParams(location.search);
const versions = JSON.parse(/** @type {string} */ (asked.get("peers")));
const seconds = Number(asked.get("budget")) / 1000;

/** Each library starts when its turn comes first, so that one that does not start is a row that says so. */
const peers = PEERS.filter(({ package_name }) => package_name in versions).map(
  ({ package_name, can, load, open }) => {
    const address = (/** @type {string} */ file) =>
      `${location.origin}/packages/${package_name}/dist/${file}`;
    const bytes = async (/** @type {string} */ file) => {
      const answer = await fetch(address(file));
      if (!answer.ok) throw new Error(`${package_name} has no file ${file}`);
      return answer.arrayBuffer();
    };
    return {
      name: `${package_name} ${versions[package_name]}`,
      can,
      open: async (/** @type {string} */ id, /** @type {any} */ files) =>
        open(await load({ address, bytes }, "cpu"), id, files, "cpu"),
    };
  },
);

self.onmessage = () =>
  void (async () => {
    const { spec, files, workload } = await opened(await started("cpu"), asked.get("workload"));
    return contest(spec, files, workload, peers, { seconds, device: false });
  })().then(postMessage, (error) => postMessage({ failure: String(error?.message ?? error) }));

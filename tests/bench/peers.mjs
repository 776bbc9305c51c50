// The standard workloads by other libraries beside our engine, in turns in one process; those whose packages are there.
// node tests/bench/peers.mjs ENGINES --workloads DIR [--device cpu|webgpu] [--only w1b1,w3] [--seconds N] [--packages DIR]; ENGINES is the folder
// that `./build.sh bench` fills; packages are looked for from DIR, from here and in NODE_PATH. On the processor in a browser: workloads.mjs.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { contest, head, PEERS, ROUNDS } from "./contest.mjs";
import { load, start } from "./dawn.mjs";
import { found } from "./found.mjs";
import { asked, end, row } from "./options.mjs";
import { table } from "./table.mjs";

const { engines, option } = asked(
  "ENGINES --workloads DIR [--device cpu|webgpu] [--only w1b1,w3] [--seconds N] [--packages DIR]",
);
const device = option("device", "cpu");
const folder = option("workloads");
const seconds = Number(option("seconds", 3));
const only = option("only")?.split(",");
if (!folder || seconds === 0) end();

const ours = await (device === "webgpu" ? start(engines) : load(engines));

/** Who takes part beside us: a name, what it can, and how it opens a workload. */
const peers = [];
for (const { package_name, can, captured, load, open } of PEERS) {
  const there = found(package_name, [engines, option("packages", ".")]);
  if (!there) {
    console.log(
      `${package_name} is not here: npm install ${package_name} in any folder, then --packages FOLDER`,
    );
    continue;
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(there, "package.json"), "utf8"));
  const name = `${package_name} ${version}`;
  const dist = path.join(there, "dist");
  try {
    const library = await load(
      {
        address: (file) => pathToFileURL(path.join(dist, file)).href,
        bytes: (file) => fs.readFileSync(path.join(dist, file)),
      },
      device,
    );
    peers.push({ name, can, open: (id, files) => open(library, id, files, device) });
    if (captured && device === "webgpu")
      peers.push({
        name: `${name}, graph captured`,
        can: captured,
        open: (id, files) => open(library, id, files, device, true),
      });
  } catch (error) {
    console.log(`${name} does not start: ${error.message}`);
  }
}

if (!peers.length) end();

console.log(`In one process, ${ROUNDS} rounds in turns; the median of the rounds' medians:`);
for (const id of only ?? ["w1b1", "w1b16", "w2f", "w2kv", "w3", "w4"]) {
  const spec = ours.workload_spec(id);
  const files = Object.fromEntries(
    spec.files.map((name) => [name, new Uint8Array(fs.readFileSync(path.join(folder, name)))]),
  );
  const workload = await ours.open_workload(id, files);
  const { rows, wrong } = await contest(spec, files, workload, peers, {
    seconds,
    device: device === "webgpu",
  });
  if (wrong) row(`${id}, ours: ${wrong}`, false);
  table([head(device === "webgpu"), ...rows]);
}
end();

// Writes down what an engine says of each lab, schema/<lab>.json beside it: the page is built from that while the engine is still on its way.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const glue = await readFile(join(folder, "chailou.js"), "utf8");
// By its text: the folder need not belong to a package that says what a script is.
const engine = await import(`data:text/javascript,${encodeURIComponent(glue)}`);
await engine.default({ module_or_path: await readFile(join(folder, "chailou_bg.wasm")) });

const out = join(folder, "schema");
await rm(out, { recursive: true, force: true });
await mkdir(out);
for (const { id } of engine.schema().labs)
  await writeFile(join(out, `${id}.json`), JSON.stringify(engine.schema(id)));

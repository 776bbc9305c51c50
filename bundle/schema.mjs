// Writes down what an engine says of each lab, schema/<lab>.json beside it, and the first picture of the first one: the page
// is built from that while the engine is still on its way.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

/** The engine that draws the picture, into whose folder all of this goes; and the one that has words for all labs. */
const [folder, speaker] = process.argv.slice(2);

/** @param {string} from */
async function start(from) {
  const glue = await readFile(join(from, "chailou.js"), "utf8");
  // By its text: the folder need not belong to a package that says what a script is.
  const engine = await import(`data:text/javascript,${encodeURIComponent(`${glue}\n// ${from}`)}`);
  await engine.default({ module_or_path: await readFile(join(from, "chailou_bg.wasm")) });
  return engine;
}
const engine = await start(folder);
const { schema } = speaker === folder ? engine : await start(speaker);

const out = join(folder, "schema");
await rm(out, { recursive: true, force: true });
await mkdir(out);
for (const { id } of schema().labs)
  await writeFile(join(out, `${id}.json`), JSON.stringify(schema(id)));

/** A file of 8 bits a channel, no filter. @param {number} width @param {number} height @param {Uint8Array} rgb */
function png(width, height, rgb) {
  /** @param {string} name @param {Uint8Array} content */
  function chunk(name, content) {
    const body = Buffer.concat([Buffer.from(name), content]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(content.length, 0);
    numbers.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.concat([Buffer.alloc(1), rgb.subarray(3 * width * y, 3 * width * (y + 1))]),
  );
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const playground = await engine.open(engine.parse("").experiment);
const { frames } = await playground.look({ frames: ["x"], readouts: false });
const [{ shape, data }] = frames.length ? frames : [{ shape: [], data: [] }];
const [, channels, height, width] = shape;
if (channels === 3) {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
    const value = data[(i % 3) * width * height + Math.floor(i / 3)];
    return Math.round(127.5 * (1 + Math.min(1, Math.max(-1, value))));
  });
  const image = png(width, height, rgb).toString("base64");
  await writeFile(join(out, "poster.txt"), `data:image/png;base64,${image}`);
}

// The npm package, packed and installed from its tarball in an empty folder: a program opens links and reads numbers, and types check.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test, { after, before } from "node:test";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = mkdtempSync(join(tmpdir(), "chailou-npm-"));
const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
  execFileSync(command, args, { cwd: folder, encoding: "utf8" });

before(() => {
  run("node", join(root, "bundle", "npm.mjs"), join(folder, "made"));
  const [{ filename }] = JSON.parse(run("npm", "pack", "--json", "./made"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  run("npm", "install", "--no-audit", "--no-fund", "--offline", `./${filename}`);
});
after(() => rmSync(folder, { recursive: true }));

const program = `
import { open, schema } from "chailou";
const digits = await open("https://host.example/#lab=ddpm&data=digits&seed=3&steps=10&at=4&unknown=1");
const before = digits.at;
await digits.seek(digits.length);
const { x } = await digits.frames("x");
const again = await open(await digits.link());
const flow = await open("lab=gamma");
const text = await open("lab=attention&prompt=ROMEO:&at=5");
let refused = "";
await digits.work("nothing").catch((error) => (refused = error.message));
await digits.close();
await digits.step().catch((error) => (refused += " " + error.message));
console.log(JSON.stringify({
  before, at: again.at, warnings: digits.warnings.map(({ en }) => en), shape: x.shape, finite: x.data.every(Number.isFinite),
  same: (await again.frames("x")).x.data.every((value, i) => value === x.data[i]), check: again.experiment.check === (await again.fingerprint()),
  gamma: (await flow.readouts()).map(({ verdict }) => verdict), text: text.at, labs: (await schema("points")).lab.id, refused,
}));`;

test("a program opens a link, steps, and reads frames and readouts", () => {
  writeFileSync(join(folder, "program.js"), program);
  const said = JSON.parse(run("node", "program.js"));
  assert.equal(said.before, 4);
  assert.equal(said.at, 20);
  assert.match(said.warnings.join(), /unknown/);
  assert.deepEqual(said.shape.slice(1), [1, 8, 8]);
  assert.ok(said.finite && said.same && said.check, "the link leads to the very same picture");
  assert.ok(said.gamma.includes("holds") && !said.gamma.includes("fails"));
  assert.equal(said.text, 5);
  assert.equal(said.labs, "points");
  assert.match(said.refused, /no task "nothing".*This run is closed/);
});

test("types say what is there, and what is not", () => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--skipLibCheck"];
  const check = (/** @type {string} */ text) => {
    writeFileSync(join(folder, "typed.ts"), text);
    try {
      run("node", tsc, ...options, "typed.ts");
      return "";
    } catch (error) {
      return String(/** @type {any} */ (error).stdout);
    }
  };
  const good = `import { open } from "chailou"; import { figure } from "chailou/element";
const run = await open("lab=ddpm"); const data: Float32Array = (await run.frames("x")).x!.data;
const at: number = (await figure("lab=points").step(2)).at; export { data, at };`;
  assert.equal(check(good), "");
  assert.match(check(`${good}\nrun.fly();`), /'fly' does not exist/);
  // What a figure measures and what a program measures is one type, and both find it.
  const both = `import type { Readout } from "chailou"; import type { Readout as Seen } from "chailou/element";
declare const one: Readout; const seen: Seen = one; export const title: string = seen.note.en;`;
  assert.equal(check(both), "");
  assert.match(check(both.replace("note.en", "note.fr")), /'fr' does not exist/);
});

test("every file of the package is one of the page or of the programs, with its licences", () => {
  const made = JSON.parse(readFileSync(join(folder, "node_modules", "chailou", "package.json"), "utf8"));
  assert.equal(made.version, /^version = "(.*)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))?.[1]);
  for (const file of ["LICENSE-MIT", "THIRD_PARTY.md", "page/index.html"])
    assert.ok(readFileSync(join(folder, "node_modules", "chailou", file)).length > 0, file);
});

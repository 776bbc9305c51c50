// What index.html fetches ahead is exactly what main.js will import; who may import whom.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const www = new URL("../../www/", import.meta.url);
const read = (file) => readFileSync(new URL(file, www), "utf8");
const imports = (file) =>
  [...read(file).matchAll(/(?:^|;)\s*(?:import|export) [^;]*?from "([^"]+)"/gm)].map(([, path]) =>
    new URL(path, new URL(file, www)).href.slice(www.href.length),
  );

function reach(file, seen = new Set()) {
  for (const next of imports(file)) if (!seen.has(next)) reach(next, seen.add(next));
  return seen;
}

test("index.html preloads main.js's whole graph and the default lab's, so that it loads side by side, not in turns", () => {
  const listed = [...read("index.html").matchAll(/rel="modulepreload" href="([^"]+)"/g)].map(
    ([, href]) => href,
  );
  const first = "labs/ddpm/lab.js";
  assert.deepEqual(listed.sort(), [...new Set([...reach("main.js"), first, ...reach(first)])].sort());
});

const labs = readdirSync(new URL("labs/", www), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `labs/${name}/`);
const folder = (name) =>
  readdirSync(new URL(name, www))
    .filter((file) => file.endsWith(".js"))
    .map((file) => name + file);

test("views know neither engine, labs nor page", () => {
  for (const file of folder("views/"))
    for (const path of imports(file)) assert.match(path, /^views\//, `${file} imports ${path}`);
});

test("only main.js touches location and history, only engine.js the worker", () => {
  const all = ["", "ui/", "views/", "labs/", ...labs, "engine/"].flatMap(folder);
  assert.ok(all.length > 30);
  for (const file of all) {
    // Two may look: the theme must be there before the first paint, the weights be asked for before the engine is.
    if (!["main.js", "theme.js", "engine/start.js"].includes(file))
      assert.doesNotMatch(read(file), /\blocation\.|\bhistory\.|document\.URL/, file);
    if (file !== "engine/engine.js") assert.doesNotMatch(read(file), /new Worker\(/, file);
  }
});

test("line 1 of each file is its caption", () => {
  for (const file of ["", "ui/", "views/", "labs/", ...labs, "engine/"].flatMap(folder))
    assert.match(read(file), /^\/\/ \S.{10,}\n/, file);
});

test("no colour is named outside the palette", () => {
  const css = readdirSync(new URL("style/", www))
    .filter((file) => file !== "palette.css")
    .map((file) => `style/${file}`);
  for (const file of [...css, ...folder("ui/"), ...folder("views/"), ...labs.flatMap(folder)]) {
    assert.doesNotMatch(
      read(file).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ""),
      /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/i,
      file,
    );
  }
});

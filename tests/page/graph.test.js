// What belongs to the page and what to a lab; who may import whom.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { strings } from "../../www/ui/strings.js";

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

test("index.html names the two entries, theme and guard, and one sheet of styles: the build finds the rest", () => {
  const named = [...read("index.html").matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)];
  assert.deepEqual(
    named.map(([, file]) => file),
    ["icon.svg", "start.js", "style/page.css", "main.js", "theme.js", "guard.js"],
  );
});

test("each sheet of style/ comes with the page's one, once, or with the labs that share it", () => {
  const listed = [...read("style/page.css").matchAll(/@import "\.\/([^"]+)"/g)].map(([, file]) => file);
  const shared = labs.flatMap((lab) =>
    [...read(`${lab}style.css`).matchAll(/@import (?:url\()?"\.\.\/\.\.\/style\/([^"]+)"/g)].map(
      ([, file]) => file,
    ),
  );
  const there = readdirSync(new URL("style/", www)).filter((file) => file !== "page.css");
  assert.deepEqual([...listed, ...new Set(shared)].toSorted(), there.toSorted());
});

test("what every visitor fetches holds nothing of a lab", () => {
  for (const entry of ["main.js", "start.js", "engine/worker.js"])
    for (const file of reach(entry))
      assert.doesNotMatch(file, /^labs\/[^/]+\//, `${entry} comes with ${file}`);
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

test("only main.js touches location and history, only engine.js, pool.js, measuring.js and filming.js start a worker", () => {
  // sw.js belongs to no page.
  const all = ["", "ui/", "views/", "labs/", ...labs, "engine/", "embed/", "offline/"]
    .flatMap(folder)
    .filter((file) => file !== "offline/sw.js");
  assert.ok(all.length > 30);
  for (const file of all) {
    // Three may look: the theme must be there before the first paint, the guard before anything can fail, and the first
    // engine is asked for before anything else.
    if (!["main.js", "start.js", "theme.js", "guard.js"].includes(file))
      assert.doesNotMatch(read(file), /\blocation\.|\bhistory\.|document\.URL/, file);
    if (!["engine.js", "pool.js", "measuring.js", "filming.js"].some((name) => file === `engine/${name}`))
      assert.doesNotMatch(read(file), /new Worker\(/, file);
  }
});

test("what index.html says when nothing else can is what the page says", () => {
  for (const language of ["en", "zh"]) {
    const box = read("index.html").split(`<section id="stopped-${language}"`)[1].split("</section>")[0];
    for (const key of ["problem.title", "problem.retry", "problem.keep"])
      assert.ok(box.includes(`>${strings[key][language]}`), `${key} in ${language}`);
    for (const hold of ['role="alert"', " hidden>", "data-what", '<input type="text" readonly'])
      assert.ok(box.includes(hold), `${hold} in ${language}`);
  }
});

test("line 1 of each file is its caption", () => {
  for (const file of ["", "ui/", "views/", "labs/", ...labs, "engine/"].flatMap(folder))
    assert.match(read(file), /^\/\/ \S.{10,}\n/, file);
});

test("no colour is named outside the palette", () => {
  const css = ["style/", ...labs].flatMap((folder) =>
    readdirSync(new URL(folder, www))
      .filter((file) => file.endsWith(".css") && file !== "palette.css")
      .map((file) => folder + file),
  );
  for (const file of [...css, ...folder("ui/"), ...folder("views/"), ...labs.flatMap(folder)]) {
    assert.doesNotMatch(
      read(file).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ""),
      /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/i,
      file,
    );
  }
});

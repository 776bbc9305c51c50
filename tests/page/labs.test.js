// A lab keeps to its folder: it imports no other, nobody outside names one but the list, its styles and notes are its own.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const www = new URL("../../www/", import.meta.url);
const read = (file) => readFileSync(new URL(file, www), "utf8");
const filesIn = (folder, ending) =>
  readdirSync(new URL(folder, www))
    .filter((name) => name.endsWith(ending))
    .map((name) => folder + name);
const ids = readdirSync(new URL("labs/", www), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Whatever a file takes from another: imports, imports for types, style sheets, addresses. */
const taken = (file) =>
  [...read(file).matchAll(/(?:from |import\(|@import url\(|new URL\()"(\.[^"]+)"/g)].map(([, path]) =>
    new URL(path, new URL(file, www)).href.slice(www.href.length),
  );

test("a lab takes nothing from another lab", () => {
  for (const id of ids)
    for (const ending of [".js", ".css"])
      for (const file of filesIn(`labs/${id}/`, ending))
        for (const path of taken(file))
          assert.ok(
            path.startsWith(`labs/${id}/`) || !path.startsWith("labs/"),
            `${file} takes ${path} from another lab`,
          );
});

test("a lab takes the page's parts and drawings, never the page or its engine", () => {
  for (const id of ids)
    for (const file of filesIn(`labs/${id}/`, ".js"))
      for (const path of taken(file))
        assert.match(path, /^(labs|ui|views|style)\/|^types\.js$/, `${file} takes ${path}`);
});

test("nothing outside a lab's folder names it, but the list", () => {
  const outside = ["", "ui/", "views/", "engine/"].flatMap((folder) => filesIn(folder, ".js"));
  for (const file of [...outside, ...filesIn("style/", ".css")]) {
    const text = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    for (const id of ids)
      assert.doesNotMatch(
        text,
        new RegExp(`labs/${id}\\b|lab=${id}\\b|(lab|id) ?(===?|!==?|:) ?"${id}"`),
        file,
      );
  }
  const list = read("labs/index.js");
  for (const id of ids) assert.ok(new RegExp(`id: "${id}",\\s+load:`).test(list), `the list lacks ${id}`);
});

test("a lab says which style sheet, words and notes come with it", () => {
  for (const id of ids) {
    const files = taken(`labs/${id}/lab.js`);
    for (const name of ["strings.js", "style.css", "notes.en.html", "notes.zh.html"])
      assert.ok(files.includes(`labs/${id}/${name}`), `labs/${id}/lab.js does not name ${name}`);
  }
});

test("no colour is named in the styles of a lab, nor of what several labs share", () => {
  for (const folder of ["ui/", ...ids.map((id) => `labs/${id}/`)])
    for (const file of filesIn(folder, ".css"))
      assert.doesNotMatch(
        read(file).replace(/\/\*[\s\S]*?\*\//g, ""),
        /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/i,
        file,
      );
});

/** Sources alone: libraries are not ours, and the glue of the engines is built and may not be there yet. @param {string} path */
const isSource = (path) => path.endsWith(".js") && path !== "types.js" && !/^pkg\/|_modules\//.test(path);

/** Everything that a lab is made of: what only the page itself uses lives as long as the page. @param {string} file */
function reach(file, seen = new Set()) {
  for (const next of taken(file).filter(isSource)) if (!seen.has(next)) reach(next, seen.add(next));
  return seen;
}

/** The end of a lab ends what it listens to: window, document and media queries hear of the signal, observers and charts are let go. */
test("whoever listens beyond the lab's own elements says until when", () => {
  for (const file of new Set(ids.flatMap((id) => [...reach(`labs/${id}/lab.js`)]))) {
    const text = read(file);
    const queries = [...text.matchAll(/const (\w+) = matchMedia\(/g)]
      .map(([, name]) => `${name}\\.|`)
      .join("");
    const global = new RegExp(
      `(?:^|[\\s(;])(?:window\\.|document\\.|${queries})addEventListener\\(([^;]*?)\\);`,
      "gms",
    );
    for (const [call, args] of text.matchAll(global)) assert.match(args, /signal/, `${file}: ${call.trim()}`);
    if (/new (Resize|Mutation|Intersection)Observer/.test(text))
      assert.match(text, /\.disconnect\(\)/, `${file} observes without end`);
    if (/ = (curves|losses|series|qualities)\(/.test(text))
      assert.match(text, /"abort", [\w.]*destroy/, `${file} puts up a chart and never takes it away`);
  }
});

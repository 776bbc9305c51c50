// Both languages say everything, with the same holes to fill; every string is asked for; the notes ask for the same things.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { createWords, family, pickLanguage } from "../../www/ui/i18n.js";

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const www = new URL("../../www/", import.meta.url);
const named = (folder, pattern) => readdirSync(new URL(folder, www)).filter((name) => pattern.test(name));
const labs = readdirSync(new URL("labs/", www), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `labs/${name}/`);
const load = async (file) => (await import(new URL(file, www).href)).strings;

/** Who says what: the page with the parts that labs share, and each lab for itself. */
const shared = await Promise.all(named("ui/", /^strings.*\.js$/).map((name) => load(`ui/${name}`)));
const own = await Promise.all(labs.map((folder) => load(`${folder}strings.js`)));
const page = Object.assign({}, ...shared);

/** The sources that may ask, without the strings themselves. */
const sourcesOf = (...folders) =>
  folders.flatMap((folder) =>
    named(folder, /\.js$/)
      .filter((name) => !name.startsWith("strings"))
      .map((name) => [folder + name, readFileSync(new URL(folder + name, www), "utf8")]),
  );
const everywhere = sourcesOf("", "ui/", "labs/", "engine/", "embed/", "offline/", ...labs);

/** A list of strings in a source: written there and then, or under a name. @param {string} text @param {string} list */
function listed(text, list) {
  const written = list.startsWith("[")
    ? list
    : new RegExp(`const ${list} = (?:/\\*\\* @type \\{const\\} \\*/ \\()?(\\[[^\\]]*\\])`).exec(text)?.[1];
  assert.ok(written, `${list} is no list of strings in the file that declares a family of keys with it`);
  return [...written.matchAll(/"([^"]*)"/g)].map(([, end]) => end);
}
/** The keys that a source asks for: as they are, or one of a declared family. */
const askedIn = (text) => [
  ...[...text.matchAll(/"([\w.]+)"/g)].map(([, key]) => key),
  ...[...text.matchAll(/\bfamily\(\s*"([\w.]+)",\s*(\[[^\]]*\]|\w+),?\s*\)/g)].flatMap(([, stem, list]) =>
    listed(text, list).map((end) => `${stem}.${end}`),
  ),
];

test("every string stands in both languages with the same holes", () => {
  for (const strings of [...shared, ...own])
    for (const [key, { en, zh }] of Object.entries(strings)) {
      assert.ok(en?.trim() && zh?.trim(), `${key} is empty in one language`);
      assert.deepEqual(holes(zh), holes(en), `${key} has other holes in Chinese`);
    }
});

test("no key stands twice where both could be meant", () => {
  const count = shared.reduce((sum, strings) => sum + Object.keys(strings).length, 0);
  assert.equal(Object.keys(page).length, count, "the page's own parts say the same key");
  own.forEach((strings, i) => {
    for (const key of Object.keys(strings)) assert.ok(!(key in page), `${labs[i]} says the page's ${key}`);
  });
});

test("every key that is asked for exists", () => {
  let found = 0;
  for (const [file, text] of everywhere) {
    const lab = labs.findIndex((folder) => file.startsWith(folder));
    const known = { ...page, ...own[lab] };
    for (const [, key] of text.matchAll(/\bt\(\s*"([\w.]+)"/g)) {
      found++;
      assert.ok(key in known, `${file} asks for ${key}`);
    }
  }
  assert.ok(found > 250, "the search itself still finds the calls");
});

test("a key that is put together while the page runs is one of a declared family", () => {
  for (const [file, text] of everywhere)
    assert.doesNotMatch(
      text,
      /\bt\(\s*(?:\/\*\*[^/]*\*\/\s*)?\(?`/,
      `${file} asks for a key that nobody can read`,
    );
});

test("every key is asked for", () => {
  const asked = new Set(everywhere.flatMap(([, text]) => askedIn(text)));
  for (const key of Object.keys(page)) assert.ok(asked.has(key), `${key} is nowhere used`);
  own.forEach((strings, i) => {
    const mine = new Set(sourcesOf(labs[i]).flatMap(([, text]) => askedIn(text)));
    for (const key of Object.keys(strings)) assert.ok(mine.has(key), `${key} is nowhere used in ${labs[i]}`);
  });
});

test("the notes do the same things and show the same formulas in both languages", () => {
  const all = (text, attribute) =>
    [...text.matchAll(new RegExp(`${attribute}="([^"]*)"`, "g"))].map(([, value]) => value).sort();
  for (const lab of labs) {
    const [en, zh] = ["en", "zh"].map((lang) =>
      readFileSync(new URL(`${lab}notes.${lang}.html`, www), "utf8"),
    );
    for (const attribute of ["data-set", "data-tex", "href"])
      assert.deepEqual(all(zh, attribute), all(en, attribute), lab);
    assert.ok(all(en, "data-set").length >= 8, lab);
  }
});

test("the browser's language is followed, the link's choice before it", () => {
  assert.equal(pickLanguage("auto", ["fr-CH", "zh-Hant-TW", "en"]), "zh");
  assert.equal(pickLanguage("auto", ["fr"]), "en");
  assert.equal(pickLanguage("auto", ["en-GB", "zh"]), "en");
  assert.equal(pickLanguage("zh", ["en"]), "zh");
  assert.equal(pickLanguage("<script>", ["zh"]), "zh");
});

test("holes are filled, unknown ones stay visible", () => {
  const { t } = createWords("en");
  assert.equal(t("time.at", { at: 3, length: 9 }), "step 3 of 9");
  assert.match(t("time.at", { at: 3 }), /\{length\}/);
});

test("a lab's words come to those of the page, which stay what they are", () => {
  const words = createWords("zh");
  const more = words.with({ "here.only": { en: "here", zh: "此处" } });
  assert.equal(more.t("here.only"), "此处");
  assert.equal(more.t("close"), words.t("close"));
  assert.throws(() => words.t("here.only"));
  assert.deepEqual(family("claims", ["holds", "open"]), { holds: "claims.holds", open: "claims.open" });
});

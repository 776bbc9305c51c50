// Both languages say everything, with the same holes to fill; the notes ask for the same things.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { createWords, pickLanguage } from "../../www/ui/i18n.js";
import { strings } from "../../www/ui/strings.js";

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const www = new URL("../../www/", import.meta.url);
const labs = readdirSync(new URL("labs/", www), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `labs/${name}/`);
const sources = ["", "ui/", "labs/", ...labs].flatMap((folder) =>
  readdirSync(new URL(folder, www))
    .filter((name) => name.endsWith(".js"))
    .map((name) => [name, readFileSync(new URL(folder + name, www), "utf8")]),
);

test("every string stands in both languages with the same holes", () => {
  for (const [key, { en, zh }] of Object.entries(strings)) {
    assert.ok(en?.trim() && zh?.trim(), `${key} is empty in one language`);
    assert.deepEqual(holes(zh), holes(en), `${key} has other holes in Chinese`);
  }
});

test("every key that the page asks for exists", () => {
  const asked = sources.flatMap(([file, text]) =>
    [...text.matchAll(/\bt\("([\w.]+)"/g)].map(([, key]) => [file, key]),
  );
  assert.ok(asked.length > 60, "the search itself still finds the calls");
  for (const [file, key] of asked) assert.ok(key in strings, `${file} asks for ${key}`);
});

test("every key is asked for", () => {
  const all = sources
    .filter(([name]) => !name.startsWith("strings"))
    .map(([, text]) => text)
    .join();
  const families = [
    "theme.",
    "group.",
    "device.",
    "claims.",
    "check.",
    "why.",
    "stage.",
    "easel.",
    "loading.",
    "problem.",
    "site.",
    "plane.view.",
    "plane.key.",
    "draw.",
    "train.",
    "stages.",
    "surgery.",
    "measure.",
    "heads.",
    "map.",
  ];
  for (const key of Object.keys(strings)) {
    assert.ok(
      all.includes(`"${key}"`) || families.some((family) => key.startsWith(family)),
      `${key} is nowhere used`,
    );
  }
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

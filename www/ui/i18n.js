// Which language, and the words for it: those of the page, and with them those of whatever is on it.
import { strings } from "./strings.js";
/** @import { Text } from "../types.js" */

/** @typedef {"en" | "zh"} Language */
/** @typedef {keyof typeof strings} PageKey */
/** @typedef {Record<string, Text>} Strings */

/**
 * @template {string} [Key=PageKey]
 * @typedef {object} Words
 * @property {Language} language
 * @property {(key: Key, values?: Record<string, string | number>) => string} t values fill the {holes} of the sentence
 * @property {(text: Text) => string} pick
 * @property {<More extends Strings>(more: More) => Words<Key | Extract<keyof More, string>>} with the same and more
 */

/** @param {string} choice auto, en or zh @param {readonly string[]} preferred the browser's languages, best first @returns {Language} */
export function pickLanguage(choice, preferred) {
  if (choice === "en" || choice === "zh") return choice;
  const known = preferred
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag === "en" || tag === "zh");
  return known === "zh" ? "zh" : "en";
}

/** The page's own words. @param {Language} language @returns {Words} */
export const createWords = (language) => speak(language, strings);

/** @template {string} Key @param {Language} language @param {Record<Key, Text>} known @returns {Words<Key>} */
function speak(language, known) {
  return {
    language,
    t: (key, values = {}) =>
      known[key][language].replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole)),
    pick: (text) => text[language],
    with: (more) => /** @type {any} */ (speak(language, { ...known, ...more })),
  };
}

/**
 * Keys that only differ in their last part, by that part. Whoever chooses a key while the page runs declares here what it
 * may be, where the test of strings reads it.
 * @template {string} Stem @template {string} End @param {Stem} stem @param {readonly End[]} ends
 */
export const family = (stem, ends) =>
  /** @type {{[E in End]: `${Stem}.${E}`}} */ (
    Object.fromEntries(ends.map((end) => [end, `${stem}.${end}`]))
  );

// Which language, and the words for it.
import { strings } from "./strings.js";

/** @typedef {"en" | "zh"} Language */

/** @param {string} choice auto, en or zh @param {readonly string[]} preferred the browser's languages, best first @returns {Language} */
export function pickLanguage(choice, preferred) {
  if (choice === "en" || choice === "zh") return choice;
  const known = preferred
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag === "en" || tag === "zh");
  return known === "zh" ? "zh" : "en";
}

/** @param {Language} language */
export function createWords(language) {
  /** @param {keyof typeof strings} key @param {Record<string, string | number>} [values] fill {holes} in the sentence */
  const t = (key, values = {}) =>
    strings[key][language].replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
  return { language, t, pick: (/** @type {{en: string, zh: string}} */ text) => text[language] };
}

/** @typedef {ReturnType<typeof createWords>} Words */

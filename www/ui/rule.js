// What a link or a lesson leaves of the page: which settings are shown, which of them are locked, which parts of the page are away.
/** @import { PageKeys } from "./pagekeys.js" */

/** The parts of a page by the names that `hide` and lessons use. */
export const parts = /** @type {const} */ ([
  "timeline",
  "settings",
  "block",
  "notes",
  "charts",
  "claims",
  "more",
]);
/** Those that a class does not see unless it is shown them. */
const study = ["block", "notes", "charts", "claims", "more"];

/**
 * @typedef {object} Rule
 * @property {string[] | null} only the settings that are shown; null: those that would be shown anyway
 * @property {string[]} hide
 * @property {string[]} lock
 * @property {string[]} away parts of the page
 * @property {boolean} large
 */

/** Whether a setting is shown; null: as without a rule. @param {Rule} rule @param {string} key */
export const isRuled = ({ only, hide }, key) =>
  hide.includes(key) ? false : only ? only.includes(key) : null;

/** @param {string | undefined} text "a,b, c" */
export const listOf = (text) =>
  (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => /^\w{1,40}$/.test(name))
    .slice(0, 60);

/**
 * @param {PageKeys} keys of the address
 * @param {string[]} named the settings that the link names
 * @param {{show?: string[], hide?: string[], lock?: string[]} | null} step of a lesson
 * @returns {Rule | null}
 */
export function ruleOf(keys, named, step) {
  const presents = keys.present !== undefined;
  const hide = [...listOf(keys.hide), ...(step?.hide ?? [])];
  const lock = [...listOf(keys.lock), ...(step?.lock ?? [])];
  if (!presents && !step && !hide.length && !lock.length) return null;
  const quiet = presents || Boolean(step);
  // A lesson says what it shows; a presentation shows what its link names, and what stands in "present" itself.
  const presented = listOf(keys.present).filter((name) => name !== "1");
  const only = !quiet ? null : [...(step ? (step.show ?? []) : named), ...presented, ...lock];
  const bare =
    only !== null &&
    !only.includes("settings") &&
    !only.some((key) => !parts.includes(/** @type {"more"} */ (key)) && !hide.includes(key));
  const away = parts.filter(
    (part) =>
      hide.includes(part) ||
      (study.includes(part) && quiet && !only?.includes(part)) ||
      (part === "settings" && bare),
  );
  return { only, hide, lock, away, large: presents };
}

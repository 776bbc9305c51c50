// Turns what the engine and the link report into sentences on the page.
import { h } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
/** @import { Comparison, Message, Notice } from "../types.js" */
/** @import { Notices } from "./notices.js" */
/** @import { Words } from "./i18n.js" */

const verdicts = family("check", ["exact", "close", "differs", "unreadable"]);

/** Why this engine does the work, in a sentence. @param {Words} words @param {Notice} notice */
export function reasonOf({ t }, { key, detail = "" }) {
  const values =
    typeof detail === "string"
      ? { detail }
      : Object.fromEntries(Object.entries(detail).map(([name, ms]) => [name, number(ms, 2)]));
  return t(/** @type {"why.start"} */ (key), values);
}

/** @param {Notices} notices @param {() => Words} words asked anew each time: the language may have changed */
export function createTeller(notices, words) {
  /** @type {Set<string>} */
  const told = new Set();
  /** What the running session warns of, by the key of the notice. @type {Map<string, string>} */
  const warned = new Map();
  return {
    /** The engine moved, or could not. @param {Notice} notice */
    engine(notice) {
      const { level } = notice;
      if (level === "quiet") return;
      notices.say(words(), reasonOf(words(), notice), { key: "engine", level, fleeting: level === "info" });
    },
    /** What a link held that could not be used; the link itself stays readable. @param {Message[]} warnings @param {string} link */
    link(warnings, link) {
      if (!warnings.length) return notices.drop("link");
      const { t, pick } = words();
      const list = h(
        "ul",
        {},
        warnings.map((warning) => h("li", {}, pick(warning))),
      );
      const kept = h("input", {
        type: "text",
        readonly: true,
        class: "link",
        value: link,
        "aria-label": t("problem.keep"),
      });
      notices.say(words(), t("warnings.title"), {
        key: "link",
        level: "warning",
        body: h("div", {}, list, t("problem.keep"), " ", kept),
      });
    },
    /** Whether the result is the one the link promised. @param {Comparison | null} comparison */
    check(comparison) {
      if (!comparison) return;
      const { t, pick } = words();
      const { verdict } = comparison;
      const values = {
        rms: number(comparison.rms, 2),
        tolerance: number(comparison.tolerance, 2),
        why: pick(comparison.message),
      };
      notices.say(words(), t(verdicts[verdict], values), {
        key: "check",
        level: verdict === "exact" || verdict === "close" ? "info" : "warning",
      });
    },
    /** Each warning of a running session once; what is no longer true goes. @param {Message[]} warnings */
    session(warnings) {
      for (const [key, sentence] of warned) {
        if (warnings.some((warning) => words().pick(warning) === sentence)) continue;
        warned.delete(key);
        told.delete(sentence);
        notices.drop(key);
      }
      for (const warning of warnings) {
        const sentence = words().pick(warning);
        if (told.has(sentence)) continue;
        told.add(sentence);
        warned.set(`session.${warning.key}`, sentence);
        notices.say(words(), sentence, { key: `session.${warning.key}`, level: "warning" });
      }
    },
    /** @param {unknown} error */
    problem: (error) =>
      notices.say(words(), words().t("problem.other", { why: String(/** @type {any} */ (error)?.message) }), {
        key: "problem",
        level: "warning",
      }),
  };
}

// Where a lesson comes from: those that ship, one in the link, a file that somebody opened, another server after a question.
import { h } from "./dom.js";
import { family } from "./i18n.js";
import { LessonFault, readStream, unpackLesson } from "./lesson-file.js";
import { strings } from "./strings-lesson.js";
/** @import { Words } from "./i18n.js" */
/** @import { Lesson } from "./lesson-file.js" */

const faultName = family("lesson.fault", [
  "size",
  "json",
  "depth",
  "packed",
  "required",
  "unknown",
  "type",
  "long",
  "value",
  "judge",
  "right",
  "range",
]);

/** Those that ship, in the order in which they are best taken. @type {Record<string, URL>} */
export const shipped = {
  diffusion: new URL("../lessons/diffusion.json", import.meta.url),
  attention: new URL("../lessons/attention.json", import.meta.url),
  training: new URL("../lessons/training.json", import.meta.url),
};

/** The name in an address of what came from a file and is too long for one. */
export const fromFile = "file";

/** What somebody did not want, or what could not be had, in a sentence. @param {Words} words @param {unknown} error */
export function faultOf(words, error) {
  const { t } = words.with(strings);
  if (!(error instanceof LessonFault)) return String(/** @type {Error} */ (error)?.message ?? error);
  const { fault, path, detail } = error;
  return `${t("lesson.bad")} ${t(faultName[fault], { path: path || "?", detail })}`;
}

/** @param {URL} url @param {RequestInit} [how] */
async function fetched(url, how) {
  const answer = await fetch(url, how);
  if (!answer.ok || !answer.body) throw new Error(String(answer.status));
  return readStream(answer.body);
}

/** @param {Words} words @param {URL} url @returns {Promise<boolean>} */
function mayAsk(words, url) {
  const { t } = words.with(strings);
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      {
        class: "dialog ask",
        "aria-labelledby": "ask-title",
        onclose: () => (dialog.remove(), resolve(dialog.returnValue === "yes")),
      },
      h("header", {}, h("h2", { id: "ask-title" }, t("lesson.ask", { host: url.host }))),
      h(
        "div",
        { class: "scroll" },
        h("p", {}, t("lesson.ask.about")),
        h("p", { class: "address" }, url.href),
        h(
          "p",
          { class: "row" },
          h(
            "button",
            { type: "button", class: "button primary", onclick: () => dialog.close("yes") },
            t("lesson.ask.yes"),
          ),
          h(
            "button",
            { type: "button", class: "button", onclick: () => dialog.close("no") },
            t("lesson.ask.no"),
          ),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * @param {Words} words @param {string} name what the address says
 * @returns {Promise<Lesson | null>} null: somebody would rather not
 */
export async function lessonFrom(words, name) {
  const { t } = words.with(strings);
  if (Object.hasOwn(shipped, name)) return fetched(shipped[name]);
  if (name === fromFile) throw new Error(t("lesson.gone"));
  if (!/^https:\/\//i.test(name)) return unpackLesson(name);
  if (!URL.canParse(name)) throw new LessonFault("packed", "");
  const url = new URL(name);
  if (!(await mayAsk(words, url))) return null;
  try {
    // Nobody is sent on to a host that was not shown.
    return await fetched(url, { credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" });
  } catch (error) {
    throw error instanceof LessonFault ? error : new Error(t("lesson.unreached", { host: url.host }));
  }
}

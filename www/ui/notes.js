// Notes that act: formulas typeset, and phrases whose data-set changes the experiment.
import { fill, h } from "./dom.js";
import { katex } from "./vendor.js";
/** @import { Experiment } from "../types.js" */
/** @import { Words } from "./i18n.js" */

/**
 * What a phrase asks for: "T=100&c=0.02&at=end" are settings, `at` a step, `do` a verb, `go` a place of the page to be taken to.
 * A prompt, and a list of interventions in JSON whose quotes are single ones, are no settings: they are handed on as they are.
 * @param {string} text
 */
export function readPhrase(text) {
  const {
    at = null,
    do: verb = null,
    go = null,
    prompt,
    surgery,
    ...values
  } = Object.fromEntries(new URLSearchParams(text));
  /** @type {Pick<Experiment, "prompt" | "surgery">} */
  const more = {
    ...(prompt !== undefined && { prompt }),
    ...(surgery !== undefined && { surgery: JSON.parse(surgery.replaceAll("'", '"')) }),
  };
  return { values, at, verb, go, more };
}

/**
 * @param {Words} words
 * @param {{en: URL, zh: URL}} files
 * @param {(phrase: ReturnType<typeof readPhrase>, button: HTMLElement) => void} onphrase
 * @param {AbortSignal} signal when the lab ends
 */
export function notes({ t, language }, files, onphrase, signal) {
  const body = h("div", { class: "prose" });
  const element = h(
    "section",
    { class: "notes", "aria-labelledby": "notes-title" },
    h("h2", { id: "notes-title" }, t("notes.title")),
    body,
  );
  body.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-set]");
    if (button instanceof HTMLElement) onphrase(readPhrase(button.dataset.set ?? ""), button);
  });

  // A formula wider than the screen scrolls, and what scrolls must be reachable by keyboard.
  const wide = new ResizeObserver((entries) =>
    entries.forEach(
      ({ target }) =>
        target.toggleAttribute("tabindex", false) ||
        (target.scrollWidth > target.clientWidth && target.setAttribute("tabindex", "0")),
    ),
  );
  signal.addEventListener("abort", () => wide.disconnect());

  async function load() {
    try {
      const [answer, tex] = await Promise.all([fetch(files[language]), katex()]);
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (signal.aborted) return;
      const page = h("template");
      page.innerHTML = text;
      for (const formula of page.content.querySelectorAll("[data-tex]")) {
        const made = h("template");
        made.innerHTML = tex.renderToString(formula.getAttribute("data-tex"), {
          displayMode: formula.matches("p, div"),
          throwOnError: false,
        });
        fill(formula, made.content);
      }
      for (const phrase of page.content.querySelectorAll("[data-set]")) phrase.setAttribute("type", "button");
      fill(body, page.content);
      body.querySelectorAll(":is(p, div)[data-tex]").forEach((formula) => wide.observe(formula));
    } catch {
      fill(
        body,
        h(
          "p",
          {},
          t("notes.failed"),
          " ",
          h("button", { type: "button", class: "quiet", onclick: load }, t("problem.retry")),
        ),
      );
    }
  }
  return { element, load };
}

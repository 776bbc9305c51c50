// The model's card: its json laid out as a table a person can read.
import { fill, h, icon } from "./dom.js";
import { number } from "./format.js";

/** What a reader asks first; the rest follows in the file's own order. */
const first = ["name", "what", "metrics", "data", "licence"];

/** @param {Record<string, any>} card */
export const ordered = (card) => Object.fromEntries([...first, ...Object.keys(card)].filter((key) => (card[key] ?? null) !== null).map((key) => [key, card[key]]));

/** Nested keys become "data · licence". @param {any} value @param {string} [path] @returns {[string, string][]} */
export function flatten(value, path = "") {
  if (value === null || typeof value !== "object") return [[path, typeof value === "number" ? number(value, 5) : String(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return [[path, value.join(", ")]];
  return Object.entries(value).flatMap(([key, item]) => flatten(item, `${path}${path && " · "}${key.replaceAll("_", " ")}`));
}

/** @param {import("./i18n.js").Words} words @param {string} model */
export function modelCard({ t }, model) {
  const body = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-labelledby": "card-title" });
  const dialog = h("dialog", { class: "dialog card", "aria-labelledby": "card-title" },
    h("header", {}, h("h2", { id: "card-title" }, t("card.title")),
      h("button", { type: "button", class: "mini", "aria-label": t("close"), onclick: () => dialog.close() }, icon("M6 6l12 12M18 6L6 18"))),
    body);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  async function open() {
    dialog.showModal();
    try {
      const answer = await fetch(new URL(`../models/${model}.json`, import.meta.url));
      if (!answer.ok) throw new Error(String(answer.status));
      const row = (/** @type {[string, string]} */ [name, text]) =>
        h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, /^https?:/.test(text) ? h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text) : text));
      fill(body, h("table", {}, h("tbody", {}, flatten(ordered(await answer.json())).map(row))));
    } catch {
      fill(body, h("p", {}, t("card.failed"), " ", h("button", { type: "button", class: "quiet", onclick: open }, t("problem.retry"))));
    }
  }
  return { element: dialog, open };
}

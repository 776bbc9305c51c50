// The sheet's head: name, what this is, language, theme, and the two ways to take it home.
import { h, icon } from "./dom.js";
import { family } from "./i18n.js";
/** @import { Words } from "./i18n.js" */

const themes = /** @type {const} */ (["auto", "light", "dark"]);
const themeName = family("theme", themes);

const link =
  "M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500";
const save = "M12 4v11M7 11l5 5 5-5M5 20h14";

const undo = "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 5 5v1";
const redo = "M15 7l5 5-5 5M20 12H10a5 5 0 0 0-5 5v1";

/**
 * @param {Words} words
 * @param {string} title
 * @param {string} theme the chosen one
 * @param {{onlang: (lang: string) => void, ontheme: (theme: string) => void, oncopy: () => void, onsave: () => void, onundo: () => void, onredo: () => void}} on
 * @param {Element} nav to the other labs
 * @param {import("../types.js").Text} line what happens here, in a sentence
 * @param {string} home the link that a newcomer opens
 */
export function head({ t, pick, language }, title, theme, on, nav, line, home) {
  const other = language === "en" ? { code: "zh", name: "中文" } : { code: "en", name: "English" };
  const shade = h(
    "select",
    { "aria-label": t("tools.theme"), title: t("tools.theme"), onchange: () => on.ontheme(shade.value) },
    themes.map((value) => h("option", { value, selected: value === theme }, t(themeName[value]))),
  );
  return [
    h(
      "div",
      { class: "brand" },
      h(
        "a",
        { class: "name", href: home, title: t("site.home") },
        h("span", { lang: "en" }, "Chailou"),
        h("span", { lang: "zh", class: "han" }, "拆楼"),
      ),
      h("div", {}, h("h1", {}, title), h("p", { class: "line" }, pick(line))),
    ),
    nav,
    h(
      "div",
      { class: "tools" },
      h(
        "div",
        { class: "history", role: "group", "aria-label": t("tools.history") },
        h(
          "button",
          {
            type: "button",
            class: "mini",
            "data-tool": "undo",
            "aria-label": t("tools.undo"),
            title: t("tools.undo"),
            onclick: on.onundo,
          },
          icon(undo),
        ),
        h(
          "button",
          {
            type: "button",
            class: "mini",
            "data-tool": "redo",
            "aria-label": t("tools.redo"),
            title: t("tools.redo"),
            onclick: on.onredo,
          },
          icon(redo),
        ),
      ),
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          lang: other.code,
          "data-tool": "lang",
          onclick: () => on.onlang(other.code),
        },
        other.name,
      ),
      shade,
      h(
        "button",
        { type: "button", class: "button", onclick: on.oncopy },
        icon(link),
        h("span", {}, t("tools.copy")),
      ),
      h(
        "button",
        { type: "button", class: "button", onclick: on.onsave },
        icon(save),
        h("span", {}, t("tools.save")),
      ),
    ),
  ];
}

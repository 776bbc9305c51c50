// The sheet's head: name, what this is, language, theme, and the two ways to take it home.
import { h, icon } from "./dom.js";
/** @import { Words } from "./i18n.js" */

const link = "M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500";
const save = "M12 4v11M7 11l5 5 5-5M5 20h14";

/**
 * @param {Words} words
 * @param {string} title
 * @param {string} theme the chosen one
 * @param {{onlang: (lang: string) => void, ontheme: (theme: string) => void, oncopy: () => void, onsave: () => void}} on
 */
export function head({ t, language }, title, theme, on) {
  const other = language === "en" ? { code: "zh", name: "中文" } : { code: "en", name: "English" };
  const themes = h("select", { "aria-label": t("tools.theme"), title: t("tools.theme"), onchange: () => on.ontheme(themes.value) },
    /** @type {const} */ (["auto", "light", "dark"]).map((value) => h("option", { value, selected: value === theme }, t(`theme.${value}`))));
  return [
    h("div", { class: "brand" },
      h("p", { class: "name" }, h("span", { lang: "en" }, "Chailou"), h("span", { lang: "zh", class: "han" }, "拆楼")),
      h("div", {}, h("h1", {}, title), h("p", { class: "line" }, t("site.line")))),
    h("div", { class: "tools" },
      h("button", { type: "button", class: "quiet", lang: other.code, "data-tool": "lang", onclick: () => on.onlang(other.code) }, other.name),
      themes,
      h("button", { type: "button", class: "button", onclick: on.oncopy }, icon(link), h("span", {}, t("tools.copy"))),
      h("button", { type: "button", class: "button", onclick: on.onsave }, icon(save), h("span", {}, t("tools.save")))),
  ];
}

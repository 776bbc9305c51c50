// The sheet's head: name, what this is, language, theme, type, and the two ways to take it home. On a phone some of it waits behind one button.
import { h, icon } from "./dom.js";
import { family } from "./i18n.js";
/** @import { Words } from "./i18n.js" */

const themes = /** @type {const} */ (["auto", "light", "dark"]);
const themeName = family("theme", themes);

const link =
  "M10 14a4 4 0 0 0 6 .5l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500";
const embed = "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14";
const save = "M12 4v11M7 11l5 5 5-5M5 20h14";

const larger = "M3 19L8.500 6L14 19M5 14.500h7M15 19l3-7l3 7M16 16.500h4";
const more = "M5 12h.01M12 12h.01M19 12h.01";
const board = "M3 4h18v12H3zM12 16v4M8 20h8M7 8h6M7 12h9";
const undo = "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 5 5v1";
const redo = "M15 7l5 5-5 5M20 12H10a5 5 0 0 0-5 5v1";

/**
 * @param {Words} words
 * @param {string} title
 * @param {{theme: string, type: string}} chosen
 * @param {{onlang: (lang: string) => void, ontheme: (theme: string) => void, ontype: (type: string) => void, oncopy: () => void, onembed: () => void, onsave: () => void, onteach: () => void, onundo: () => void, onredo: () => void}} on
 * @param {Element} nav to the other labs
 * @param {import("../types.js").Text} line what happens here, in a sentence
 * @param {string} home the link that a newcomer opens
 */
export function head({ t, pick, language }, title, { theme, type }, on, nav, line, home) {
  const other = language === "en" ? { code: "zh", name: "中文" } : { code: "en", name: "English" };
  const shade = h(
    "select",
    {
      class: "rare",
      "aria-label": t("tools.theme"),
      title: t("tools.theme"),
      onchange: () => on.ontheme(shade.value),
    },
    themes.map((value) => h("option", { value, selected: value === theme }, t(themeName[value]))),
  );
  const large = h(
    "button",
    {
      type: "button",
      class: "mini rare",
      "data-tool": "type",
      "aria-pressed": String(type === "large"),
      "aria-label": t("tools.type"),
      title: t("tools.type"),
      onclick() {
        const wanted = large.ariaPressed === "true" ? "normal" : "large";
        large.setAttribute("aria-pressed", String(wanted === "large"));
        on.ontype(wanted);
      },
    },
    icon(larger),
  );
  const opener = h(
    "button",
    {
      type: "button",
      class: "button more-open",
      "data-tool": "more",
      "aria-expanded": "false",
      "aria-label": t("tools.more"),
      title: t("tools.more"),
      onclick: () => opener.setAttribute("aria-expanded", String(opener.ariaExpanded !== "true")),
      onkeydown: (/** @type {KeyboardEvent} */ event) =>
        event.key === "Escape" && opener.setAttribute("aria-expanded", "false"),
    },
    icon(more),
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
        { class: "history rare", role: "group", "aria-label": t("tools.history") },
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
      large,
      shade,
      h(
        "button",
        { type: "button", class: "button rare", onclick: on.onteach },
        icon(board),
        h("span", {}, t("tools.teach")),
      ),
      h(
        "button",
        { type: "button", class: "button", onclick: on.oncopy },
        icon(link),
        h("span", {}, t("tools.copy")),
      ),
      h(
        "button",
        {
          type: "button",
          class: "button rare",
          "aria-label": t("tools.embed"),
          title: t("tools.embed"),
          onclick: on.onembed,
        },
        icon(embed),
      ),
      h(
        "button",
        { type: "button", class: "button rare", onclick: on.onsave },
        icon(save),
        h("span", {}, t("tools.save")),
      ),
      opener,
    ),
  ];
}

// Sentences that ask for attention and wait to be dismissed; nothing here disappears by itself in haste.
import { crossButton, h } from "./dom.js";
/** @import { Words } from "./i18n.js" */

export function createNotices() {
  const element = h("div", { class: "notices", role: "status", "aria-live": "polite" });
  /** @param {Words} words @param {string} text @param {{level?: "info" | "warning", key?: string, body?: Node, fleeting?: boolean}} [options] */
  function say({ t }, text, { level = "info", key = text, body, fleeting = false } = {}) {
    drop(key);
    const close = crossButton(t("dismiss"), () => notice.remove());
    const notice = h(
      "div",
      { class: `notice ${level}`, "data-notice": key },
      h("div", {}, h("p", {}, text), body),
      close,
    );
    element.append(notice);
    if (fleeting) setTimeout(() => notice.remove(), 6000);
  }
  /** @param {string} key */
  const drop = (key) =>
    element
      .querySelectorAll("[data-notice]")
      .forEach((notice) => notice.getAttribute("data-notice") === key && notice.remove());
  return { element, say, drop };
}

/** @typedef {ReturnType<typeof createNotices>} Notices */

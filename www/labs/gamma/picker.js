// Which picture stands beside the landscape: the one of the step, or any other.
import { h } from "../../ui/dom.js";
import { titles } from "./figure.js";
/** @import { Picture } from "./steps.js" */
/** @import { Words } from "./strings.js" */

/** @param {Words} words @param {() => void} onchange */
export function picker({ t }, onchange) {
  const names = /** @type {Picture[]} */ (Object.keys(titles));
  const select = h(
    "select",
    { "aria-label": t("picker.title"), title: t("picker.title"), onchange },
    h("option", { value: "" }, t("picker.follow")),
    names.map((name) => h("option", { value: name }, t(titles[name]))),
  );
  return {
    element: select,
    /** @returns {Picture | null} */
    chosen: () => /** @type {Picture} */ (select.value) || null,
    /** As the step has it. */
    follow: () => void (select.value = ""),
  };
}

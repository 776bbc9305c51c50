// Which picture stands beside the landscape: the one of the step, or any other.
import { h } from "../../ui/dom.js";
import { titles } from "./figure.js";
/** @import { Picture } from "./steps.js" */
/** @import { Words } from "./strings.js" */

/** As the step has it. */
const follow = "step";

/** @param {Words} words @param {(name: string) => void} onchange */
export function picker({ t }, onchange) {
  const names = /** @type {Picture[]} */ (Object.keys(titles));
  const select = h(
    "select",
    {
      "aria-label": t("picker.title"),
      title: t("picker.title"),
      onchange: () => onchange(select.value),
    },
    h("option", { value: follow }, t("picker.follow")),
    names.map((name) => h("option", { value: name }, t(titles[name]))),
  );
  return {
    element: select,
    /** @param {unknown} name as the link has it @returns {Picture | null} */
    chosen(name) {
      if (select.value !== name) select.value = String(name);
      return name === follow ? null : /** @type {Picture} */ (name);
    },
  };
}

// The one number to turn: a slider under the sentence that the session follows while it is held.
import { h, write } from "../../ui/dom.js";
/** @import { Parameter } from "../../types.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

const places = 1000;

/** @param {object} needs @param {Words} needs.words @param {Live} needs.live @param {(key: string) => Parameter | undefined} needs.parameter */
export function dial({ words: { t, pick }, live, parameter }) {
  let key = "";
  const range = h("input", { type: "range", min: 0, max: places, step: 1 });
  const label = h("span", { class: "dial-name" });
  const value = h("output", { class: "dial-value" });
  const element = h("label", { class: "dial" }, label, range, value);

  const bounds = () => {
    const { min = 0, max = 1 } = parameter(key) ?? {};
    return { min, max };
  };
  // d is turned by octaves.
  const read = () => {
    const share = Number(range.value) / places;
    const { min, max } = bounds();
    if (key === "d") return Math.round(min * (max / min) ** share);
    return Number((min + share * (max - min)).toFixed(2));
  };
  const placeOf = (/** @type {number} */ number) => {
    const { min, max } = bounds();
    const share = key === "d" ? Math.log(number / min) / Math.log(max / min) : (number - min) / (max - min);
    return Math.round(places * Math.min(1, Math.max(0, share)));
  };
  range.addEventListener("input", () => live.move({ [key]: read() }));
  range.addEventListener("change", () => live.settle({ [key]: read() }));

  return {
    element,
    /** @param {string} named @param {Scene} scene */
    update(named, { values }) {
      if (key !== named) {
        key = named;
        const title = pick(parameter(key)?.title ?? { en: "", zh: "" });
        write(label, title);
        range.setAttribute("aria-label", t("dial.label", { title }));
      }
      const number = values[key];
      // What stands there already must not jump under the hand.
      if (read() !== number) range.value = String(placeOf(number));
      write(value, String(number));
      range.setAttribute("aria-valuetext", String(number));
    },
  };
}

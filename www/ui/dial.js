// The one number to turn: a slider under a lab's sentence that the session follows while it is held.
import { h, write } from "./dom.js";
import { plainSymbol } from "./format.js";
/** @import { Parameter, Text } from "../types.js" */
/** @import { Live } from "./live.js" */

/** Places of the slider. */
const places = 1000;

/**
 * How a number lies on the slider, whose places are shares from 0 to 1.
 * @typedef {object} Scale
 * @property {(share: number, min: number, max: number) => number} number
 * @property {(number: number, min: number, max: number) => number} share
 */

/** Evenly, to so many digits. @param {number} digits @returns {Scale} */
export const even = (digits) => ({
  number: (share, min, max) => Number((min + share * (max - min)).toFixed(digits)),
  share: (number, min, max) => (number - min) / (max - min),
});

/**
 * @param {object} needs
 * @param {Live} needs.live @param {(key: string) => Parameter | undefined} needs.parameter @param {(text: Text) => string} needs.pick
 * @param {(title: string) => string} needs.label what a reader hears of the slider that turns `title`
 * @param {(key: string) => Scale} needs.scale
 */
export function createDial({ live, parameter, pick, label, scale }) {
  let key = "";
  const range = h("input", { type: "range", min: 0, max: places, step: 1 });
  const name = h("span", { class: "dial-name" });
  const value = h("output", { class: "dial-value" });
  const element = h("label", { class: "dial" }, name, range, value);

  const bounds = () => {
    const { min = 0, max = 1 } = parameter(key) ?? {};
    return /** @type {const} */ ([min, max]);
  };
  const read = () => scale(key).number(Number(range.value) / places, ...bounds());
  const placeOf = (/** @type {number} */ number) =>
    Math.round(places * Math.min(1, Math.max(0, scale(key).share(number, ...bounds()))));
  range.addEventListener("input", () => live.move({ [key]: read() }));
  range.addEventListener("change", () => live.settle({ [key]: read() }));

  return {
    element,
    /** Turns `named` of `values`; null: there is nothing to turn. @param {string | null} named @param {Record<string, number>} values */
    update(named, values) {
      element.hidden = named === null;
      if (named === null) return;
      if (key !== named) {
        key = named;
        const { title = { en: "", zh: "" }, symbol = "" } = parameter(key) ?? {};
        const words = [pick(title), plainSymbol(symbol)].filter(Boolean).join(" ");
        write(name, words);
        range.setAttribute("aria-label", label(words));
      }
      const number = values[key];
      // What stands there already must not jump under the hand.
      if (read() !== number) range.value = String(placeOf(number));
      write(value, String(number));
      range.setAttribute("aria-valuetext", String(number));
    },
  };
}

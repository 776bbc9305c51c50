// One control: its name, its "?", its input by kind, and the way back to its default.
import { h, icon, write } from "./dom.js";
import { exactField } from "./field.js";
import { plainSymbol } from "./format.js";
import { fromPlace, mostSeed, parseSeed, parseValue, toPlace } from "./scale.js";
/** @import { Parameter, Text } from "../types.js" */
/** @import { Words } from "./i18n.js" */

const undo = "M5 9h9a5 5 0 0 1 0 10H9M5 9l4-4M5 9l4 4";
const die = "M5 5h14v14H5zM9 9h.01M15 15h.01M12 12h.01M15 9h.01M9 15h.01";

/** A parameter some of whose values have other names by the settings of the moment. @typedef {Parameter & {nameOf?: (value: string, values: Record<string, string | number>) => Text | null}} Named */

/**
 * @param {Named} parameter @param {Words} words @param {import("./popover.js").Help} help
 * @param {(value: string | number) => void} onchange @param {{name?: string}} [group] name of the radios, if the parameter has two controls
 */
export function control(parameter, words, help, onchange, { name = parameter.key } = {}) {
  const { t, pick } = words;
  const title = pick(parameter.title);
  const make = parameter.kind === "choice" ? choice : parameter.kind === "seed" ? seed : slider;
  const input = make(parameter, words, onchange, name);
  const nameOf = (
    /** @type {string | number} */ value,
    /** @type {Record<string, string | number>} */ values,
  ) => {
    const known =
      parameter.nameOf?.(String(value), values) ??
      parameter.options?.find((option) => option.value === String(value))?.title;
    return known ? pick(known) : String(value);
  };
  let usual = parameter.default;
  const reset = h(
    "button",
    { type: "button", class: "mini", onclick: () => (about.focus(), onchange(usual)) },
    icon(undo),
  );
  const about = h(
    "button",
    {
      type: "button",
      class: "mini",
      "aria-label": t("control.about", { title }),
      onclick: () => help.show(about, { title, text: pick(parameter.help), link: parameter.link }),
    },
    "?",
  );
  const element = h(
    "div",
    { class: `control ${parameter.kind}`, "data-key": parameter.key },
    h(
      "span",
      { class: "name" },
      title,
      parameter.symbol &&
        h(
          "i",
          { class: "symbol", "data-tex": parameter.symbol, "aria-hidden": "true" },
          plainSymbol(parameter.symbol),
        ),
      about,
      reset,
    ),
    input.element,
    input.said,
  );
  return {
    element,
    /** @param {string | number} value @param {Record<string, string | number>} [values] of all settings @param {string | number} [back] what the way back leads to */
    update(value, values = {}, back = parameter.default) {
      usual = back;
      const label = t("control.reset", { title, value: nameOf(usual, values) });
      if (reset.title !== label) {
        reset.title = label;
        reset.setAttribute("aria-label", label);
      }
      reset.classList.toggle("idle", String(value) === String(usual) || element.classList.contains("locked"));
      reset.disabled = String(value) === String(usual);
      input.update(value, (option) => nameOf(option, values));
    },
    /** Seen, and not to be set. @param {boolean} locked */
    lock(locked) {
      if (locked === element.classList.contains("locked")) return;
      element.classList.toggle("locked", locked);
      for (const one of input.element.querySelectorAll("input, button"))
        one.toggleAttribute("disabled", locked);
      if (input.element instanceof HTMLSelectElement) input.element.disabled = locked;
      if (locked) reset.classList.add("idle");
    },
  };
}

/** Letters, Chinese ones counted twice: they are twice as wide. @param {string} text */
const breadth = (text) =>
  [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);

/** @param {Parameter} parameter @param {Words} words @param {(value: string) => void} onchange @param {string} group */
function choice(parameter, { pick }, onchange, group) {
  const options = parameter.options ?? [];
  const label = pick(parameter.title);
  // Side by side they must fit a panel's width.
  if (options.length > 4 || options.reduce((sum, { title }) => sum + breadth(pick(title)), 0) > 26) {
    const made = options.map(({ value, title }) => h("option", { value }, pick(title)));
    const select = h("select", { "aria-label": label, onchange: () => onchange(select.value) }, made);
    return {
      element: select,
      said: null,
      update: (/** @type {string | number} */ value, /** @type {(value: string) => string} */ nameOf) => {
        for (const option of made) write(option, nameOf(option.value));
        select.value = String(value);
      },
    };
  }
  const radios = options.map(({ value }) =>
    h("input", { type: "radio", name: group, value, onchange: () => onchange(value) }),
  );
  const element = h(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": label },
    options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
  );
  return {
    element,
    said: null,
    update: (/** @type {string | number} */ value) =>
      radios.forEach((radio) => (radio.checked = radio.value === String(value))),
  };
}

/** @param {Parameter} parameter @param {Words} words @param {(value: string) => void} onchange */
function seed(parameter, words, onchange) {
  const { t, pick } = words;
  const rule = t("control.whole", { min: 0, max: String(mostSeed) });
  const { field, said, update } = exactField({
    words,
    attributes: { inputmode: "numeric", "aria-label": pick(parameter.title), title: rule },
    read: parseSeed,
    rule,
    onchange,
  });
  const roll = h(
    "button",
    {
      type: "button",
      class: "mini die",
      "aria-label": t("control.die"),
      title: t("control.die"),
      onclick: () => onchange(String(crypto.getRandomValues(new Uint32Array(1))[0] % 1000000)),
    },
    icon(die),
  );
  return { element: h("div", { class: "pair" }, field, roll), said, update };
}

/** @param {Parameter} parameter @param {Words} words @param {(value: number) => void} onchange */
function slider(parameter, words, onchange) {
  const { t, pick } = words;
  const title = pick(parameter.title);
  const { min = 0, max = 1 } = parameter;
  /** @type {string | number} */
  let current = parameter.default;
  const range = h("input", {
    type: "range",
    min: 0,
    max: 1000,
    step: 1,
    "aria-label": title,
    oninput: () => {
      const value = fromPlace(Number(range.value) / 1000, parameter);
      if (value !== Number(current)) onchange(value);
    },
  });
  // A native key press moves a thousandth of the range, which for "samples" would be nothing at all.
  range.addEventListener("keydown", (event) => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    onchange(
      parseValue(String(Number(current) + direction * (parameter.step ?? (max - min) / 100)), parameter) ??
        Number(current),
    );
  });
  const rule = t(parameter.kind === "integer" ? "control.whole" : "control.outside", { min, max });
  const exact = exactField({
    words,
    attributes: { inputmode: "decimal", "aria-label": t("control.exact", { title }), title: rule },
    read: (text) => parseValue(text, parameter),
    rule,
    onchange,
  });
  return {
    element: h("div", { class: "pair" }, range, exact.field),
    said: exact.said,
    update(/** @type {string | number} */ value) {
      current = value;
      range.value = String(Math.round(1000 * toPlace(Number(value), parameter)));
      range.setAttribute("aria-valuetext", `${value}${parameter.unit ? ` ${parameter.unit}` : ""}`);
      exact.update(value);
    },
  };
}

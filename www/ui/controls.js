// Controls made from the schema: whatever the engine says a parameter is, it becomes here.
import { control } from "./control.js";
import { fill, h } from "./dom.js";
/** @import { Experiment, Parameter } from "../types.js" */

/** @param {Parameter} parameter @param {Experiment["values"]} values */
export const isShown = ({ shown_when: when }, values) => !when || when.is.includes(String(values[when.key]));

/**
 * @param {object} needs
 * @param {import("./control.js").Named[]} needs.parameters
 * @param {import("./i18n.js").Words} needs.words
 * @param {import("./popover.js").Help} needs.help
 * @param {(change: Experiment["values"]) => void} needs.onchange
 * @param {import("../types.js").LabSchema["groups"]} needs.groups in their order
 * @param {Record<string, Node>} [needs.extras] put first in a group
 * @param {Parameter[]} [needs.also] set elsewhere, and reset here with the rest
 */
export function controls({ parameters, words, help, onchange, groups, extras = {}, also = [] }) {
  const rows = new Map(
    parameters.map((parameter) => [
      parameter,
      control(parameter, words, help, (value) => onchange({ [parameter.key]: value })),
    ]),
  );
  const reset = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () =>
        onchange(Object.fromEntries([...parameters, ...also].map(({ key, default: value }) => [key, value]))),
    },
    words.t("control.resetall"),
  );

  const element = h(
    "section",
    { class: "controls", "aria-label": words.t("panel.title") },
    groups
      .filter(({ id }) => extras[id] || parameters.some(({ group }) => group === id))
      .map(({ id, title }) =>
        h(
          "section",
          { class: `group group-${id}` },
          h("h2", {}, words.pick(title)),
          extras[id],
          parameters.filter(({ group }) => group === id).map((parameter) => rows.get(parameter)?.element),
        ),
      ),
    reset,
  );

  /** @param {Experiment["values"]} values */
  function update(values) {
    let changed = also.some(({ key, default: value }) => String(values[key]) !== String(value));
    for (const [parameter, row] of rows) {
      row.element.hidden = !isShown(parameter, values);
      row.update(values[parameter.key], values);
      changed ||= String(values[parameter.key]) !== String(parameter.default);
    }
    reset.disabled = !changed;
  }
  return { element, update };
}

/** Symbols become formulas once KaTeX is there. @param {Element} root @param {(tex: string) => string} render */
export function typesetSymbols(root, render) {
  for (const symbol of root.querySelectorAll("[data-tex]")) {
    const made = document.createElement("template");
    made.innerHTML = render(symbol.getAttribute("data-tex") ?? "");
    fill(symbol, made.content);
    symbol.removeAttribute("data-tex");
  }
}

// Controls made from the schema: whatever the engine says a parameter is, it becomes here.
import { control } from "./control.js";
import { fill, h, write } from "./dom.js";
import { isRuled } from "./rule.js";
/** @import { Experiment, Parameter } from "../types.js" */

/** @param {Parameter} parameter @param {Experiment["values"]} values */
export const isShown = ({ shown_when, and_when }, values) =>
  [shown_when, and_when].every((when) => !when || when.is.includes(String(values[when.key])));

/** Whether all controls are wanted, or the few that one begins with; and the rule of a lesson or a link, where there is one. @typedef {{all: () => boolean, show: (all: boolean) => void, rule?: () => import("./rule.js").Rule | null}} More */

/**
 * @param {object} needs
 * @param {import("./control.js").Named[]} needs.parameters
 * @param {import("./i18n.js").Words} needs.words
 * @param {import("./popover.js").Help} needs.help
 * @param {(change: Experiment["values"]) => void} needs.onchange
 * @param {import("../types.js").LabSchema["groups"]} needs.groups in their order
 * @param {string[]} needs.first keys of those that one begins with; all, if there are none
 * @param {More} needs.more
 * @param {Record<string, Node>} [needs.extras] put first in a group
 * @param {Parameter[]} [needs.also] set elsewhere, and reset here with the rest
 */
export function controls({ parameters, words, help, onchange, groups, first, more, extras = {}, also = [] }) {
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

  /** @type {Experiment["values"]} */
  let shown = {};
  const others = h("button", {
    type: "button",
    class: "quiet others",
    onclick() {
      more.show(!more.all());
      update(shown);
    },
  });
  const sections = groups
    .filter(({ id }) => extras[id] || parameters.some(({ group }) => group === id))
    .map(({ id, title }) => {
      const own = parameters.filter(({ group }) => group === id);
      const element = h(
        "section",
        { class: `group group-${id}` },
        h("h2", {}, words.pick(title)),
        extras[id],
        own.map((parameter) => rows.get(parameter)?.element),
      );
      return { id, element, own };
    });
  const element = h(
    "section",
    { class: "controls", "aria-label": words.t("panel.title") },
    sections.map(({ element }) => element),
    others,
    reset,
  );

  /** @param {Experiment["values"]} values */
  function update(values) {
    shown = values;
    let changed = also.some(({ key, default: value }) => String(values[key]) !== String(value));
    let away = 0;
    const all = more.all();
    const rule = more.rule?.() ?? null;
    for (const [parameter, row] of rows) {
      const isSet = String(values[parameter.key]) !== String(parameter.default);
      const later = first.length > 0 && !first.includes(parameter.key);
      const fits = isShown(parameter, values);
      if (fits && later && !isSet) away++;
      const shown = rule && isRuled(rule, parameter.key);
      // What a link has set is seen in any case, unless it says otherwise.
      row.element.hidden = !fits || (shown === null ? later && !all && !isSet : !shown);
      row.update(values[parameter.key], values);
      row.lock(rule?.lock.includes(parameter.key) ?? false);
      changed ||= isSet;
    }
    for (const { id, element, own } of sections) {
      // What stands first in a group comes when a rule names the group.
      const bare = Boolean(rule?.only && !rule.only.includes(id));
      element.classList.toggle("bare", bare);
      element.hidden = (bare || !extras[id]) && own.every((parameter) => rows.get(parameter)?.element.hidden);
    }
    // A setting that a link names may stand on the stage, and none be left for here.
    element.classList.toggle("none", Boolean(rule?.only) && sections.every(({ element }) => element.hidden));
    others.hidden = !away || Boolean(rule);
    reset.hidden = Boolean(rule);
    others.setAttribute("aria-expanded", String(all));
    write(others, all ? words.t("control.few") : words.t("control.all", { n: away }));
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

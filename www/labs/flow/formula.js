// A landscape of one's own: read by the engine at every key; a wrong one is named where it is wrong, and the last good one stays.
import { fill, h, write } from "../../ui/dom.js";
import { whenTyped } from "../../ui/typing.js";
/** @import { Land } from "../../types.js" */
/** @import { Desk } from "../../ui/lab.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

/** ms without a key after which what was typed becomes the link. */
const rest = 500;

/** @param {Desk<Words>} desk @param {(id: unknown) => Land} named */
export function formula({ words: { t, pick }, player, edit, signal }, named) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const input = h("input", {
    type: "text",
    class: "field formula",
    id: "flow-formula",
    maxlength: 400,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": t("formula.label"),
    "aria-describedby": "flow-formula-fault",
  });
  const fault = h("p", { class: "fault", id: "flow-formula-fault", role: "status" });
  const mark = h("code", { class: "mark", "aria-hidden": "true" });
  const element = h(
    "div",
    { class: "formulas" },
    h("div", {}, h("label", { for: "flow-formula" }, h("span", {}, "f"), input), mark, fault),
    h("p", { class: "hint" }, t("formula.hint")),
  );
  whenTyped(input, {
    begin: () => clearTimeout(timer),
    typed,
  });
  function typed() {
    const asked = player.act(/** @type {any} */ ({ expressions: [input.value] }), "moving");
    clearTimeout(timer);
    // Only what can be read goes into the link, and the engine says of this very text whether it can.
    timer = window.setTimeout(async () => {
      const mine = timer;
      const status = await asked;
      if (mine !== timer || signal.aborted) return;
      // Another session had come meanwhile.
      if (!status) typed();
      else if (!status.misread?.length)
        void edit({ values: { landscape: "typed" }, expressions: [input.value] });
    }, rest);
  }
  return {
    element,
    /** @param {State} state */
    update({ status, wanted, experiment }) {
      const now = wanted ?? experiment;
      if (!now) return;
      const land = named(now.values.landscape);
      const own = land.id === "typed";
      element.hidden = !["point", "plane"].includes(String(now.values.part));
      input.readOnly = !own;
      const text = (own && now.expressions?.[0]) || land.formula;
      if (document.activeElement !== input && input.value !== text) input.value = text;
      const bad = own ? status?.misread?.[0] : undefined;
      input.setAttribute("aria-invalid", String(Boolean(bad)));
      write(fault, bad ? pick(bad) : "");
      mark.hidden = !bad;
      if (!bad) return;
      const all = [...input.value];
      fill(
        mark,
        all.slice(Math.max(0, bad.at - 18), bad.at).join(""),
        h("b", {}, all[bad.at] ?? "␣"),
        all.slice(bad.at + 1, bad.at + 12).join(""),
      );
    },
  };
}

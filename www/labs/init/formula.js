// An activation of one's own: read by the engine at every key; a wrong one is named where it is wrong, and the last good one stays.
import { h } from "../../ui/dom.js";
import { formulaField, rest } from "../../ui/formula.js";
/** @import { Desk } from "../../ui/lab.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

/** What stands there before one is typed; the engine begins with the same. */
const known = "x/(1 + exp(-1.702x))";

/** @param {Desk<Words>} desk */
export function formula({ words: { t, pick }, player, edit, signal }) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const field = formulaField("init-formula", { begin: () => clearTimeout(timer), typed });
  field.name("φ", t("formula.label"));
  const { input } = field;
  const element = h(
    "div",
    { class: "formulas" },
    field.element,
    h("p", { class: "hint" }, t("formula.hint")),
  );
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
        void edit({ values: { activation: "typed" }, expressions: [input.value] });
    }, rest);
  }
  return {
    element,
    /** @param {State} state */
    update({ status, wanted, experiment }) {
      const now = wanted ?? experiment;
      if (!now) return;
      const own = now.values.activation === "typed" && now.values.view !== "attention";
      element.hidden = !own;
      if (!own) return;
      field.show(now.expressions?.[0] ?? known, own);
      field.judge(status?.misread?.[0], pick);
    },
  };
}

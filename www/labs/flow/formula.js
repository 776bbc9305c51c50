// A landscape of one's own: read by the engine at every key; a wrong one is named where it is wrong, and the last good one stays.
import { h } from "../../ui/dom.js";
import { formulaField, rest } from "../../ui/formula.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk } from "../../ui/lab.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

/**
 * On the line it is the target's potential, elsewhere the landscape.
 * @param {Desk<Words>} desk @param {"land" | "potential"} kind @param {(values: Experiment["values"]) => {own: boolean, text: string}} given
 */
export function formula({ words: { t, pick }, player, edit, signal }, kind, given) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const ofLand = kind === "land";
  const field = formulaField(`flow-${kind}`, { begin: () => clearTimeout(timer), typed });
  field.name(ofLand ? "f" : "V", t(ofLand ? "formula.label" : "formula.potential"));
  const { input } = field;
  const element = h(
    "div",
    { class: "formulas" },
    field.element,
    h("p", { class: "hint" }, t(ofLand ? "formula.hint" : "formula.hint.potential")),
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
        void edit({
          values: { [ofLand ? "landscape" : "target"]: "typed" },
          expressions: [input.value],
        });
    }, rest);
  }
  return {
    element,
    /** @param {State} state */
    update({ status, wanted, experiment }) {
      const now = wanted ?? experiment;
      if (!now) return;
      const { own, text: known } = given(now.values);
      const parts = ofLand && known ? ["point", "plane"] : own ? ["line"] : [];
      element.hidden = !parts.includes(String(now.values.part));
      if (element.hidden) return;
      field.show((own && now.expressions?.[0]) || known, own);
      field.judge(own ? status?.misread?.[0] : undefined, pick);
    },
  };
}

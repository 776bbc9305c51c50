// A landscape of one's own: read by the engine at every key; a wrong one is named where it is wrong, and the last good one stays.
import { fill, h, write } from "../../ui/dom.js";
import { whenTyped } from "../../ui/typing.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk } from "../../ui/lab.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

/** ms without a key after which what was typed becomes the link. */
const rest = 500;

/**
 * On the line it is the target's potential, elsewhere the landscape.
 * @param {Desk<Words>} desk @param {"land" | "potential"} kind @param {(values: Experiment["values"]) => {own: boolean, text: string}} given
 */
export function formula({ words: { t, pick }, player, edit, signal }, kind, given) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const input = h("input", {
    type: "text",
    class: "field formula",
    id: `flow-${kind}`,
    maxlength: 400,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-label": t(kind === "land" ? "formula.label" : "formula.potential"),
    "aria-describedby": `flow-${kind}-fault`,
  });
  const fault = h("p", { class: "fault", id: `flow-${kind}-fault`, role: "status" });
  const mark = h("code", { class: "mark", "aria-hidden": "true" });
  const element = h(
    "div",
    { class: "formulas" },
    h(
      "div",
      {},
      h("label", { for: `flow-${kind}` }, h("span", {}, kind === "land" ? "f" : "V"), input),
      mark,
      fault,
    ),
    h("p", { class: "hint" }, t(kind === "land" ? "formula.hint" : "formula.hint.potential")),
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
        void edit({
          values: { [kind === "land" ? "landscape" : "target"]: "typed" },
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
      const parts = kind === "land" ? ["point", "plane"] : own ? ["line"] : [];
      element.hidden = !parts.includes(String(now.values.part));
      if (element.hidden) return;
      input.readOnly = !own;
      const text = (own && now.expressions?.[0]) || known;
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

// Formulas that are typed: read by the engine at every key; a wrong one is named where it is wrong, and the last good ones stay.
import { h, write } from "../../ui/dom.js";
import { formulaField, rest } from "../../ui/formula.js";
/** @import { Misread, Surface } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Hand } from "./hand.js" */
/** @import { Words } from "./strings.js" */

const letters = { metric: ["E", "F", "G"], conformal: ["f"], embedding: ["x", "y", "z"] };
/** How the letters make lengths. */
const meaning = /** @type {const} */ ({
  metric: "ds² = E du² + 2F du dv + G dv²",
  conformal: "ds² = f (du² + dv²)",
  embedding: "(x, y, z)(u, v)",
});

/** @param {Words} words @param {Hand} hand @param {AbortSignal} signal */
export function formulas({ t, pick }, hand, signal) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const title = h("p", { class: "formula-kind" });
  const rows = [0, 1, 2].map((i) =>
    formulaField(`formula-${i}`, { begin: () => clearTimeout(timer), typed }),
  );
  const element = h(
    "div",
    { class: "formulas" },
    title,
    rows.map((row) => row.element),
    h("p", { class: "hint" }, t("formula.hint")),
  );
  /** @type {Surface | null} */
  let shown = null;

  const texts = () => rows.slice(0, shown?.formulas.length ?? 0).map(({ input }) => input.value);
  function typed() {
    hand.drag({ expressions: texts() });
    clearTimeout(timer);
    timer = window.setTimeout(settle, rest);
  }
  /** Only what can be read goes into the link. */
  async function settle() {
    const mine = timer;
    await hand.answered();
    if (mine === timer && !signal.aborted && wrong.length === 0) hand.drop({ expressions: texts() });
  }
  /** @type {Misread[]} */
  let wrong = [];

  return {
    element,
    /** @param {State} state @param {Surface} surface */
    update({ status }, surface) {
      shown = surface;
      element.classList.toggle("known", !surface.typed);
      wrong = status?.misread ?? [];
      write(title, meaning[surface.kind]);
      const now = /** @type {string[]} */ (surface.typed ? hand.value("expressions") : []);
      rows.forEach((row, i) => {
        const name = letters[surface.kind][i];
        row.element.hidden = name === undefined;
        if (row.element.hidden) return;
        row.name(name, t("formula.label", { name }));
        row.show(now[i] ?? surface.formulas[i], surface.typed);
        row.judge(surface.typed ? wrong.find((one) => one.letter === name) : undefined, pick);
      });
    },
  };
}

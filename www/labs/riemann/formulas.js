// Formulas that are typed: read by the engine at every key; a wrong one is named where it is wrong, and the last good ones stay.
import { fill, h, write } from "../../ui/dom.js";
import { whenTyped } from "../../ui/typing.js";
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
/** ms without a key after which what was typed becomes the link. */
const rest = 500;

/** @param {Words} words @param {Hand} hand @param {AbortSignal} signal */
export function formulas({ t, pick }, hand, signal) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const title = h("p", { class: "formula-kind" });
  const rows = [0, 1, 2].map((i) => {
    const input = h("input", {
      type: "text",
      class: "field formula",
      id: `formula-${i}`,
      maxlength: 400,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-describedby": `formula-${i}-fault`,
    });
    whenTyped(input, { begin: () => clearTimeout(timer), typed });
    const letter = h("span", {});
    const fault = h("p", { class: "fault", id: `formula-${i}-fault`, role: "status" });
    const mark = h("code", { class: "mark", "aria-hidden": "true" });
    const element = h("div", {}, h("label", { for: `formula-${i}` }, letter, input), mark, fault);
    return { input, letter, fault, mark, element };
  });
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
      rows.forEach(({ element, input, letter, fault, mark }, i) => {
        const name = letters[surface.kind][i];
        element.hidden = name === undefined;
        if (element.hidden) return;
        write(letter, name);
        input.setAttribute("aria-label", t("formula.label", { name }));
        input.readOnly = !surface.typed;
        const text = now[i] ?? surface.formulas[i];
        if (document.activeElement !== input && input.value !== text) input.value = text;
        const bad = surface.typed ? wrong.find((one) => one.letter === name) : undefined;
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
      });
    },
  };
}

// The connection in letters and numbers: Γ and K of the sheet as formulas where they are short, where the ant starts, always.
import { fill, h } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
/** @import { Surface } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

const symbols = ["Γ¹₁₁", "Γ¹₁₂", "Γ¹₂₂", "Γ²₁₁", "Γ²₁₂", "Γ²₂₂"];
const ids = ["1_11", "1_12", "1_22", "2_11", "2_12", "2_22"].map((end) => `christoffel_${end}`);

/** A formula as people write it: θ for u, true minus signs, raised powers. @param {string} formula @param {readonly string[]} names */
export const pretty = (formula, [first, second]) =>
  formula
    .replace(/sqrt(?=[ (])/g, "√")
    .replace(/\benergy\b/g, "ℰ")
    .replace(/(?<![a-zℰ])u(?![a-z])/g, first)
    .replace(/(?<![a-zℰ])v(?![a-z])/g, second)
    .replace(/\^2/g, "²")
    .replace(/\^3/g, "³")
    .replace(/-/g, "−");

/** @param {Words} words */
export function connection({ t }) {
  const body = h("tbody", {});
  const element = h(
    "details",
    { class: "connection" },
    h("summary", {}, t("connection.title")),
    h("table", {}, body),
  );
  let known = "";
  /** The sheet that was seen last. */
  let sheet = "";

  return {
    element,
    /** @param {State} state @param {Surface} surface @param {boolean} painted */
    update({ readouts, status }, surface, painted) {
      // Whoever types a metric wants to see what becomes of it.
      if (sheet !== surface.id && surface.typed) element.open = true;
      sheet = surface.id;
      const formulas = surface.typed ? status?.formulas : surface;
      const value = (/** @type {string} */ id) => readouts.find((one) => one.id === id)?.value ?? null;
      const formula = (/** @type {string | undefined | null} */ text) =>
        painted || text === undefined || text === null ? "" : pretty(text || "0", surface.names);
      const rows = [
        ["K", formula(formulas?.curvature), value("gauss_curvature")],
        ["R¹₂₁₂", "K G", value("riemann_1_212")],
        ...symbols.map((name, i) => [name, formula(formulas?.christoffel?.[i]), value(ids[i])]),
      ];
      const now = JSON.stringify(rows);
      if (now === known) return;
      known = now;
      fill(
        body,
        ...rows.map(([name, formula, value]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, String(name)),
            h("td", {}, formula ? `= ${formula}` : ""),
            h("td", {}, number(/** @type {number | null} */ (value), 6)),
          ),
        ),
      );
    },
  };
}

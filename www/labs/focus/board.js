// The bench in numbers: what each kernel makes of this text, beside the exact mean at this n and the closed form for endless ones.
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { count, share } from "./numbers.js";
import { cell, kernelColours } from "./scene.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** A number that there may not be. @param {number} value @param {number} digits */
const some = (value, digits) => (Number.isFinite(value) ? number(value, digits) : "—");

/** @param {Desk<Words>} desk @param {(values: Experiment["values"]) => unknown} set @returns {Part & {element: Element}} */
export function board({ words: { t, pick }, schema }, set) {
  const options = schema.parameters.find(({ key }) => key === "kernel")?.options ?? [];
  const heads = [
    t("board.kernel"),
    t("board.s"),
    t("board.exact"),
    t("board.endless"),
    t("board.tokens"),
    t("board.entropy"),
    t("board.largest"),
  ];
  const rows = options.map(({ value, title }, i) => {
    const cells = heads.slice(1).map(() => h("td", {}));
    const choose = h(
      "button",
      { type: "button", class: "quiet", onclick: () => set({ kernel: value }) },
      pick(title),
    );
    const swatch = h("span", { class: "swatch", style: `background:var(--${kernelColours[i]})` });
    return { value, cells, choose, element: h("tr", {}, h("th", { scope: "row" }, swatch, choose), cells) };
  });
  const element = h(
    "div",
    { class: "board", role: "region", "aria-label": t("board.title"), tabindex: "0" },
    h(
      "table",
      {},
      h("caption", {}, t("board.title")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((head) => h("th", { scope: "col" }, head)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) => row.element),
      ),
    ),
  );
  return {
    element,
    update({ experiment, wanted, frames: { bench, laws } }) {
      element.hidden = experiment?.values.part !== "bench";
      if (element.hidden || !bench?.shape[0]) return;
      const chosen = (wanted ?? experiment)?.values.kernel;
      rows.forEach(({ value, cells, choose, element }, i) => {
        element.classList.toggle("now", value === chosen);
        choose.setAttribute("aria-pressed", String(value === chosen));
        const exact = laws?.shape[0] ? laws.data[i] : NaN;
        const numbers = [
          some(cell(bench, i, 0), 4),
          some(exact, 4),
          some(cell(bench, i, 5), 4),
          count(cell(bench, i, 1)),
          some(cell(bench, i, 2), 4),
          share(cell(bench, i, 3)),
        ];
        numbers.forEach((text, j) => write(cells[j], text));
      });
    },
  };
}

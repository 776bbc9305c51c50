// What trained twins are asked: texts with more pairs than they learnt from, and how sharply their heads look beside what theory says.
import { createFigure } from "../../ui/figure.js";
import { fill, h } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
import { axes } from "../../views/axes.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Pairs that are asked for: 2, 4, 8, 16, 32. */
const lengths = [1, 2, 3, 4, 5];

/**
 * @param {Desk<Words>} desk @param {{name: string, colour: keyof import("../../views/palette.js").Colours}[]} twins
 * @returns {Part & {element: HTMLElement}}
 */
export function exam({ words: { t } }, twins) {
  const figure = createFigure("twin-frame");
  const body = h("tbody", {});
  const head = /** @type {const} */ (["exam.kernel", "exam.tokens", "exam.s", "exam.entropy"]);
  const element = h(
    "div",
    { class: "focus-exam" },
    figure.element,
    h(
      "figure",
      {},
      h("figcaption", {}, h("h3", {}, t("exam.heads"))),
      h(
        "div",
        { class: "wide-table" },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              head.map((key) => h("th", { scope: "col" }, t(key))),
            ),
          ),
          body,
        ),
      ),
    ),
  );
  /** Measured, and what theory says of it. @param {number} value @param {number} theory */
  const beside = (value, theory) =>
    Number.isFinite(theory)
      ? t("exam.beside", { value: number(value, 3), theory: number(theory, 3) })
      : number(value, 3);
  let shown = "";

  /** @type {Part["update"]} */
  function update({ frames, experiment }, { colours }) {
    const { twin_lengths: rights, twin_heads: heads } = figure.reads(frames);
    const there = Boolean(rights?.data.length && heads?.data.length && Number.isFinite(rights.data[0]));
    element.hidden = !there;
    if (!there || !figure.canvas.clientWidth) return;
    const font = getComputedStyle(element).fontFamily;
    const on = axes(figure.canvas, {
      x: [0.9, 5.2],
      y: [-0.03, 1.06],
      colours,
      font,
      across: t("exam.pairs"),
      label: (value) => percent(value),
      tick: (value) => String(2 ** value),
    });
    const most = Math.log2(Number(experiment?.values.pairs ?? 2));
    on.curve(2, (i) => [most, i ? 1.06 : -0.03], colours["line-strong"], { width: 1.5, dash: [3, 3] });
    const right = most > 3.5;
    on.write(
      t("exam.learnt"),
      on.X(most) + (right ? -6 : 6),
      on.Y(0.68),
      colours["ink-soft"],
      right ? "right" : "left",
    );
    twins.forEach(({ colour }, i) => {
      const at = (/** @type {number} */ l) => rights.data[i * lengths.length + l];
      on.curve(lengths.length, (l) => [lengths[l], at(l)], colours[colour], { width: 2.2 });
      lengths.forEach((x, l) => on.dot(x, at(l), colours[colour], 3.5));
    });
    const said = twins.map(({ name }, i) => `${name} ${percent(rights.data[(i + 1) * lengths.length - 1])}`);
    figure.name(
      t("exam.title"),
      twins.map(({ name, colour }) => [colour, name]),
      t("exam.said", { all: said.join(", ") }),
    );
    const now = Array.from(heads.data).join();
    if (now === shown) return;
    shown = now;
    fill(
      body,
      ...twins.map(({ name }, i) => {
        const [tokens, s, sTheory, entropy, entropyTheory] = heads.data.subarray(5 * i, 5 * i + 5);
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          h("td", {}, number(tokens, 3)),
          h("td", {}, beside(s, sTheory)),
          h("td", {}, beside(entropy, entropyTheory)),
        );
      }),
    );
  }
  return { element, update };
}

// One cell of a head's stages written out: the dot product term by term, the softmax of its row, what the row takes home.
import { fill, h } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
import { spoken } from "./glyphs.js";
import { brief } from "./matrix.js";
import { exponentials, heaviest, rowOf, stageRow, terms } from "./products.js";
/** @import { Frame } from "../../types.js" */

/** @param {import("./strings.js").Words} words */
export function written({ t }) {
  const element = h("div", { class: "written", "aria-live": "polite" });
  let drawn = "";
  /** @param {{square: Frame, Q: Frame, K: Frame, out: Frame, text: string[], q: number, k: number, off: boolean}} what off: surgery keeps the head's output from the rest */
  function update({ square, Q, K, out, text, q, k, off }) {
    const { list, sum: dot } = terms(rowOf(Q, q), rowOf(K, k));
    const [scaled, masked, weight] = /** @type {const} */ ([1, 2, 3]).map(
      (stage) => stageRow(square, stage, q)[k - 1],
    );
    const { powers, sum: total } = exponentials(stageRow(square, 2, q).subarray(0, q));
    const mark = [
      q,
      k,
      dot,
      weight,
      total,
      text[q - 1],
      text[k - 1],
      out.data[(q - 1) * out.shape[1]],
      off,
    ].join();
    if (mark === drawn) return;
    drawn = mark;
    const reach = Math.max(...list.map(({ product }) => Math.abs(product)), 1e-9);
    const [from, to] = [spoken(t, text[q - 1]), spoken(t, text[k - 1])];
    // The weight that stands may be another than the softmax's: surgery can set it, freeze the pattern or bring one from elsewhere.
    const share = total ? powers[k - 1] / total : 0;
    const amounts = {
      from,
      to,
      power: number(powers[k - 1], 3),
      total: number(total, 3),
      share: percent(share),
      weight: percent(weight),
    };
    const said =
      Math.abs(share - weight) > 1e-3
        ? t("stages.share.other", amounts)
        : masked < -1e29
          ? t("stages.hidden", amounts)
          : t("stages.share", amounts);
    const mix = heaviest(stageRow(square, 3, q), q, 4);
    fill(
      element,
      h("h3", {}, t("stages.cell", { q, k, from, to })),
      h(
        "ol",
        { class: "terms-list", "aria-label": t("stages.terms", { n: list.length }) },
        list.map((term) =>
          h(
            "li",
            {
              class: term.product < 0 ? "minus" : "plus",
              style: `--size: ${(100 * Math.abs(term.product)) / reach}%`,
            },
            h("span", {}, `${brief(term.q)} · ${brief(term.k)}`),
            h("b", {}, brief(term.product)),
          ),
        ),
      ),
      h(
        "p",
        { class: "sum" },
        t("stages.sum", {
          dot: number(dot, 4),
          n: list.length,
          root: number(Math.sqrt(list.length), 4),
          scaled: number(scaled, 4),
        }),
      ),
      h("p", { class: "sum" }, said),
      h(
        "p",
        { class: "sum" },
        t(off ? "stages.mix.off" : "stages.mix", { q, from }),
        " ",
        mix
          .map(({ k: key, weight: share }) => `${percent(share)} ${spoken(t, text[key - 1])}\u2009${key}`)
          .join(" + "),
        mix.length < q ? " + …" : "",
      ),
    );
  }
  return { element, update };
}

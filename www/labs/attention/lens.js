// The logit lens: what the model would write if it stopped after the embedding, or after each layer.
import { fill, h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { source } from "../../ui/source.js";
import { glyph, spoken, tokensOf, vocabulary } from "./glyphs.js";
import { ranked, softmax } from "./sampling.js";
/** @import { State } from "../../ui/player.js" */

const columns = 5;

/** The most probable characters of one row of logits. @param {ArrayLike<number>} logits @param {number} count @returns {{token: number, share: number}[]} */
export function top(logits, count) {
  const shares = softmax(logits);
  return ranked(shares)
    .slice(0, count)
    .map((token) => ({ token, share: shares[token] }));
}

/** @param {{words: import("./strings.js").Words}} needs */
export function lens({ words: { t } }) {
  const body = h("tbody");
  const where = h("p", { class: "said" });
  const truth = h("th", { scope: "col", class: "truth" });
  const element = h(
    "section",
    { class: "lens", "aria-labelledby": "lens-title" },
    h("header", {}, h("h2", { id: "lens-title" }, t("lens.title"))),
    where,
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-labelledby": "lens-title", "data-keys": "" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, t("lens.after")),
            Array.from({ length: columns }, (_, i) =>
              h("th", { scope: "col" }, t("lens.rank", { n: i + 1 })),
            ),
            truth,
          ),
        ),
        body,
      ),
    ),
    h("p", { class: "hint" }, t("lens.hint")),
  );

  const { reads } = source(element, { drawn: false });

  /** @param {number} row @param {number} last */
  const name = (row, last) =>
    row === 0
      ? t("lens.embedding")
      : row === last
        ? t("lens.last", { layer: row })
        : t("lens.layer", { layer: row });

  /** @param {State} state */
  function update({ frames, experiment }) {
    const { lens: read } = reads(frames);
    if (!read) return;
    const [, rows, size] = read.shape;
    const letters = vocabulary(frames);
    const tokens = tokensOf(frames, 1);
    // The frame is of the token that is locked, whatever the pointer is over.
    const at = Math.min(tokens.length, Number(experiment?.values.token) || tokens.length);
    const next = tokens[at] ?? null;
    const edited = (experiment?.surgery ?? []).length > 0;
    write(where, t("lens.at", { token: at, char: spoken(t, letters[tokens[at - 1]] ?? "") }));
    write(truth, t("lens.truth", { char: next === null ? "?" : glyph(letters[next]) }));
    const logits = (/** @type {0 | 1} */ run, /** @type {number} */ row) =>
      read.data.subarray((run * rows + row) * size, (run * rows + row + 1) * size);
    fill(
      body,
      ...Array.from({ length: rows }, (_, row) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name(row, rows - 1)),
          cells(logits(1, row), edited ? logits(0, row) : null, letters, next),
        ),
      ),
    );
  }

  /** @param {Float32Array} now @param {Float32Array | null} before @param {string[]} letters @param {number | null} next */
  function cells(now, before, letters, next) {
    const was = before && softmax(before);
    const made = top(now, columns).map(({ token, share }) =>
      h(
        "td",
        { class: token === next ? "hit" : null, style: `--share: ${share}` },
        h("b", { "aria-hidden": "true" }, glyph(letters[token])),
        h("span", { class: "unseen" }, spoken(t, letters[token])),
        " ",
        h("span", {}, percent(share)),
        was && h("small", { title: t("run.original") }, percent(was[token])),
      ),
    );
    return [
      ...made,
      h(
        "td",
        { class: "truth" },
        next === null ? "" : percent(softmax(now)[next]),
        was && next !== null && h("small", { title: t("run.original") }, percent(was[next])),
      ),
    ];
  }
  return { element, update };
}

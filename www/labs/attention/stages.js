// One head from q·k to its output: five small matrices with their numbers, and one cell of them written out.
import { h, write } from "../../ui/dom.js";
import { family } from "../../ui/i18n.js";
import { source } from "../../ui/source.js";
import { headState } from "./edits.js";
import { within } from "./focus.js";
import { glyph, textOf } from "./glyphs.js";
import { matrix } from "./matrix.js";
import { columnsFor, heaviest, rowOf, span, stageRow } from "./products.js";
import { written } from "./written.js";
/** @import { State } from "../../ui/player.js" */

/** What is looked at, counted from 1; a cell is [query, key]. @typedef {{layer: number, head: number, token: number, cell: [number, number] | null}} Focus */
/** @typedef {Partial<Focus>} Look */

const side = 8;
const names = /** @type {const} */ (["dot", "scaled", "masked", "softmax"]);
const squareName = family("stages", names);
/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {(look: Look | null) => void} needs.onhover
 * @param {(look: Look) => void} needs.choose
 */
export function stages({ words, onhover, choose }) {
  const { t } = words;
  const which = h("p", { class: "said" });
  const squares = names.map((name) => matrix(t(squareName[name])));
  const values = matrix(t("stages.values"));
  const mixed = matrix(t("stages.mixed"));
  const sum = written(words);
  const strip = h(
    "div",
    {
      class: "squares",
      tabindex: 0,
      role: "group",
      "aria-label": t("stages.keys"),
      "data-keys": "",
      onkeydown: keys,
    },
    squares.map(({ element }) => element),
    h("span", { class: "times", "aria-hidden": "true" }, "×"),
    values.element,
    h("span", { class: "times", "aria-hidden": "true" }, "="),
    mixed.element,
  );
  const element = h(
    "section",
    { class: "head-stages", "aria-labelledby": "stages-title" },
    h("header", {}, h("h2", { id: "stages-title" }, t("stages.title"))),
    which,
    strip,
    sum.element,
  );

  const { reads } = source(element, { drawn: false });
  /** @type {[number, number]} */
  let cell = [1, 1];
  let last = 1;
  let held = { T: 0, rows: [0], columns: [0] };
  strip.addEventListener("pointerover", ({ target }) => {
    const at = cellOf(target);
    if (at) onhover({ cell: at });
  });
  strip.addEventListener("pointerleave", () => onhover(null));
  strip.addEventListener("click", ({ target }) => {
    const at = cellOf(target);
    if (at) choose({ cell: at });
  });

  /** @param {KeyboardEvent} event */
  function keys(event) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const q = Math.max(1, Math.min(last, cell[0] + step[0]));
    // No cell of the future can be looked at: at the diagonal a step up goes along it.
    cell = [q, Math.max(1, Math.min(q, cell[1] + step[1]))];
    choose({ cell });
  }

  /** @param {State} state @param {unknown} _ @param {Focus} focus */
  function update({ frames, experiment }, _, focus) {
    const { stages: square, stage_q: Q, stage_k: K, stage_v: V, stage_out: out } = reads(frames);
    // While a step is being fetched the frames of two steps may meet; the next pull brings them together.
    const T = square?.shape[1];
    if (!T || [Q, K, V, out].some((frame) => frame?.shape[0] !== T)) return;
    const text = textOf(frames);
    if (text.length < T) return;
    last = T;
    const place = Math.min(focus.token, T);
    // With no cell chosen, the one that the row reads most.
    cell =
      focus.cell && Math.max(...focus.cell) <= T
        ? focus.cell
        : [place, heaviest(stageRow(square, 3, place), place, 1)[0]?.k ?? place];
    const [q, k] = cell;
    // A cell that is in view already must not move under the pointer that chose it.
    if (!focus.cell || !held.rows.includes(q) || !held.columns.includes(k) || held.T !== T) {
      const rows = span(q, T, side);
      held = { T, rows, columns: columnsFor(rows, k, stageRow(square, 3, q)) };
    }
    const { rows, columns } = held;
    const at = (/** @type {number} */ place) => ({ place, char: glyph(text[place - 1]) });
    // The frames are of the head that is locked, whatever the pointer is over.
    const { layer, head } = within(
      { ...focus, layer: Number(experiment?.values.layer ?? 1), head: Number(experiment?.values.head ?? 1) },
      frames.maps,
    );
    write(which, t("stages.which", { layer, head, from: rows[0], to: rows[rows.length - 1], of: T }));
    squares.forEach(({ draw }, i) =>
      draw({
        rows: rows.map(at),
        columns: columns.map(at),
        cell,
        link: true,
        numbers: rows.map((row) =>
          columns.map((column) => stageRow(square, /** @type {0 | 1 | 2 | 3} */ (i), row)[column - 1]),
        ),
        // What the mask took is hatched in both matrices after it.
        gone:
          i < 2
            ? undefined
            : rows.map((row) => columns.map((column) => stageRow(square, 2, row)[column - 1] < -1e29)),
      }),
    );
    const dims = Math.min(side, V.shape[1]);
    const heads = Array.from({ length: dims }, (_, i) => ({ place: 0, char: String(i + 1) }));
    values.draw({
      rows: columns.map(at),
      columns: heads,
      cell: [k, 0],
      numbers: columns.map((row) => Array.from(rowOf(V, row).subarray(0, dims))),
    });
    mixed.draw({
      rows: rows.map(at),
      columns: heads,
      cell: [q, 0],
      numbers: rows.map((row) => Array.from(rowOf(out, row).subarray(0, dims))),
    });
    const more = V.shape[1] - dims;
    for (const { note } of [values, mixed]) write(note, more > 0 ? t("stages.more", { n: more }) : "");
    const { off, layerOff } = headState(experiment?.surgery ?? [], layer, head);
    sum.update({
      square,
      Q,
      K,
      out,
      text,
      q,
      k,
      off: off || layerOff === "attention" || layerOff === "both",
    });
  }

  return { element, update };
}

/** @param {EventTarget | null} target @returns {[number, number] | null} */
function cellOf(target) {
  const at = target instanceof Element ? target.closest("td[data-cell]") : null;
  return at
    ? /** @type {[number, number]} */ (/** @type {HTMLElement} */ (at).dataset.cell?.split(",").map(Number))
    : null;
}

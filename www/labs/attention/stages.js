// One head from q·k to its output: five small matrices with their numbers, and one cell of them written out.
import { fill, h, write } from "../../ui/dom.js";
import { number, percent } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
import { headState } from "./edits.js";
import { within } from "./focus.js";
import { glyph, spoken, textOf } from "./glyphs.js";
import { columnsFor, exponentials, heaviest, rowOf, span, stageRow, terms } from "./products.js";
/** @import { State } from "../../ui/player.js" */

/** What is looked at, counted from 1; a cell is [query, key]. @typedef {{layer: number, head: number, token: number, cell: [number, number] | null}} Focus */
/** @typedef {Partial<Focus>} Look */

const side = 8;
const names = /** @type {const} */ (["dot", "scaled", "masked", "softmax"]);
const squareName = family("stages", names);
/** Three digits at most, and no minus before a zero. @param {number} value */
const brief = (value) =>
  value < -1e29
    ? "−∞"
    : value
        .toFixed(Math.abs(value) >= 99.5 ? 0 : Math.abs(value) < 9.95 ? 2 : 1)
        .replace(/^-(?=.*[1-9])/, "−")
        .replace("-", "");

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {(look: Look | null) => void} needs.onhover
 * @param {(look: Look) => void} needs.choose
 */
export function stages({ words: { t }, onhover, choose }) {
  const which = h("p", { class: "said" });
  const squares = names.map((name) => matrix(t(squareName[name])));
  const values = matrix(t("stages.values"));
  const mixed = matrix(t("stages.mixed"));
  const sum = h("div", { class: "written", "aria-live": "polite" });
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
    sum,
  );

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
    const { stages: square, stage_q: Q, stage_k: K, stage_v: V, stage_out: out } = frames;
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
    writeOut({ square, Q, K, out, text, q, k, off: off || layerOff === "attention" || layerOff === "both" });
  }

  let written = "";
  /** @param {{square: import("../../types.js").Frame, Q: import("../../types.js").Frame, K: import("../../types.js").Frame, out: import("../../types.js").Frame, text: string[], q: number, k: number, off: boolean}} what off: surgery keeps the head's output from the rest */
  function writeOut({ square, Q, K, out, text, q, k, off }) {
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
    if (mark === written) return;
    written = mark;
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
      sum,
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

/** @param {EventTarget | null} target @returns {[number, number] | null} */
function cellOf(target) {
  const at = target instanceof Element ? target.closest("td[data-cell]") : null;
  return at
    ? /** @type {[number, number]} */ (/** @type {HTMLElement} */ (at).dataset.cell?.split(",").map(Number))
    : null;
}

/** A matrix as a table whose cells are tinted by their size and hold their number. @param {string} title */
function matrix(title) {
  const table = h("table", {});
  const note = h("small", {});
  const element = h("figure", { class: "matrix" }, h("figcaption", {}, title), table, note);
  let drawn = "";
  /** @param {{rows: {place: number, char: string}[], columns: {place: number, char: string}[], numbers: number[][], cell: [number, number], link?: boolean, gone?: boolean[][]}} what */
  function draw(what) {
    const mark = JSON.stringify(what);
    if (mark === drawn) return;
    drawn = mark;
    const {
      rows,
      columns,
      numbers,
      cell: [q, k],
      link = false,
      gone: taken,
    } = what;
    const reach = Math.max(
      1e-9,
      ...numbers
        .flat()
        .filter((value) => value > -1e29)
        .map(Math.abs),
    );
    // Positions left out between two columns.
    const jumps = (/** @type {number} */ j) => j > 0 && columns[j].place > columns[j - 1].place + 1;
    fill(
      table,
      h(
        "tr",
        {},
        h("td", { class: "corner" }),
        columns.map(({ place, char }, j) =>
          h(
            "th",
            {
              scope: "col",
              class: `${place && place === k ? "on" : ""}${jumps(j) ? " jump" : ""}`,
              title: place || null,
            },
            char,
          ),
        ),
      ),
      ...rows.map((row, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", class: row.place === q ? "on" : null, title: row.place }, row.char),
          columns.map((column, j) => {
            const value = numbers[i][j];
            const gone = taken?.[i][j] ?? false;
            const on = row.place === q && (!link || column.place === k);
            return h(
              "td",
              {
                class: `${jumps(j) ? "jump " : ""}${gone ? "gone" : value < 0 ? "minus" : "plus"}${on ? " on" : ""}`,
                style: gone ? null : `--size: ${Math.round((100 * Math.abs(value)) / reach)}%`,
                "data-cell": link && column.place <= row.place ? `${row.place},${column.place}` : null,
              },
              brief(value),
            );
          }),
        ),
      ),
    );
  }
  return { element, draw, note };
}

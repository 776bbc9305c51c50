// A matrix as a table that a head's stages are shown in, and its numbers as short as they can be.
import { fill, h } from "../../ui/dom.js";

/** Three digits at most, and no minus before a zero. @param {number} value */
export const brief = (value) =>
  value < -1e29
    ? "−∞"
    : value
        .toFixed(Math.abs(value) >= 99.5 ? 0 : Math.abs(value) < 9.95 ? 2 : 1)
        .replace(/^-(?=.*[1-9])/, "−")
        .replace("-", "");

/** A matrix as a table whose cells are tinted by their size and hold their number. @param {string} title */
export function matrix(title) {
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

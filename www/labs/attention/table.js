// The row that is looked at as a table, for whoever reads numbers or hears the page.
import { fill, h, write } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { spoken, textOf } from "./glyphs.js";
import { reads, seen, tells, viewName, views } from "./maps.js";
import { back } from "./twin.js";
/** @import { Frame } from "../../types.js" */
/** @import { Shown } from "./focus.js" */

/** @param {import("./strings.js").Words} words */
export function table({ t }) {
  const caption = h("caption", {});
  const body = h("tbody", {});
  const head = h("tr", {});
  const details = h(
    "details",
    { class: "row-table" },
    h("summary", {}, t("map.table")),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": t("map.table") },
      h("table", {}, caption, h("thead", {}, head), body),
    ),
  );
  /** @type {(() => void) | null} */
  let again = null;
  details.addEventListener("toggle", () => again?.());
  let written = "";

  /** @param {Record<string, Frame>} frames @param {Shown} focus @param {boolean} compared */
  function update(frames, focus, compared) {
    again = () => update(frames, focus, compared);
    if (!details.open) return;
    const { layer, head: which, token } = focus;
    const columns = compared ? views : views.slice(0, 1);
    const rows = columns.map((view) => {
      const map = seen(frames, view, layer, which);
      return map && tells(map, token) ? reads(map, token) : new Float32Array(0);
    });
    const [text, was] = [textOf(frames), textOf(frames, 0)];
    const letter = (/** @type {number} */ place) => {
      const [now, before] = [text, was].map((letters) => spoken(t, letters[place - 1] ?? ""));
      return compared && now !== before ? t("map.table.both", { now, was: before }) : now;
    };
    const key = JSON.stringify([
      layer,
      which,
      token,
      compared,
      text,
      was,
      rows.map((row) => Array.from(row)),
    ]);
    if (key === written) return;
    written = key;
    write(caption, t("map.table.of", { token, letter: letter(token), layer, head: which }));
    fill(
      head,
      ...[
        t("map.table.place"),
        t("map.table.letter"),
        t("map.table.back"),
        ...columns.map((view) => t(viewName[view])),
      ].map((name) => h("th", { scope: "col" }, name)),
    );
    const percentOf = (/** @type {number | undefined} */ share, /** @type {boolean} */ signed) =>
      share === undefined ? "–" : signed && share < 0 ? `−${percent(-share)}` : percent(share);
    fill(
      body,
      ...Array.from(rows[0], (_, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, String(i + 1)),
          h("td", {}, letter(i + 1)),
          h("td", {}, back(t, token - 1 - i)),
          ...rows.map((row, c) => h("td", {}, percentOf(row[i], columns[c] === "difference"))),
        ),
      ),
    );
  }
  return { element: details, update };
}

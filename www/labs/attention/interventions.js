// The list of what is done to the model: added, taken out, said in words. Lists in, lists out.
import { family } from "../../ui/i18n.js";
import { glyph } from "./glyphs.js";
/** @import { Intervention } from "../../types.js" */
/** @import { Words } from "./strings.js" */

/** More a link does not hold. */
export const most = 32;
export const mostCells = 4096;

/** What an intervention is about: two of one place cannot both stand. @param {Intervention} item */
function place(item) {
  if (item.op === "token") return `token ${item.token}`;
  if (item.op === "layer") return `layer ${item.layer} ${item.part}`;
  return `${item.op} ${item.layer} ${item.head}${item.op === "set" ? ` ${item.cell}` : ""}`;
}
/** Whether both do the same thing at the same place, whatever its measure. @param {Intervention} a @param {Intervention} b */
export const same = (a, b) => place(a) === place(b);

/** @param {[number, number][]} cells */
const distinct = (cells) => [...new Map(cells.map((cell) => [cell.join(), cell])).values()];
/** Cells that are cut; one that is set counts as an entry. @param {Intervention[]} list */
export const cellsOf = (list) =>
  list.reduce((sum, item) => sum + (item.op === "cut" ? item.cells.length : 0), 0);

/** With one more; at its own place it replaces what stood there, and hidden cells gather in one entry. What would be too much leaves the very list that came.
 * @param {Intervention[]} list @param {Intervention} item @returns {Intervention[]} */
export function add(list, item) {
  const index = list.findIndex((other) => same(other, item));
  const before = list[index];
  const made =
    before?.op === "cut" && item.op === "cut"
      ? { ...item, cells: distinct([...before.cells, ...item.cells]) }
      : item;
  const longer = before ? list.with(index, made) : [...list, made];
  return longer.length > most || cellsOf(longer) > mostCells ? list : longer;
}

/** @param {Intervention[]} list @param {number} index */
export const without = (list, index) => list.toSpliced(index, 1);

/** On becomes off, off becomes on. @param {Intervention[]} list @param {Intervention} item @returns {Intervention[]} */
export function toggle(list, item) {
  const index = list.findIndex((other) => same(other, item));
  return index < 0 ? add(list, item) : without(list, index);
}

const layerSaid = family("surgery.said.layer", ["attention", "mlp", "both"]);

/** What an intervention does, in words. @param {Words["t"]} t @param {Intervention} item */
export function describe(t, item) {
  if (item.op === "token") return t("surgery.said.token", { token: item.token });
  if (item.op === "layer") return t(layerSaid[item.part], { layer: item.layer });
  const where = whereIs(t, item);
  if (item.op === "cut")
    return t(item.cells.length === 1 ? "surgery.said.cut.one" : "surgery.said.cut", {
      where,
      n: item.cells.length,
      q: item.cells[0]?.[0] ?? 0,
      k: item.cells[0]?.[1] ?? 0,
    });
  if (item.op === "window")
    return t(item.width === 1 ? "surgery.said.window.one" : "surgery.said.window", {
      where,
      width: item.width,
    });
  if (item.op === "set")
    return t("surgery.said.set", {
      where,
      q: item.cell[0],
      k: item.cell[1],
      value: String(item.value).replace("-", "−"),
    });
  if (item.op === "patch")
    return t("surgery.said.patch", {
      where,
      prompt: [...item.prompt].slice(0, 32).map(glyph).join("") + ([...item.prompt].length > 32 ? "…" : ""),
    });
  return t(item.op === "head" ? "surgery.said.head" : "surgery.said.freeze", { where });
}

/** @param {Words["t"]} t @param {{layer: number, head: number}} at 0 is all of them */
function whereIs(t, { layer, head }) {
  if (layer && head) return t("surgery.where", { layer, head });
  if (layer) return t("surgery.where.layer", { layer });
  return head ? t("surgery.where.head", { head }) : t("surgery.where.all");
}

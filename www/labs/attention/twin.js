// What the maps show, as sentences that can be read aloud.
import { number, percent } from "../../ui/format.js";
import { spoken } from "./glyphs.js";
import { largest, reads, tells, weightAt } from "./maps.js";
/** @import { Words } from "./strings.js" */
/** @import { Head, View } from "./maps.js" */

/** How far a letter lies behind the one that reads it. @param {Words["t"]} t @param {number} n */
export const back = (t, n) =>
  n === 0 ? t("twin.self") : n === 1 ? t("twin.back.one") : t("twin.back", { n });

/** A share of the attention, or by how much it changed. @param {Words["t"]} t @param {number} weight @param {View} view */
export const amount = (t, weight, view) =>
  view !== "difference"
    ? percent(weight)
    : t(weight < 0 ? "twin.less" : "twin.more", { points: number(100 * Math.abs(weight), 2) });

/** Less than this is not worth a word. */
const faint = 0.005;

/**
 * @param {Words["t"]} t
 * @param {{map: Head, text: string[], view: View, layer: number, head: number, token: number, cell: [number, number] | null, mark?: "cut" | "set" | null}} what positions from 1
 */
export function sentence(t, { map, text, view, layer, head, token, cell, mark }) {
  const name = (/** @type {number} */ place) => spoken(t, text[place - 1] ?? "");
  if (!tells(map, cell?.[0] ?? token)) return t("twin.parted", { n: map.compared ?? map.size });
  if (cell) {
    const [q, k] = cell;
    const note = mark === "cut" ? t("twin.cut") : mark === "set" ? t("twin.set") : "";
    return (
      t("twin.cell", {
        layer,
        head,
        q,
        k,
        reader: name(q),
        read: name(k),
        weight: amount(t, weightAt(map, q, k), view),
        back: back(t, q - k),
      }) + note
    );
  }
  const [first, ...rest] = largest(reads(map, token), 3).filter(({ value }) => Math.abs(value) >= faint);
  if (!first) return t("twin.same", { layer, head, reader: name(token) });
  const say = (/** @type {{token: number, value: number}} */ { token: read, value }) => ({
    weight: amount(t, value, view),
    read: name(read),
    back: back(t, token - read),
  });
  return (
    t("twin.token", { layer, head, reader: name(token), ...say(first) }) +
    rest
      .filter(({ value }) => Math.abs(value) >= 0.05)
      .map((one) => t("twin.then", say(one)))
      .join("")
  );
}

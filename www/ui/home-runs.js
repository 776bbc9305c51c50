// A leaf to come.
import { h } from "./dom.js";
/** @param {import("./home.js").Desk} desk */
export function create({ words }) {
  return { element: h("p", {}, words.t("home.title")) };
}

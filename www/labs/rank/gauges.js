// The head in numbers: how many directions by six counts, and how near it is to having none.
import { h, scripts, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { family } from "../../ui/i18n.js";
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

const counts = /** @type {const} */ ([
  "rank_1e6",
  "rank_1e2",
  "erank_entropy",
  "erank_participation",
  "erank_nuclear",
  "erank_stable",
]);
const ends = /** @type {const} */ (["log10_det", "condition"]);
const names = family("gauge", [
  "rank_1e6",
  "rank_1e2",
  "erank_entropy",
  "erank_participation",
  "erank_nuclear",
  "erank_stable",
  "log10_det",
  "condition",
]);
/** Where a double ends: its smallest number, and the condition at which nothing can be undone. */
const limits = { log10_det: 308, condition: Math.log10(2 ** 52) };

/** @param {{t: Words["t"]}} words */
export function gauges({ t }) {
  const make = (/** @type {keyof typeof names} */ id) => {
    const value = h("dd", {});
    const bar = h("span", { class: "bar", "aria-hidden": "true" }, h("i", {}));
    return { id, value, bar, element: h("div", {}, h("dt", {}, scripts(t(names[id]))), value, bar) };
  };
  const all = [...counts, ...ends].map(make);
  const list = h(
    "dl",
    {},
    all.map((one) => one.element),
  );
  const element = h("div", { class: "gauges", role: "group", "aria-label": t("gauge.title") }, list);
  return {
    element,
    /** @param {Scene} scene */
    update({ claim, frames: { map } }) {
      const n = map?.shape[0] ?? 1;
      for (const { id, value, bar } of all) {
        const now = claim(id)?.value ?? null;
        write(value, now === null ? t("gauge.none") : number(now, 4));
        const share =
          id === "log10_det"
            ? Math.abs(now ?? limits.log10_det) / limits.log10_det
            : id === "condition"
              ? Math.log10(now ?? 1e99) / limits.condition
              : (now ?? 0) / n;
        bar.style.setProperty("--share", String(Math.min(1, share)));
        bar.classList.toggle("hot", id === "log10_det" || id === "condition");
        bar.classList.toggle("over", share >= 1 && (id === "log10_det" || id === "condition"));
      }
    },
  };
}

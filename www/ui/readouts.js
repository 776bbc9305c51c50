// Readouts as claims: what was measured, what theory says, and whether it holds.
import { away, fill, h, scripts } from "./dom.js";
import { number } from "./format.js";
import { family } from "./i18n.js";
/** @import { Readout } from "../types.js" */
/** @import { Player, State } from "./player.js" */

const marks = { holds: "✓", fails: "✗", open: "○" };
const verdicts = family("claims", ["holds", "fails", "open"]);

/** What theory asks for, as one would write it. @param {Readout} readout */
export function expectation({ expected, tolerance, relation, unit }) {
  if (expected === null) return "–";
  const tail = unit ? ` ${unit}` : "";
  if (relation === "below") return `< ${number(expected)}${tail}`;
  if (relation === "above") return `> ${number(expected)}${tail}`;
  return `${number(expected)}${tolerance ? ` ± ${number(tolerance, 2)}` : ""}${tail}`;
}

/** @param {Player} player @param {import("./i18n.js").Words} words @param {() => unknown} oncsv */
export function claims(player, { t, pick }, oncsv) {
  const list = h("ol", { class: "claims" });
  const meter = h("progress", { max: 1, value: 0, "aria-label": t("claims.measure") });
  const button = h("button", { type: "button", class: "button", onclick: () => player.measure() });
  const bar = h("div", { class: "measuring" }, button, meter);
  const csv = h(
    "button",
    { type: "button", class: "quiet csv", title: t("csv.long"), onclick: oncsv },
    "CSV",
  );
  const element = h(
    "section",
    { class: "claims-sheet", "aria-labelledby": "claims-title" },
    h("header", {}, h("h2", { id: "claims-title" }, t("claims.title")), bar, csv),
    list,
  );
  let drawn = "";

  /** @param {Readout} readout */
  const claim = (readout) =>
    h(
      "li",
      { class: `claim ${readout.verdict}`, "data-claim": readout.id },
      h(
        "span",
        { class: "verdict" },
        h("span", { "aria-hidden": "true" }, marks[readout.verdict]),
        ` ${t(verdicts[readout.verdict])}`,
      ),
      h("h3", {}, scripts(pick(readout.title))),
      h(
        "dl",
        {},
        h(
          "div",
          {},
          h("dt", {}, t("claims.measured")),
          h(
            "dd",
            {},
            `${number(readout.value)}${readout.value !== null && readout.unit ? ` ${readout.unit}` : ""}`,
          ),
        ),
        h("div", {}, h("dt", {}, t("claims.expected")), h("dd", {}, expectation(readout))),
      ),
      h("p", {}, scripts(pick(readout.note)), " ", away(readout.reference)),
    );

  /** @param {State} state */
  function update({ readouts, status, measuring }) {
    const measure = { done: 0, total: 0 };
    for (const task of player.watched.measures) {
      measure.done += status?.tasks[task]?.done ?? 0;
      measure.total += status?.tasks[task]?.total ?? 0;
    }
    const complete = measure.done >= measure.total;
    element.hidden = !readouts.length && measure.total === 0;
    csv.hidden = !readouts.length;
    bar.hidden = measure.total === 0;
    meter.hidden = complete || (!measuring && measure.done === 0);
    meter.max = measure.total || 1;
    meter.value = measure.done;
    button.disabled = complete || measuring;
    button.textContent = complete
      ? t("claims.measured.all")
      : measuring
        ? t("claims.measuring", measure)
        : t("claims.measure");
    const now = JSON.stringify(readouts);
    if (now === drawn) return;
    drawn = now;
    fill(list, ...readouts.map(claim));
  }
  return { element, update };
}

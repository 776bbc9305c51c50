// Lab 10 · Can attention really concentrate? Kernels on the same keys, a phase change, a needle, a query's shape, decay, longer texts.
import { saveText } from "../../ui/csv.js";
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { board } from "./board.js";
import { table } from "./csv.js";
import { count } from "./numbers.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["part"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, edit, draw } = desk;
  const { t } = words;
  const live = createLive({ player, edit, draw });
  const set = (/** @type {import("../../types.js").Experiment["values"]} */ values, more = {}) =>
    edit({ values, ...more });
  function saveNumbers() {
    const text = table(player.state);
    if (text) saveText(text, `chailou-focus-${player.state.experiment?.values.part}.csv`);
  }
  return {
    stage: stage(desk, live, set),
    kind: "of-focus",
    below: [
      board(desk, set),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveNumbers }, t("csv.save")),
      ),
    ],
    set,
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
    },
    time: {
      hint: t("time.hint"),
      say: ({ status }) => t("time.said", { n: count(status?.keys ?? 0) }),
    },
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: [
      "bench",
      "rows",
      "sorted",
      "limits",
      "scores",
      "reach",
      "shapes",
      "query",
      "linear",
      "dims",
      "fall",
      "tokens",
      "span",
      "blind",
      "keep",
      "drift",
      "found",
      "sizes",
      "phase",
      "dots",
    ],
    rest: ["laws", "map"],
    once: [],
  },
  compose,
};

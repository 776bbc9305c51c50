// Lab 12 · How a Transformer is born: a signal through random layers, cut laws and tuned activations, the √d switch, residual branches.
import { saveText } from "../../ui/csv.js";
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { table } from "./csv.js";
import { formula } from "./formula.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["view", "scaling", "norm"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, edit, draw } = desk;
  const { t } = words;
  const live = createLive({ player, edit, draw });

  /** A formula belongs to what it was typed for. @param {Experiment["values"]} values @param {Partial<Experiment> & {part?: number}} [more] */
  function set(values, more = {}) {
    const known = values.activation !== undefined && values.activation !== "typed";
    return edit({ values, ...(known ? { expressions: [] } : {}), ...more });
  }
  const own = formula(desk);
  function saveNumbers() {
    const text = table(player.state);
    if (text) saveText(text, `chailou-init-${player.state.experiment?.values.view}.csv`);
  }
  return {
    stage: stage(desk, live, set),
    kind: "of-init",
    below: [
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveNumbers }, t("csv.save")),
      ),
    ],
    inner: [{ update: own.update }],
    set,
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
      extras: { activation: own.element },
    },
    time: {
      hint: t("time.hint"),
      say: ({ status }) => t("time.said", { at: String(status?.at ?? 0) }),
    },
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: [
      "layers",
      "histogram",
      "ruler",
      "cuts",
      "activation",
      "tuned",
      "rows",
      "curve",
      "heads",
      "rungs",
      "shares",
    ],
    rest: [],
    once: [],
  },
  compose,
};

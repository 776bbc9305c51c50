// Lab 12 · Train short, stretch long: four terms, a window, a bias that cancels or not, other schemes, what stretches, a printed table.
import { saveText } from "../../ui/csv.js";
import { h } from "../../ui/dom.js";
import { createLive } from "../../ui/live.js";
import { table } from "./csv.js";
import { printed } from "./printed.js";
import { count } from "./scene.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Chosen on the stage, not by a control of the panel. */
const elsewhere = new Set(["view"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, edit, draw } = desk;
  const { t } = words;
  const live = createLive({ player, edit, draw });
  const set = (/** @type {import("../../types.js").Experiment["values"]} */ values, more = {}) =>
    edit({ values, ...more });
  function saveNumbers() {
    const text = table(player.state);
    if (text) saveText(text, `chailou-stretch-${player.state.experiment?.values.view}.csv`);
  }
  return {
    stage: stage(desk, live, set),
    kind: "of-stretch",
    below: [
      printed(desk),
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
      say: ({ status }) => t("time.said", { n: count(status?.tokens ?? 0) }),
    },
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: [
      "terms",
      "spread",
      "gaze",
      "profile",
      "shares",
      "growth",
      "rows",
      "lift",
      "effect",
      "family",
      "family_shares",
      "family_mass",
      "tricks",
      "angles",
      "trick_entropy",
    ],
    rest: [],
    once: [],
  },
  compose,
};

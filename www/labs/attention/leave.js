// What can be taken from the large map: its row as a table, and all of it as a file of numbers.
import { h, icon } from "../../ui/dom.js";
import { csvOf } from "./csv.js";
import { textOf } from "./glyphs.js";
import { seen } from "./maps.js";
import { table } from "./table.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Training } from "../../ui/training.js" */
/** @import { Gaze, Sight } from "./gaze.js" */
/** @import { Words } from "./strings.js" */

const save = "M12 4v11M7 11l5 5 5-5M5 20h14";

/** @param {Desk<Words>} desk @param {Gaze} gaze @param {Training} learning */
export function leave({ words, player, visit, home }, gaze, learning) {
  const { t } = words;
  const rows = table(words);
  const csv = h(
    "button",
    {
      type: "button",
      class: "quiet csv",
      title: t("map.csv.long"),
      "aria-label": t("map.csv.long"),
      onclick: saveCsv,
    },
    icon(save),
    t("map.csv"),
  );

  const measure = h(
    "button",
    { type: "button", class: "quiet", title: t("map.measure.long"), onclick: carry },
    t("map.measure"),
  );

  /** This head on the text that stands there, to where its rank is measured. */
  async function carry() {
    const { layer, head } = gaze.kept();
    const { trainer, trained } = learning;
    // What was learned until now is kept, and found again where it is measured.
    await trainer.stop();
    const { experiment, frames } = player.state;
    if (!experiment) return;
    const { model, task, rate, init } = experiment.values;
    const toy = { network: "toy", toy_task: task, toy_rate: rate, toy_init: init, toy_trained: trained() };
    /** @type {import("../../types.js").Experiment["values"]} */
    const values = model === "toy" ? { source: "trained", ...toy } : { source: "model", model };
    const text = model === "toy" ? (experiment.text ?? null) : null;
    await visit({ values: { ...values, layer, head }, prompt: textOf(frames).join(""), text, at: 0 });
  }
  function saveCsv() {
    const { layer, head } = gaze.kept();
    const { frames, status } = player.state;
    const view = gaze.view();
    const map = seen(frames, view, layer, head);
    if (map)
      void home.csv(
        [csvOf(map, gaze.read())],
        `chailou-attention-layer${layer}-head${head}-${view}-step${status?.at}.csv`,
      );
  }
  return {
    element: h("div", { class: "leave" }, rows.element, h("div", { class: "row" }, measure, csv)),
    /** @type {Part["update"]} */
    update: ({ frames, experiment }, _, /** @type {Sight} */ sight) => {
      // Ranks are measured of networks with rotary places.
      measure.hidden = experiment?.values.model === "places";
      rows.update(frames, sight, sight.list.length > 0);
    },
  };
}

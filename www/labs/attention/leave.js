// What can be taken from the large map: its row as a table, and all of it as a file of numbers.
import { h, icon } from "../../ui/dom.js";
import { saveText } from "../../ui/csv.js";
import { csvOf } from "./csv.js";
import { seen } from "./maps.js";
import { table } from "./table.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Gaze, Sight } from "./gaze.js" */
/** @import { Words } from "./strings.js" */

const save = "M12 4v11M7 11l5 5 5-5M5 20h14";

/** @param {Desk<Words>} desk @param {Gaze} gaze */
export function leave({ words, player }, gaze) {
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

  function saveCsv() {
    const { layer, head } = gaze.kept();
    const { frames, status } = player.state;
    const view = gaze.view();
    const map = seen(frames, view, layer, head);
    if (map)
      saveText(
        csvOf(map, gaze.read()),
        `chailou-attention-layer${layer}-head${head}-${view}-step${status?.at}.csv`,
      );
  }
  return {
    element: h("div", { class: "leave" }, rows.element, csv),
    /** @type {Part["update"]} */
    update: ({ frames }, _, /** @type {Sight} */ sight) => rows.update(frames, sight, sight.list.length > 0),
  };
}

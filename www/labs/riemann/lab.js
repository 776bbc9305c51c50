// Lab 4 · The ant's geometry: a sheet known by its rulers alone, straight lines, carried arrows, three ways to curvature.
import { h } from "../../ui/dom.js";
import { defaults, place } from "../../ui/phrases.js";
import { formulas } from "./formulas.js";
import { createHand } from "./hand.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
import { columns, table } from "./csv.js";
/** @import { Experiment, Surface } from "../../types.js" */
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** Set on the sheet, not by a control of the panel. */
const elsewhere = new Set(["tool"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, redraw, signal, home } = desk;
  const { t } = words;
  const { surfaces } = desk.catalogue;
  /** @param {unknown} id */
  const named = (id) => /** @type {Surface} */ (surfaces.find((one) => one.id === id));
  const surface = () => named(player.state.experiment?.values.surface);

  /** Another sheet brings a place to start from, and nothing drawn on the one before. @param {Experiment["values"]} values @param {Partial<Experiment> & {part?: number}} [more] */
  function set(values, more = {}) {
    const other = values.surface !== undefined && values.surface !== player.state.wanted?.values.surface;
    const fresh = other ? { loop: [], paint: [], expressions: [] } : {};
    const start = other ? named(values.surface).start : {};
    return desk.edit({ values: { ...start, ...values }, ...fresh, ...more });
  }

  const hand = createHand(player, redraw, set);
  const sheet = stage(desk, hand, surface, set);
  const typed = formulas(words, hand, signal);
  async function saveWalk() {
    const frames = await player.look(["path:1000"]);
    if (frames)
      void home.csv([table(frames["path:1000"], surface().names)], `chailou-ant-${surface().id}.csv`);
  }

  return {
    stage: sheet,
    kind: "of-ant",
    below: [
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: saveWalk }, t("csv.save")),
      ),
    ],
    inner: [{ update: (state) => typed.update(state, surface()) }],
    set,
    panel: {
      parameters: schema.parameters.filter(({ key }) => !elsewhere.has(key)),
      also: schema.parameters.filter(({ key }) => elsewhere.has(key)),
      extras: { surface: typed.element },
    },
    time: { hint: t("time.hint"), say: ({ status }) => t("time.said", { s: (status?.s ?? 0).toFixed(3) }) },
    phrases: {
      async apply({ values, at, more }) {
        const named_ = Object.keys(values).length > 0;
        if (!named_ && at === null) return;
        const start = values.surface ? named(values.surface).start : {};
        const whole = named_ ? { ...defaults(schema, new Set()), ...start, ...values } : {};
        const fresh = named_ ? { loop: [], paint: [], expressions: [] } : {};
        await desk.edit({
          values: /** @type {Experiment["values"]} */ (whole),
          ...fresh,
          ...more,
          ...place(at),
        });
      },
    },
    leave: sheet.leave,
  };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: { pull: ["ant", "path"], rest: [], once: ["chart", "surface", "sheet", "rulers"] },
  numbers: { columns },
  compose,
};

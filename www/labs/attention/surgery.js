// The list of what is done to the model, each entry with its way back; a form for what cannot be clicked; and what it did.
import { crossButton, fill, h, write } from "../../ui/dom.js";
import { number, steady } from "../../ui/format.js";
import { effect } from "./effect.js";
import { add, describe, most, mostCells, without } from "./interventions.js";
import { surgeon } from "./surgeon.js";
/** @import { Intervention } from "../../types.js" */
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Focus } from "./stages.js" */

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/training.js").Training["set"]} needs.set
 * @param {Player} needs.player
 */
export function surgery({ words: { t }, set, player }) {
  const list = () => (player.state.wanted ?? player.state.experiment)?.surgery ?? [];
  /** A list that came back as it was had no room for more. @param {Intervention[]} next */
  function become(next) {
    const full = next === list();
    write(room, full ? t("surgery.full", { most, cells: mostCells }) : "");
    if (!full) set({}, { surgery: next });
  }
  const room = h("p", { class: "hint", role: "status" });
  const items = h("ol", { class: "interventions" });
  const none = h("p", { class: "hint" }, t("surgery.none"));
  const all = h(
    "button",
    { type: "button", class: "quiet", onclick: () => (become([]), title.focus()) },
    t("surgery.clear"),
  );
  const title = h("h2", { id: "surgery-title", tabindex: "-1" }, t("surgery.title"));
  const form = surgeon({ t, onadd: (item) => become(add(list(), item)) });
  const [shared, surprise, apart] = [h("dd"), h("dd"), h("dd")];
  const result = h(
    "dl",
    { class: "effect" },
    h("div", {}, h("dt", {}, t("surgery.shared")), shared),
    h("div", {}, h("dt", {}, t("surgery.surprise")), surprise),
    h("div", {}, h("dt", {}, t("surgery.apart")), apart),
  );
  const element = h(
    "section",
    { class: "surgery", "aria-labelledby": "surgery-title" },
    h("header", {}, title, all),
    none,
    items,
    room,
    result,
    h("details", {}, h("summary", {}, t("surgery.form")), form.element),
  );
  let drawn = "";

  /** @param {State} state @param {unknown} _ @param {Focus} focus */
  function update(state, _, focus) {
    const now = list();
    form.update(state, focus, now.length >= most);
    const mark = JSON.stringify(now);
    all.hidden = !now.length;
    none.hidden = now.length > 0;
    if (mark !== drawn) {
      drawn = mark;
      write(room, "");
      fill(items, ...now.map(entry));
    }
    const did = state.wanted === state.experiment && now.length ? effect(state.frames) : null;
    result.hidden = !did;
    if (!did) return;
    write(
      shared,
      did.shared === did.of
        ? t("surgery.shared.all", { n: did.of })
        : t("surgery.shared.part", { n: did.shared, of: did.of }),
    );
    const difference = did.edited !== null && did.original !== null ? did.edited - did.original : null;
    write(
      surprise,
      difference === null
        ? "–"
        : t("surgery.surprise.of", {
            was: steady(did.original ?? 0),
            now: steady(did.edited ?? 0),
            by: `${difference < 0 ? "" : "+"}${steady(difference)}`,
          }),
    );
    write(apart, t("surgery.apart.of", { nats: number(did.divergence, 3) }));
  }

  /** @param {Intervention} item @param {number} index */
  function entry(item, index) {
    const says = describe(t, item);
    const away = crossButton(t("surgery.remove", { what: says }), () => {
      become(without(list(), index));
      // What was pressed is gone: the next entry, or the heading, takes the focus.
      setTimeout(() =>
        /** @type {HTMLElement} */ (
          items.querySelectorAll("button")[Math.min(index, list().length - 1)] ?? title
        ).focus({ preventScroll: true }),
      );
    });
    return h("li", { "data-op": item.op }, h("span", {}, says), away);
  }
  return { element, update, become };
}

// What the networks read: the visitor's own text instead of the one that ships, and the way into one of them with it.
import { h, write } from "../../ui/dom.js";
import { ownText } from "../../ui/owntext.js";
import { lanesOf } from "./lanes.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Training } from "../../ui/training.js" */
/** @import { Words } from "./strings.js" */

/**
 * @param {Desk<Words>} desk
 * @param {object} needs
 * @param {Training["set"]} needs.set
 * @param {() => unknown} needs.train
 * @returns {Part & {element: HTMLElement}}
 */
export function texts({ words, player, schema, visit }, { set, train }) {
  const { t, pick } = words;
  const view = () => (player.state.wanted ?? player.state.experiment)?.values.view;
  const trains = () => view() === "train";
  const box = ownText({
    words,
    accept: (text) => set({}, { text }),
    async go() {
      await box.adopt();
      if (trains()) train();
    },
    say: () =>
      trains()
        ? { hint: t("own.learn"), use: t("own.learn.use") }
        : { hint: t("own.read"), use: t("own.read.use") },
  });
  const back = h(
    "button",
    { type: "button", class: "quiet", onclick: () => set({}, { text: null }) },
    t("own.none"),
  );
  const own = h("details", { class: "own" }, h("summary", {}, t("own.open")), box.element, back);
  const inside = h("button", { type: "button", class: "button", onclick: carry });
  const element = h("div", { class: "texts", hidden: true }, h("div", { class: "row" }, inside), own);

  const first = () => {
    const { wanted, experiment } = player.state;
    return lanesOf((wanted ?? experiment)?.values ?? {}, schema, pick)[0];
  };
  /** The first lane's head and the beginning of the text, to where maps are looked at. */
  function carry() {
    const { experiment, status } = player.state;
    const lane = first();
    if (!experiment || !lane) return;
    const { layer, head } = experiment.values;
    void visit({
      values: { model: "places", scheme: lane.scheme, layer, head, tokens: 32 },
      prompt: String(status?.text ?? ""),
      at: 0,
    });
  }

  return {
    element,
    update(state) {
      const asked = state.experiment?.values.view;
      const shown = asked === "measured" || asked === "train";
      element.hidden = !shown;
      if (!shown) return;
      box.update(state, shown);
      const { text } = state.wanted ?? state.experiment ?? {};
      back.hidden = !text;
      if (text) own.open = true;
      const lane = first();
      inside.hidden = asked !== "measured" || !lane;
      if (inside.hidden || !lane) return;
      write(inside, t("inside.open", { name: lane.name }));
      inside.title = t("inside.long", { name: lane.name });
    },
  };
}

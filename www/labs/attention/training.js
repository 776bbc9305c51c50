// The workshop of the toy model: which task, train, pause, start anew; the loss and the forming of heads while they happen.
import { control } from "../../ui/control.js";
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { strings as shared } from "../../ui/strings-training.js";
import { ownText } from "../../ui/owntext.js";
import { trainingTools } from "../../ui/training-tools.js";
import { trainingCharts } from "./charts.js";
/** @import { Parameter } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Training } from "../../ui/training.js" */
/** @import { Focus } from "./stages.js" */

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {import("../../types.js").Home} needs.home
 * @param {Parameter[]} needs.parameters of the schema
 * @param {Training} needs.learning
 * @param {(place: {layer: number, head: number}) => unknown} needs.choose
 * @param {AbortSignal} needs.signal when the lab ends
 */
export function training({ words: own, help, home, parameters, learning, choose, signal }) {
  const words = own.with(shared);
  const { t } = words;
  const { trainer, set } = learning;
  const dial = (/** @type {string} */ key, /** @type {(value: string | number) => void} */ onchange) => {
    const parameter = parameters.find((one) => one.key === key);
    return parameter
      ? { key, ...control(parameter, words, help, onchange, { name: `training-${key}` }) }
      : null;
  };
  const model = dial("model", (value) => set({ model: value }, { prompt: null, surgery: [], part: 0 }));
  const others = [
    dial("task", (value) => set({ model: "toy", task: value }, { prompt: null, surgery: [], part: 0 })),
    dial("rate", (value) => set({ rate: value })),
    dial("init", (value) => set({ init: value })),
  ].filter((one) => one !== null);
  /** What was pasted is what is learnt. */
  const train = async () => {
    if (learning.values().task === "own") await text.adopt();
    trainer.start();
  };
  const text = ownText({
    words,
    accept: (text) => set({ model: "toy", task: "own" }, { text, prompt: null, surgery: [], part: 0 }),
    go: train,
  });
  const tools = trainingTools({
    words,
    home,
    losses: ["losses"],
    trainer,
    onstart: train,
    onrewind: () => (trainer.drop(), set({ trained: 0 })),
    onslower: async () => (
      await set({ rate: Number((Number(learning.values().rate) / 4).toPrecision(2)) }), trainer.start()
    ),
    onrepair: async (repair) => (await set(repair), trainer.start()),
  });
  const steps = h("output", { class: "steps" });
  const pace = h("p", { class: "pace" });
  const spoken = h("p", { class: "unseen", role: "status" });
  const charts = trainingCharts({ words, choose, signal });
  const workshop = h(
    "div",
    { class: "workshop" },
    others.map(({ element }) => element),
    text.element,
    h("div", { class: "buttons", role: "group", "aria-label": t("training.title") }, tools.buttons),
    pace,
    tools.take,
    tools.tale,
    tools.trouble,
    charts.element,
    spoken,
  );
  const element = h(
    "section",
    { class: "training learning", "aria-labelledby": "workshop-title" },
    h("header", {}, h("h2", { id: "workshop-title" }, t("training.title")), steps),
    model?.element,
    workshop,
  );
  /** @param {State} state @param {Palette} palette @param {Focus} focus */
  function update(state, palette, focus) {
    const { status } = state;
    const wanted = state.wanted ?? state.experiment;
    if (!wanted || !status) return;
    const { values } = wanted;
    for (const one of [model, ...others]) one?.update(values[one.key], values);
    const toy = values.model === "toy";
    workshop.hidden = steps.hidden = !toy;
    text.update(state, toy && values.task === "own");
    if (!toy) return;
    const done = trainer.done();
    const running = trainer.running();
    tools.update(done, values.rate, false, status.broke, t("broke.network"));
    write(steps, t("train.steps", { n: done }));
    write(
      pace,
      running && trainer.rate()
        ? t("train.rate", { n: number(trainer.rate(), 2) })
        : done
          ? ""
          : t("training.hint"),
    );
    const formed = charts.update(state, palette, focus);
    if (!running) write(spoken, t("train.steps", { n: done }));
    else if (formed) write(spoken, formed);
  }
  return { element, update, equip: charts.equip, train };
}

// Where the head comes from: drawn, of a model that reads a text, or of a network trained here; the text, how far that network is, and the door to the lab where it writes or learns.
import { h, write } from "../../ui/dom.js";
import { whenTyped } from "../../ui/typing.js";
/** @import { Experiment, Frame } from "../../types.js" */
/** @import { Desk } from "../../ui/lab.js" */
/** @import { Words } from "./strings.js" */

/** ms of silence after which what was typed is meant. */
const pause = 700;
/** Characters that have no ink of their own. @type {Record<string, string>} */
const signs = { " ": "␣", "\n": "⏎", "\t": "⇥" };

/** The text that a model read, character by character; nothing where the head is drawn. @param {Record<string, Frame>} frames */
export const lettersOf = ({ letters }) =>
  Array.from(letters?.data ?? [], (code) => String.fromCodePoint(code));
/** @param {string} letter */
export const glyph = (letter) => signs[letter] ?? letter;

/**
 * @param {Desk<Words>} desk
 * @param {(values: Experiment["values"], more?: object) => unknown} set
 * @param {() => unknown} train where the twins learn
 */
export function reading({ words, schema, player, visit, signal }, set, train) {
  const { t, pick } = words;
  const options = schema.parameters.find(({ key }) => key === "source")?.options ?? [];
  const radios = options.map(({ value }) =>
    h("input", { type: "radio", name: "rank-source", value, onchange: () => set({ source: value }) }),
  );
  let timer = 0;
  let fresh = false;
  signal.addEventListener("abort", () => clearTimeout(timer));
  const box = h("textarea", {
    rows: 2,
    class: "field wide",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    dir: "auto",
    "aria-label": t("text.title"),
    "aria-describedby": "rank-text-said",
    onblur: () => fresh && apply(),
  });
  whenTyped(box, {
    begin() {
      fresh = true;
      clearTimeout(timer);
    },
    typed: () => (timer = setTimeout(apply, pause)),
  });
  const said = h("p", { id: "rank-text-said", class: "said", role: "status" });
  const door = h("button", { type: "button", class: "button", onclick: see }, t("door.open"));
  const below = h("button", { type: "button", class: "button", onclick: train }, t("door.twins"));
  const learnt = h("p", { class: "said", role: "status" });
  const element = h(
    "div",
    { class: "rank-text", hidden: true },
    box,
    h("div", { class: "row" }, door, below, said),
    learnt,
  );

  function apply() {
    clearTimeout(timer);
    fresh = false;
    const given = player.state.wanted ?? player.state.experiment;
    if (given && box.value !== (given.prompt ?? lettersOf(player.state.frames).join("")))
      set({}, { prompt: box.value === "" ? null : box.value });
  }
  /** The same head on the same text, where its model writes on. */
  function see() {
    const { experiment, frames } = player.state;
    if (!experiment) return;
    const { source, model, layer, head, toy_task, toy_rate, toy_init, toy_trained } = experiment.values;
    const toy = { model: "toy", task: toy_task, rate: toy_rate, init: toy_init, trained: toy_trained };
    const shown = source === "trained" ? toy : { model };
    const text = source === "trained" ? (experiment.text ?? null) : null;
    void visit({ values: { ...shown, layer, head }, prompt: lettersOf(frames).join(""), text, at: 0 });
  }
  /** How far the network is whose head is shown, and where it learns. @param {import("../../ui/player.js").State} state */
  function tale({ status, experiment }) {
    const { head_steps: n = 0, lent } = status ?? {};
    if (!lent) {
      const { steps, pair } = experiment?.values ?? {};
      return t(n ? "learnt.twin" : "learnt.twin.young", { n, all: steps ?? 0, pair: pair ?? 1 });
    }
    if (lent.done >= lent.total) return t(lent.total ? "learnt.toy" : "learnt.toy.young", { n });
    return t(lent.done ? "learnt.toy.part" : "learnt.toy.missing", { n, all: lent.total });
  }
  return {
    choices: h(
      "div",
      { class: "segments", role: "radiogroup", "aria-label": t("source.title") },
      options.map(({ title }, i) => h("label", {}, radios[i], h("span", {}, pick(title)))),
    ),
    element,
    /** @param {import("../../ui/player.js").State} state */
    update(state) {
      const { status, experiment, frames } = state;
      const wanted = state.wanted ?? experiment;
      radios.forEach((radio) => (radio.checked = radio.value === wanted?.values.source));
      const source = String(experiment?.values.source);
      const there = source !== "random" && Boolean(frames.letters?.data.length);
      element.hidden = !there;
      if (!there || !status) return;
      const text = lettersOf(frames);
      // A hand on the keyboard is not overwritten.
      const settled = (state.wanted ?? experiment) === experiment && !fresh;
      const shown = experiment?.prompt || text.join("");
      if (settled && box.value !== shown) box.value = shown;
      const warnings = status.warnings.filter(({ key }) => key === "prompt").map(pick);
      const twin = source === "trained" && !status.lent;
      [door.hidden, below.hidden, learnt.hidden] = [twin, !twin, source !== "trained"];
      write(door, t(status.lent ? "door.learn" : "door.open"));
      if (!learnt.hidden) write(learnt, tale(state));
      write(said, [t("text.count", { n: text.length }), ...warnings].join(" "));
    },
  };
}

// Where the head comes from: drawn, or of a model that reads a text; the text, and the door to the lab where that model writes.
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
 */
export function reading({ words, schema, player, visit, signal }, set) {
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
  const element = h("div", { class: "rank-text", hidden: true }, box, h("div", { class: "row" }, door, said));

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
    const { model, layer, head } = experiment.values;
    void visit({ values: { model, layer, head }, prompt: lettersOf(frames).join(""), at: 0 });
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
      const there = experiment?.values.source === "model" && Boolean(frames.letters?.data.length);
      element.hidden = !there;
      if (!there || !status) return;
      const text = lettersOf(frames);
      // A hand on the keyboard is not overwritten.
      const settled = (state.wanted ?? experiment) === experiment && !fresh;
      const shown = experiment?.prompt || text.join("");
      if (settled && box.value !== shown) box.value = shown;
      const warnings = status.warnings.filter(({ key }) => key === "prompt").map(pick);
      write(said, [t("text.count", { n: text.length }), ...warnings].join(" "));
    },
  };
}

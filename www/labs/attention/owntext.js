// A visitor's own text to train on: typed or pasted, counted, and its alphabet with it.
import { h, write } from "../../ui/dom.js";
/** @import { State } from "../../ui/player.js" */

/** A link holds no more. */
export const mostText = 12_000;

/** Different characters that the model has a sign for; the rarest of more share one. */
const mostSigns = 1023;

/** Characters of a text and how many different ones there are. @param {string} text */
export function survey(text) {
  const letters = [...text];
  return { count: letters.length, alphabet: new Set(letters).size };
}

/** The first characters that a link can hold. @param {string} text */
export const fitting = (text) => [...text].slice(0, mostText).join("");

/** @param {{t: import("./strings.js").Words["t"], set: import("../../ui/training.js").Training["set"], train: () => unknown}} needs */
export function ownText({ t, set, train }) {
  let fresh = false;
  const box = h("textarea", {
    class: "field wide",
    rows: 5,
    spellcheck: "false",
    dir: "auto",
    "aria-label": t("own.title"),
    placeholder: t("own.placeholder"),
    oninput: touch,
    oncompositionstart: touch,
  });
  function touch() {
    fresh = true;
    count();
  }
  const counted = h("p", { class: "count" });
  const use = h("button", { type: "button", class: "button", onclick: () => train() }, t("own.use"));
  const element = h(
    "div",
    { class: "own-text" },
    h("p", { class: "hint" }, t("own.hint")),
    box,
    h("div", { class: "row" }, counted, use),
  );

  /** Makes what stands in the box the text of the experiment, if it is not yet. */
  async function adopt() {
    if (!fresh || !box.value.trim()) return;
    fresh = false;
    box.value = fitting(box.value);
    await set({ model: "toy", task: "own" }, { text: box.value, prompt: null, surgery: [], part: 0 });
  }

  function count() {
    const { count: n, alphabet } = survey(box.value);
    const used = n > mostText ? survey(fitting(box.value)).alphabet : alphabet;
    write(
      counted,
      t(n > mostText ? "own.count.cut" : "own.count", { n, most: mostText, alphabet: used }) +
        (used > mostSigns ? t("own.count.rare") : ""),
    );
    counted.classList.toggle("over", n > mostText);
    use.disabled = !fresh || !box.value.trim();
  }

  return {
    element,
    adopt,
    /** @param {State} state @param {boolean} shown */
    update({ wanted, experiment }, shown) {
      element.hidden = !shown;
      if (!shown || fresh) return;
      const text = (wanted ?? experiment)?.text ?? "";
      if (box.value !== text) box.value = text;
      count();
    },
  };
}

// A visitor's own text to train on or to be read: typed or pasted, counted, and its alphabet with it.
import { h, write } from "./dom.js";
import { strings } from "./strings-owntext.js";
/** @import { State } from "./player.js" */
/** @import { Words } from "./i18n.js" */

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

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {(text: string) => unknown} needs.accept makes it the text of the experiment
 * @param {() => unknown} needs.go what the button does, once the text is that of the experiment
 * @param {() => {hint: string, use: string}} [needs.say] what is said above and on the button, where it is not for learning
 */
export function ownText({ words, accept, go, say }) {
  const { t } = words.with(strings);
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
  const use = h("button", { type: "button", class: "button", onclick: () => go() }, t("own.use"));
  const hint = h("p", { class: "hint" }, t("own.hint"));
  const element = h("div", { class: "own-text" }, hint, box, h("div", { class: "row" }, counted, use));

  /** Makes what stands in the box the text of the experiment, if it is not yet. */
  async function adopt() {
    if (!fresh || !box.value.trim()) return;
    fresh = false;
    box.value = fitting(box.value);
    await accept(box.value);
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
      if (!shown) return;
      const said = say?.();
      if (said) {
        write(hint, said.hint);
        write(use, said.use);
      }
      if (fresh) return;
      const text = (wanted ?? experiment)?.text ?? "";
      if (box.value !== text) box.value = text;
      count();
    },
  };
}

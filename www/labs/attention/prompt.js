// The prompt: typed or picked, applied when the typing pauses, with what had to be cut or replaced said below.
import { fill, h, write } from "../../ui/dom.js";
import { whenTyped } from "../../ui/typing.js";
import { textOf } from "./glyphs.js";
import { presets } from "./presets.js";
/** @import { Parameter } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

/** ms of silence after which what was typed is meant. */
const pause = 700;

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/training.js").Training["set"]} needs.set
 * @param {AbortSignal} needs.signal when the lab ends: what was not applied by then is not meant for the next one
 */
export function prompt({ words: { t, pick }, set, signal }) {
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));
  /** Typed and not yet applied. */
  let fresh = false;
  let offered = "";
  const box = h("textarea", {
    rows: 2,
    class: "field wide",
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    dir: "auto",
    "aria-label": t("prompt.title"),
    "aria-describedby": "prompt-count prompt-notes",
    placeholder: t("prompt.empty"),
    onblur: () => fresh && apply(),
    onkeydown(/** @type {KeyboardEvent} */ event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      apply();
    },
  });
  whenTyped(box, {
    begin() {
      fresh = true;
      clearTimeout(timer);
    },
    typed() {
      timer = setTimeout(apply, pause);
      count(null);
    },
  });
  const go = h(
    "button",
    { type: "button", class: "button", title: t("prompt.apply.keys"), onclick: () => apply() },
    t("prompt.apply"),
  );
  const shelf = h("select", {
    "aria-label": t("prompt.presets"),
    onchange: () => {
      const chosen = presets(now())[Number(shelf.value)];
      shelf.value = "";
      if (chosen) set({}, { prompt: chosen.prompt, part: 0 });
    },
  });
  const counted = h("p", { id: "prompt-count", class: "count" });
  const notes = h("div", { id: "prompt-notes", class: "said", role: "status" });
  const element = h(
    "section",
    { class: "prompt", "aria-labelledby": "prompt-title" },
    h("header", {}, h("h2", { id: "prompt-title" }, t("prompt.title")), shelf),
    box,
    h("div", { class: "row" }, counted, go),
    notes,
  );

  /** @type {State | null} */
  let state = null;
  const now = () => (state?.wanted ?? state?.experiment)?.values ?? {};

  function apply() {
    clearTimeout(timer);
    fresh = false;
    const wanted = state?.wanted ?? state?.experiment;
    // What the model was given may be shorter than what was typed; the same wish is no new one.
    if (wanted && box.value !== (wanted.prompt ?? given())) set({}, { prompt: box.value, part: 0 });
  }
  /** The prompt that the engine reads, from its tokens. */
  function given() {
    return state?.status?.prompt ? textOf(state.frames, 0).slice(0, state.status.prompt).join("") : "";
  }

  /** @param {number | null} used tokens of the prompt that the model reads; null while typing */
  function count(used) {
    const n = [...box.value].length;
    const most = state?.status?.context ?? (now().model === "toy" ? null : 256);
    write(
      counted,
      most === null
        ? t("prompt.count", { n })
        : used !== null && used < n
          ? t("prompt.count.cut", { n, used, most })
          : t("prompt.count.of", { n, most }),
    );
    counted.classList.toggle("over", most !== null && n >= most);
  }

  /** @param {State} fresher */
  function update(fresher) {
    state = fresher;
    const wanted = state.wanted ?? state.experiment;
    if (!wanted || !state.status) return;
    offer();
    // A hand on the keyboard is not overwritten.
    const settled = state.wanted === state.experiment;
    if (!fresh && settled) {
      const text = wanted.prompt ?? given();
      if (box.value !== text) box.value = text;
    }
    if (!fresh) count(settled ? (state.status.prompt ?? null) : null);
    const said = state.status.warnings.filter(({ key }) => key.startsWith("prompt")).map(pick);
    if (notes.dataset.said !== said.join()) {
      notes.dataset.said = said.join();
      fill(notes, ...said.map((sentence) => h("p", {}, sentence)));
    }
  }

  function offer() {
    const list = presets(now());
    const mark = JSON.stringify(list);
    if (mark === offered) return;
    offered = mark;
    fill(
      shelf,
      h("option", { value: "", selected: true }, t("prompt.presets")),
      ...list.map(({ title, prompt: text }, i) =>
        h("option", { value: i }, title ? pick(title) : (text ?? "").replaceAll("\n", " ⏎ ")),
      ),
    );
  }
  return { element, update };
}

// The dock of a lesson at the foot of the page: one step, what it says, what there is to do, the way on.
import { crossButton, fill, h, reducedMotion, write } from "./dom.js";
import { number } from "./format.js";
import { isMet, measuredOf, outcome, settled } from "./lesson-judge.js";
import { question } from "./lesson-predict.js";
import { inWords, paragraphs, pieces, typeset } from "./lesson-said.js";
import { strings } from "./strings-lesson.js";
/** @import { Words } from "./i18n.js" */
/** @import { Lesson, Step } from "./lesson-file.js" */
/** @import { Guess } from "./lesson-judge.js" */
/** @import { Player, State } from "./player.js" */

/**
 * @param {object} needs
 * @param {Player} needs.player
 * @param {() => Words} needs.words
 * @param {(step: number) => void} needs.onstep
 * @param {(link: string) => void} needs.onreveal opens what the prediction was about; the step stays
 * @param {() => void} needs.onleave
 * @param {() => string | null} needs.onback where the last button leads to instead of the end, by its name
 */
export function createDock({ player, words, onstep, onreveal, onleave, onback }) {
  const root = document.documentElement;
  const element = h("section", { class: "lesson" });
  /** @type {Lesson | null} */
  let lesson = null;
  let at = 0;
  /** @type {import("./lesson-predict.js").Question | null} */
  let asked = null;
  /** @type {Guess | null} */
  let guess = null;
  /** @type {"ask" | "wait" | "told"} */
  let phase = "ask";
  /** Sessions when the reveal was asked for: what is measured must be of a later one. */
  let since = 0;
  let met = false;
  /** The language that it was drawn in. */
  let spoken = "";
  const verdict = h("div", { class: "verdict-of-guess", role: "status" });
  const done = h("p", { class: "lesson-met", role: "status", hidden: true });

  const step = () => /** @type {Step} */ (lesson?.steps[at]);
  const speech = () => words().with(strings);

  const observer = new ResizeObserver(() =>
    root.style.setProperty("--dock", `${element.isConnected ? element.offsetHeight : 0}px`),
  );
  observer.observe(element);

  /** A step is shown as it is before anything was done. */
  function draw() {
    if (!lesson) return;
    const said = speech();
    spoken = said.language;
    const { t } = said;
    const { text, predict } = step();
    const todo = step().do;
    asked?.end();
    asked = null;
    const show = h(
      "button",
      { type: "button", class: "button primary", disabled: true, onclick: reveal },
      t("lesson.reveal"),
    );
    if (predict && phase === "ask") asked = question(said, predict, () => void (show.disabled = false));
    const last = at === lesson.steps.length - 1;
    const title = inWords(said, lesson.title);
    element.setAttribute("aria-label", t("lesson.label", { title }));
    const progress = t("lesson.step", { at: at + 1, of: lesson.steps.length });
    fill(
      element,
      h(
        "header",
        {},
        h("strong", {}, title),
        h("progress", { max: lesson.steps.length, value: at + 1, "aria-label": progress }),
        h("span", { class: "lesson-at" }, progress),
        crossButton(t("lesson.leave"), onleave),
      ),
      h("div", { class: "lesson-text", tabindex: "-1" }, paragraphs(inWords(said, text))),
      h(
        "div",
        { class: "lesson-act" },
        todo && h("p", { class: "lesson-do" }, pieces(inWords(said, todo))),
        predict && [
          h(
            "p",
            { class: "lesson-ask" },
            h("span", { class: "eyebrow" }, t("lesson.predict")),
            " ",
            pieces(inWords(said, predict.ask)),
          ),
          asked?.element,
          asked && h("p", {}, show),
        ],
        done,
      ),
      verdict,
      h(
        "nav",
        { class: "lesson-ways" },
        h(
          "button",
          { type: "button", class: "button", disabled: at === 0, onclick: () => onstep(at - 1) },
          t("lesson.back"),
        ),
        h(
          "button",
          {
            type: "button",
            class: predict || step().check ? "button on" : "button on primary",
            onclick: () => (last ? onleave() : onstep(at + 1)),
          },
          last ? (onback() ?? t("lesson.finish")) : t("lesson.next"),
        ),
      ),
    );
    done.hidden = true;
    fill(verdict);
    // What would answer the question is not shown before it was asked.
    root.toggleAttribute("data-asking", Boolean(asked));
    void typeset(element);
  }

  const onward = () => element.querySelector(".lesson-ways .on")?.classList.add("primary");

  function reveal() {
    const { predict } = step();
    guess = asked?.guess() ?? null;
    if (guess === null || !predict) return;
    phase = "wait";
    root.toggleAttribute("data-asking", false);
    since = predict.reveal === undefined ? player.state.opened - 1 : player.state.opened;
    element.querySelector(".lesson-act .primary")?.remove();
    write(verdict, speech().t("lesson.waiting"));
    if (predict.reveal !== undefined) onreveal(predict.reveal);
    else if (predict.kind === "place" || predict.right !== undefined) tell(null);
    else see(player.state);
  }

  /** @param {number | null} measured */
  function tell(measured) {
    const { predict } = step();
    if (!predict || guess === null || !asked) return;
    phase = "told";
    const result = outcome(predict, guess, measured);
    asked.show(result, guess);
    const said = speech();
    const { t } = said;
    const { options = [], unit = "", readout } = predict;
    const tail = unit && ` ${unit}`;
    const row = (/** @type {string} */ name, /** @type {string} */ value) =>
      h("div", {}, h("dt", {}, name), h("dd", {}, value));
    const choice = typeof guess === "number" ? options[guess] : undefined;
    fill(
      verdict,
      h("p", { class: result.right ? "hit" : "miss" }, t(result.right ? "lesson.right" : "lesson.wrong")),
      typeof guess === "number" &&
        (measured !== null || !choice) &&
        h(
          "dl",
          {},
          row(t("lesson.yours"), choice ? inWords(said, choice.text) : `${number(guess)}${tail}`),
          measured !== null && row(t("lesson.measured"), `${number(measured)}${tail}`),
        ),
      readout &&
        measured === null &&
        predict.right === undefined &&
        h("p", {}, t("lesson.unmeasured", { readout })),
      ...paragraphs(inWords(said, predict.after)),
    );
    void typeset(verdict);
    onward();
  }

  /** What is asked for but not measured yet is measured now; told as soon as it is there. */
  let asking = false;
  async function look() {
    const { predict } = step();
    if (asking || !predict?.readout) return;
    asking = true;
    // What was read before the last step is no answer.
    await player.refresh();
    let measured = measuredOf(player.state, predict.readout);
    if (measured === null) {
      await player.measure();
      measured = measuredOf(player.state, predict.readout);
    }
    asking = false;
    if (phase === "wait" && settled(player.state)) tell(measured);
  }

  /** In other words: what was answered is asked again. */
  function speak() {
    if (!lesson) return;
    phase = "ask";
    met = false;
    draw();
    see(player.state);
  }

  /** @param {State} state */
  function see(state) {
    if (!lesson || !element.isConnected) return;
    // A link may speak another language than the one before.
    if (spoken !== words().language) return speak();
    const { check, predict } = step();
    if (!met && isMet(check, state)) {
      met = true;
      fill(
        done,
        h("span", { "aria-hidden": "true" }, "✓ "),
        ...pieces(inWords(words(), check?.done) || speech().t("lesson.met")),
      );
      done.hidden = false;
      void typeset(done);
      onward();
    }
    if (phase !== "wait" || !predict || state.opened <= since) return;
    // Who wants no motion sees where it ends.
    if (reducedMotion() && state.status && state.status.at === 0 && !state.busy && !state.wanted?.at)
      return void player.seek(state.status.length);
    if (settled(state)) {
      if (predict.kind === "place" || predict.right !== undefined) tell(null);
      else void look();
    }
  }
  player.subscribe(see);

  return {
    /** @param {Lesson} next @param {number} step @param {boolean} same whether it only goes on in the step that stands there */
    show(next, step, same) {
      if (same && lesson === next && at === step) return;
      lesson = next;
      at = step;
      phase = "ask";
      guess = null;
      met = false;
      root.dataset.lesson = "";
      document.body.append(element);
      draw();
    },
    hide() {
      asked?.end();
      asked = null;
      lesson = null;
      element.remove();
      root.style.removeProperty("--dock");
      delete root.dataset.lesson;
      root.toggleAttribute("data-asking", false);
    },
    /** @param {1 | -1} way @returns {boolean} */
    turn(way) {
      if (!lesson) return false;
      const next = at + way;
      if (next >= 0 && next < lesson.steps.length) onstep(next);
      return true;
    },
    speak,
  };
}

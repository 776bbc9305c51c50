// The question before the reveal: a number, a choice, or a place on the picture.
import { h, write } from "./dom.js";
import { number } from "./format.js";
import { inWords, pieces } from "./lesson-said.js";
/** @import { Words } from "./i18n.js" */
/** @import { strings } from "./strings-lesson.js" */
/** @import { Prediction } from "./lesson-file.js" */
/** @import { Guess, Outcome } from "./lesson-judge.js" */

/** @typedef {Words<import("./i18n.js").PageKey | keyof typeof strings>} Speech */
/** @typedef {{element: HTMLElement, guess: () => Guess | null, show: (outcome: Outcome, guess: Guess) => void, end: () => void}} Question */

/** @param {Speech} words @param {Prediction} prediction @param {() => void} onready something was chosen @returns {Question} */
export function question(words, prediction, onready) {
  const make = { number: byNumber, choice: byChoice, place: byPlace }[prediction.kind];
  return make(words, prediction, onready);
}

/** @param {Speech} words @param {Prediction} prediction @param {() => void} onready @returns {Question} */
function byNumber(words, { ask, min = 0, max = 1, step, unit }, onready) {
  const asked = inWords(words, ask);
  let touched = false;
  const range = h("input", { type: "range", min, max, step: step ?? "any", "aria-label": asked });
  range.value = String((min + max) / 2);
  const field = h("input", {
    type: "number",
    class: "field",
    min,
    max,
    step: step ?? "any",
    "aria-label": asked,
  });
  const choose = (/** @type {string} */ value) => {
    touched = value !== "" && Number.isFinite(Number(value));
    if (touched) onready();
  };
  range.addEventListener("input", () => {
    field.value = String(Number(Number(range.value).toPrecision(4)));
    choose(range.value);
  });
  field.addEventListener("input", () => {
    range.value = field.value;
    choose(field.value);
  });
  return {
    element: h(
      "div",
      { class: "pair guess-number" },
      range,
      h("label", {}, field, unit && h("span", {}, ` ${unit}`)),
    ),
    guess: () => (touched && field.value !== "" ? Number(field.value) : null),
    show() {
      range.disabled = field.disabled = true;
    },
    end() {},
  };
}

let groups = 0;
/** @param {Speech} words @param {Prediction} prediction @param {() => void} onready @returns {Question} */
function byChoice(words, { ask, options = [] }, onready) {
  const name = `lesson-choice-${++groups}`;
  const radios = options.map((_, value) => h("input", { type: "radio", name, value, onchange: onready }));
  const labels = options.map(({ text }, i) =>
    h("label", { class: "guess-option" }, radios[i], h("span", {}, pieces(inWords(words, text)))),
  );
  return {
    element: h(
      "div",
      { class: "guess-choice", role: "radiogroup", "aria-label": inWords(words, ask) },
      labels,
    ),
    guess: () => {
      const chosen = radios.findIndex(({ checked }) => checked);
      return chosen < 0 ? null : chosen;
    },
    show({ option }) {
      for (const radio of radios) radio.disabled = true;
      if (option !== null && labels[option]) labels[option].classList.add("right");
    },
    end() {},
  };
}

/** The picture on the stage that is largest: where one points. */
const picture = () =>
  /** @type {HTMLCanvasElement[]} */ ([...document.querySelectorAll(".stage canvas")])
    .filter((canvas) => canvas.getClientRects().length)
    .sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight)[0] ?? null;

const stride = 0.02;
/** @type {Record<string, [number, number]>} */
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const bound = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));

/** @param {Speech} words @param {Prediction} prediction @param {() => void} onready @returns {Question} */
function byPlace(words, { ask, place = [0, 0], within = 0 }, onready) {
  const { t } = words;
  /** @type {[number, number] | null} */
  let chosen = null;
  const said = h("p", { class: "hint", role: "status" }, t("lesson.place.how"));
  const cross = h("i", { class: "guess-cross", hidden: true });
  const goal = h("i", { class: "guess-goal", hidden: true });
  const plate = h(
    "button",
    { type: "button", class: "guess-plate", "aria-label": inWords(words, ask) },
    cross,
    goal,
  );
  plate.dataset.keys = "";
  const put = (/** @type {HTMLElement} */ mark, /** @type {[number, number]} */ [x, y]) => {
    mark.style.left = `${100 * x}%`;
    mark.style.top = `${100 * y}%`;
    mark.hidden = false;
  };
  function choose(/** @type {number} */ x, /** @type {number} */ y) {
    chosen = [bound(x), bound(y)];
    put(cross, chosen);
    write(said, t("lesson.place.at", { x: number(100 * chosen[0], 2), y: number(100 * chosen[1], 2) }));
    onready();
  }
  plate.addEventListener("click", (event) => {
    const box = plate.getBoundingClientRect();
    // A key that presses the button has no place of its own.
    if (event.detail === 0) return choose(...(chosen ?? /** @type {[number, number]} */ ([0.5, 0.5])));
    choose((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  plate.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = chosen ?? [0.5, 0.5];
    choose(x + stride * way[0], y + stride * way[1]);
  });
  let turn = 0;
  /** The picture may move with the page, and another may take its place. */
  function follow() {
    const canvas = picture();
    plate.hidden = !canvas;
    if (canvas) {
      const box = canvas.getBoundingClientRect();
      Object.assign(plate.style, {
        left: `${box.left + scrollX}px`,
        top: `${box.top + scrollY}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    }
    turn = requestAnimationFrame(follow);
  }
  document.body.append(plate);
  follow();
  return {
    element: said,
    guess: () => chosen,
    show() {
      plate.disabled = true;
      put(goal, place);
      Object.assign(goal.style, { width: `${200 * within}%`, height: `${200 * within}%` });
    },
    end() {
      cancelAnimationFrame(turn);
      plate.remove();
    },
  };
}

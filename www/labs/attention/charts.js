// What training shows while it happens: the loss, and the forming of heads or how often the answers are right.
import { h, write } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { source } from "../../ui/source.js";
import { strings as shared } from "../../ui/strings-training.js";
import { lettering } from "../../views/lettering.js";
import { smoothed } from "../../views/losses.js";
import { series } from "../../views/series.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Focus } from "./stages.js" */

/** A head whose prefix-matching score passes this is called an induction head. */
const formed = 0.8;
const height = 150;

/** Rows of a frame as columns: the steps, and a list for each other number; what is not a number is a gap. @param {{data: Float32Array, shape: number[]} | undefined} frame */
export function columns(frame) {
  const [rows, width] = frame?.shape ?? [0, 0];
  const column = (/** @type {number} */ j) =>
    Array.from({ length: rows }, (_, i) => (frame?.data ?? new Float32Array())[i * width + j]);
  return {
    steps: rows ? column(0) : [],
    lists: Array.from({ length: rows ? width - 1 : 0 }, (_, j) =>
      column(j + 1).map((value) => (Number.isFinite(value) ? value : null)),
    ),
  };
}

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {(place: {layer: number, head: number}) => unknown} needs.choose
 * @param {AbortSignal} needs.signal when the lab ends
 */
export function trainingCharts({ words, choose, signal }) {
  const { t } = words.with(shared);
  const [lossPlace, formPlace] = ["loss", "forming"].map((name) =>
    h("div", { class: `plot ${name}`, role: "img" }),
  );
  const formTitle = h("h3", {});
  const best = h("p", { class: "said" });
  /** Heads that have formed, from 0: layer · H + head. @type {number[]} */
  let grown = [];
  let per = 1;
  const show = h(
    "button",
    {
      type: "button",
      class: "button",
      hidden: true,
      onclick: () => choose({ layer: 1 + Math.floor(grown[0] / per), head: 1 + (grown[0] % per) }),
    },
    t("training.show"),
  );
  const lossFigure = h(
    "figure",
    {},
    h(
      "header",
      {},
      h("h3", {}, t("training.loss")),
      h(
        "span",
        { class: "run-key", "aria-hidden": "true" },
        h("span", { class: "whole" }, t("training.loss.whole")),
        h("span", { class: "part" }, t("training.loss.part")),
      ),
    ),
    lossPlace,
  );
  const formFigure = h("figure", {}, h("header", {}, formTitle), formPlace, best, show);
  const element = h("div", { class: "charts" }, lossFigure, formFigure);
  const colour = (/** @type {string} */ name) => getComputedStyle(element).getPropertyValue(`--${name}`);
  const losses = source(lossFigure, {
    legend: () => [
      [colour("ink"), t("training.loss.whole")],
      [colour("signed-minus"), t("training.loss.part")],
    ],
  });
  const forming = source(formFigure);
  /** @type {ReturnType<typeof series>[]} */
  let drawing = [];

  /** @param {State} state @param {Palette} palette */
  function drawLoss({ frames: all, status }, { colours }) {
    const frames = losses.reads(all);
    const done = status?.tasks.train?.done ?? 0;
    const {
      steps: x,
      lists: [whole = [], part = []],
    } = columns(frames.losses);
    const last = whole.at(-1) ?? null;
    const label =
      last === null
        ? t("train.loss.none")
        : t("training.loss.said", { n: done, loss: number(last, 3), part: number(part.at(-1), 3) });
    frameOf(lossPlace, label, x.length === 0);
    const soft = (/** @type {(number | null)[]} */ list) => smoothed(list.map((value) => value ?? 0));
    if (x.length)
      drawing[0]?.({
        steps: x,
        colours,
        font: lettering(lossPlace),
        height,
        lines: [
          { values: whole, colour: colours.line, width: 1 },
          { values: soft(whole), colour: colours.ink, width: 2 },
          { values: soft(part), colour: colours["signed-minus"], width: 2, dash: [7, 3] },
        ],
      });
  }

  /** @param {State} state @param {Palette} palette @param {Focus} focus */
  function drawForming({ frames, experiment }, { colours }, focus) {
    const { steps: x, lists } = columns(forming.reads(frames).probes);
    const heads = frames.maps ? frames.maps.shape[0] * frames.maps.shape[1] : 0;
    const scored = lists.length > 1 || ["induction", "copy"].includes(String(experiment?.values.task));
    // Of a text of one's own every next character is an answer; the other tasks ask for a few.
    const text = experiment?.values.task === "own";
    write(formTitle, t(scored ? "training.prefix_matching" : text ? "training.next" : "training.accuracy"));
    per = frames.maps?.shape[1] ?? 1;
    const chosen = (focus.layer - 1) * per + focus.head - 1;
    const ends = lists.map((list) => list.at(-1) ?? 0);
    const most = ends.indexOf(Math.max(...ends));
    const named = (/** @type {number} */ i) =>
      `${t("surgery.where", { layer: 1 + Math.floor(i / per), head: 1 + (i % per) })} (${ends[i].toFixed(2)})`;
    grown = scored
      ? ends.flatMap((score, i) => (score > formed ? [i] : [])).sort((a, b) => ends[b] - ends[a])
      : [];
    const done = grown.map(named);
    show.hidden = !grown.length || grown[0] === chosen;
    const said = !x.length
      ? t("training.prefix_matching.none")
      : !scored
        ? t(text ? "training.next.said" : "training.accuracy.said", {
            share: number(100 * (ends[0] ?? 0), 3),
          })
        : done.length
          ? t("training.prefix_matching.formed", { heads: done.join("; ") })
          : t("training.prefix_matching.said", { head: named(most) });
    frameOf(formPlace, said, x.length === 0);
    write(best, x.length ? said : "");
    if (x.length)
      drawing[1]?.({
        steps: x,
        colours,
        font: lettering(formPlace),
        height,
        top: 1,
        level: scored ? formed : null,
        // The head in view is drawn boldest, the best one in ink.
        lines: lists.map((values, i) =>
          !scored || i === most
            ? { values, colour: colours.ink, width: 2 }
            : i === chosen && heads === lists.length
              ? { values, colour: colours["signed-minus"], width: 2, dash: [7, 3] }
              : { values, colour: colours["line-strong"], width: 1 },
        ),
      });
  }

  return {
    element,
    /** Answers what has formed, in a sentence, if something has. @param {State} state @param {Palette} palette @param {Focus} focus */
    update(state, palette, focus) {
      drawLoss(state, palette);
      drawForming(state, palette, focus);
      return grown.length ? best.textContent : null;
    },
    /** @param {any} uPlot */
    equip(uPlot) {
      drawing = [lossPlace, formPlace].map((place) => series(place, uPlot));
      for (const { destroy } of drawing) signal.addEventListener("abort", destroy);
    },
  };
}

/** @param {HTMLElement} place @param {string} label @param {boolean} empty */
function frameOf(place, label, empty) {
  if (place.getAttribute("aria-label") !== label) place.setAttribute("aria-label", label);
  place.classList.toggle("empty", empty);
}

// Lab 3 · Causal attention: a small transformer writes letter by letter, and every map of every head is there to see, question and change.
import { columns } from "./csv.js";
import { h } from "../../ui/dom.js";
import { percent } from "../../ui/format.js";
import { createTraining, networkKeys } from "../../ui/training.js";
import { bars } from "./bars.js";
import { cutCells, patchHead, setCell, setLayer } from "./edits.js";
import { createGaze } from "./gaze.js";
import { spoken, textOf } from "./glyphs.js";
import { grid } from "./grid.js";
import { headTools } from "./head-tools.js";
import { toggle } from "./interventions.js";
import { leave } from "./leave.js";
import { lens } from "./lens.js";
import { map } from "./map.js";
import { measures } from "./measures.js";
import { miniature } from "./miniature.js";
import { request } from "./phrases.js";
import { plate } from "./plate.js";
import { createProfile } from "./profile.js";
import { prompt } from "./prompt.js";
import { stages } from "./stages.js";
import { strings } from "./strings.js";
import { surgery } from "./surgery.js";
import { tokens } from "./tokens.js";
import { trainHere } from "./train-here.js";
import { training } from "./training.js";
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Gaze, Sight } from "./gaze.js" */
/** @import { Training } from "../../ui/training.js" */
/** @import { Words } from "./strings.js" */

/** Set on the text, the maps or a panel of its own, not by a control among the settings. */
const elsewhere = new Set([
  ...["model", "task", "trained", "rate", "init"],
  ...["temperature", "top_k", "top_p"],
  ...["layer", "head", "token", "view", "tab"],
]);
const dials = new Set(["temperature", "top_k", "top_p"]);

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, help, signal } = desk;
  const { t } = words;
  const { parameters } = schema;
  const learning = learn(desk);
  const { set } = learning;
  const gaze = createGaze(desk);
  const { onhover, choose } = gaze;

  const operations = surgery({ words, set, player });
  const next = bars({ words, help, parameters, set, signal });
  const workshop = training({ words, help, home: desk.home, parameters, learning, choose, signal });
  const here = trainHere({ words, trainer: learning.trainer, start: workshop.train });
  const desktop = stage(desk, gaze, operations, learning, here);
  const inner = stages({ words, onhover, choose });
  const depth = lens({ words });
  const gauges = measures({ words, help, onhover, choose });
  const small = miniature(player, words);
  const sure = createProfile();

  return {
    kind: "attentive",
    stage: desktop.element,
    beside: [operations],
    before: [h("div", { class: "insight" }, inner.element, depth.element, gauges.element)],
    evidence: [small],
    inner: [{ update: sure.see }, ...desktop.parts, next, depth, inner, gauges, workshop],
    set,
    panel: {
      parameters: parameters.filter(({ key }) => !elsewhere.has(key)),
      extras: { model: workshop.element, sampler: next.element },
      also: parameters.filter(({ key }) => dials.has(key)),
    },
    time: {
      share: (_, step) => sure.at(step),
      halves: ({ status }) => [{ name: t("write.name"), part: status?.length ?? 1 }],
      hint: t("write.hint"),
      /** The newest letter, for who listens. */
      say({ frames, status }) {
        const at = { at: status?.at ?? 0, length: status?.length ?? 0 };
        const letter = spoken(t, textOf(frames).at(-1) ?? "");
        return at.at
          ? t("write.said", { ...at, letter, share: percent(sure.at(at.at)) })
          : t("write.start", at);
      },
    },
    phrases: {
      goals: {
        stages: inner.element,
        lens: depth.element,
        measures: gauges.element,
        bars: next.element,
        training: workshop.element,
        surgery: operations.element,
      },
      // What the small stage beside the text shows need not be travelled to.
      beside: small.isVisible,
      async apply(phrase) {
        const { change, more, still } = request(phrase, schema);
        if (!still) await set(change, more);
        return !still;
      },
      verbs: { train: learning.trainer.start },
    },
    look: gaze.sight,
    listen: gaze.follow,
    keys(event) {
      const open = help.isOpen() || document.querySelector("dialog[open]");
      if (event.key !== "Escape" || event.defaultPrevented || open) return false;
      if (desktop.rest()) desk.redraw();
      else gaze.release();
      return true;
    },
    plate: (imprint) => plate(desk, gaze, desktop.span(), imprint),
    scale: desktop.scale,
    hold: learning.hold,
    leave: learning.trainer.drop,
  };
}

/**
 * The text and its heads, and the large map with its tools.
 * @param {Desk<Words>} desk @param {Gaze} gaze @param {ReturnType<typeof surgery>} operations @param {Training} learning
 * @param {ReturnType<typeof trainHere>} here
 */
function stage(desk, gaze, operations, learning, here) {
  const { words, help, redraw, note } = desk;
  const { list, kept, onhover, choose, release } = gaze;
  const { become } = operations;
  const box = prompt({ words, set: learning.set, signal: desk.signal });
  const strip = tokens({
    words,
    help,
    onhover,
    choose,
    release,
    onhide: (token) => become(toggle(list(), { op: "token", token })),
  });
  const heads = grid({
    words,
    help,
    onhover,
    choose,
    onlayer: (layer, part) => become(setLayer(list(), layer, part)),
  });
  const tools = headTools({
    words,
    help,
    redraw,
    ontoggle: (op) => become(toggle(list(), { op, layer: kept().layer, head: kept().head })),
    onpatch: (text) => become(patchHead(list(), kept().layer, kept().head, text)),
  });
  const sheet = map({
    words,
    help,
    onhover,
    choose,
    release,
    redraw,
    tools,
    onview: (view) => (note({ view }), redraw()),
    oncut: (cells, on) => become(cutCells(list(), kept().layer, kept().head, cells, on)),
    onset: (cell, value) => become(setCell(list(), kept().layer, kept().head, cell, value)),
  });
  const taken = leave(desk, gaze, learning);
  return {
    element: h(
      "section",
      { class: "stage desk", "aria-label": words.t("stage.title"), tabindex: "-1" },
      h("div", { class: "reading" }, box.element, strip.element, heads.element),
      h("div", { class: "seeing" }, sheet.element, here.element, taken.element),
    ),
    parts: [strip, heads, sheet, here, tools, taken, box],
    rest: tools.rest,
    span: sheet.span,
    scale: sheet.scale,
  };
}

/** Characters that a network writes again and again while it learns. */
const sample = 60;

/** The small transformer that is trained here. @param {Desk<Words>} desk */
function learn(desk) {
  const { player } = desk;
  const differs = (/** @type {string} */ key, /** @type {Record<string, string | number>} */ change) =>
    key in change && String(change[key]) !== String(learning.values()[key]);
  const learning = createTraining(desk, {
    // The shipped model in its place leaves the small one what it is.
    identity: networkKeys(desk.schema).filter((key) => key !== "model"),
    renews: ({ text }) => text !== undefined && text !== (learning.wanted()?.text ?? null),
    leaves: (change) => differs("model", change),
    learns: ({ model }) => model === "toy",
    async prepare(replaying) {
      if (replaying) return;
      if (learning.values().model !== "toy") await set({ model: "toy" }, { prompt: null });
      // Who gives it a text of their own wants to read what it makes of it meanwhile.
      const { at, length } = player.state.status ?? { at: 0, length: 0 };
      if (learning.values().task === "own" && at === 0) await player.seek(Math.min(length, sample));
    },
    // What stands is read anew with what was learned since.
    refresh: () => player.seek(player.state.status?.at ?? 0),
    // Steps by which the task has been seen to come out.
    good: () => (learning.values().task === "induction" ? 1000 : 0),
  });
  /** @type {Training["set"]} */
  const set = (change, more) => {
    // Another model or task has other heads: the first one is in every model.
    const others = differs("model", change) || differs("task", change);
    return learning.set({ ...(others ? { layer: 1, head: 1 } : {}), ...change }, more);
  };
  return { ...learning, set };
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: ["tokens", "maps", "next"],
    rest: [
      ...[
        "maps_original",
        "surprisal",
        "edited_on_base_text",
        "edited_on_base_text_next",
        "lens",
        "measures",
      ],
      ...["stages", "stage_q", "stage_k", "stage_v", "stage_out", "losses", "probes"],
    ],
    once: ["letters", "replaced"],
  },
  numbers: { columns },
  compose,
};

// Lab 3 · Causal attention: a small transformer writes letter by letter, and every map of every head is there to see, question and change.
import { controls, typesetSymbols } from "../../ui/controls.js";
import { h, icon } from "../../ui/dom.js";
import { notes } from "../../ui/notes.js";
import { percent } from "../../ui/format.js";
import { claims } from "../../ui/readouts.js";
import { timeline } from "../../ui/timeline.js";
import { katex, uPlot } from "../../ui/vendor.js";
import { createVisit } from "../../ui/visit.js";
import { bars } from "./bars.js";
import { csvOf, saveText } from "./csv.js";
import { cutCells, headState, patchHead, setCell, setLayer, tokenHidden } from "./edits.js";
import { createFocus, within } from "./focus.js";
import { spoken, textOf } from "./glyphs.js";
import { grid } from "./grid.js";
import { hand } from "./hand.js";
import { toggle } from "./interventions.js";
import { lens } from "./lens.js";
import { map } from "./map.js";
import { seen } from "./maps.js";
import { measures } from "./measures.js";
import { miniature } from "./miniature.js";
import { request } from "./phrases.js";
import { poster } from "./poster.js";
import { createProfile } from "./profile.js";
import { prompt } from "./prompt.js";
import { createSchool } from "./school.js";
import { stages } from "./stages.js";
import { surgery } from "./surgery.js";
import { table } from "./table.js";
import { tokens } from "./tokens.js";
import { training } from "./training.js";
import { sentence } from "./twin.js";
/** @import { Intervention } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Place } from "./focus.js" */
/** @import { View } from "./maps.js" */

/** @typedef {import("../ddpm/lab.js").House} House */

/** Set on the text, the maps or a panel of its own, not by a control among the settings. */
const hidden = new Set([
  "model",
  "task",
  "trained",
  "rate",
  "init",
  "temperature",
  "top_k",
  "top_p",
  "layer",
  "head",
  "token",
  "view",
  "tab",
]);
const save = "M12 4v11M7 11l5 5 5-5M5 20h14";

/** @param {House} house */
function mount(house) {
  const { words, schema, player, help, palette } = house;
  const { t } = words;
  const { parameters } = schema;
  let drawn = 0;
  let acts = 0;
  const redraw = () => (drawn ||= requestAnimationFrame(draw));
  const school = createSchool({ player, edit: house.edit, note: house.note });
  const { set } = school;
  const wanted = () => player.state.wanted ?? player.state.experiment;
  const list = () => wanted()?.surgery ?? [];
  const operate = (/** @type {Intervention[]} */ next) => list_.become(next);

  const focus = createFocus();
  focus.subscribe(redraw);
  /** What is locked, among the heads that the model has: a link, or the model before, may name one that this one lacks. */
  const kept = () => within(focus.get(), player.state.frames.maps);
  /** Chosen while another session was being opened: said again to the one that came. @type {Partial<Place> | null} */
  let pending = null;
  let opened = -1;
  /** A click keeps what it was on, and the session shows its stages. @param {Partial<Place>} part */
  function choose(part) {
    focus.lock(part);
    if (wanted() !== player.state.experiment) pending = { ...pending, ...part };
    tell();
  }
  function release() {
    focus.release();
    tell();
  }
  /** @param {boolean} [anew] whatever the link says, the session has not heard of it */
  function tell(anew = false) {
    const { layer, head, token } = kept();
    const now = player.state.experiment?.values ?? {};
    if (!anew && Number(now.layer) === layer && Number(now.head) === head && Number(now.token) === token)
      return;
    house.note({ layer, head, token });
    player.act({ head: [layer, head], token });
  }
  /** What a link, an undo or a phrase says is looked at. @param {State} state */
  function follow({ experiment, opened: now }) {
    if (!experiment || now === opened) return;
    opened = now;
    const { layer, head, token } = experiment.values;
    const place = { layer: Number(layer), head: Number(head), token: Number(token) };
    const { cell } = focus.get();
    if (pending) tell(true);
    else focus.lock(cell && cell[0] === place.token ? { ...place, cell } : place);
    pending = null;
  }
  const onhover = (/** @type {Partial<Place> | null} */ part) => focus.hover(part);
  /** Letters of the run that the map shows. */
  const read = () => textOf(player.state.frames, view() === "original" ? 0 : 1);
  const view = () =>
    /** @type {View} */ (list().length ? (player.state.experiment?.values.view ?? "edited") : "edited");

  const box = prompt({ words, set });
  const strip = tokens({
    words,
    help,
    onhover,
    choose,
    release,
    onhide: (token) => operate(toggle(list(), { op: "token", token })),
  });
  const heads = grid({
    words,
    help,
    onhover,
    choose,
    onlayer: (layer, part) => operate(setLayer(list(), layer, part)),
  });
  const tools = hand({
    words,
    help,
    redraw,
    ontoggle: (op) => operate(toggle(list(), { op, layer: kept().layer, head: kept().head })),
    onpatch: (text) => operate(patchHead(list(), kept().layer, kept().head, text)),
  });
  const sheet = map({
    words,
    help,
    onhover,
    choose,
    release,
    redraw,
    hand: tools,
    onview: (view) => (house.note({ view }), redraw()),
    oncut: (cells, on) => operate(cutCells(list(), kept().layer, kept().head, cells, on)),
    onset: (cell, value) => operate(setCell(list(), kept().layer, kept().head, cell, value)),
  });
  const rows = table(words);
  const csv = h(
    "button",
    {
      type: "button",
      class: "quiet csv",
      title: t("map.csv.long"),
      "aria-label": t("map.csv.long"),
      onclick: saveCsv,
    },
    icon(save),
    t("map.csv"),
  );
  const list_ = surgery({ words, set, player });
  const next = bars({ words, help, parameters, set });
  const classroom = training({ words, help, parameters, school, choose });
  const inner = stages({ words, onhover, choose });
  const depth = lens({ words });
  const gauges = measures({ words, help, onhover, choose });
  const panel = controls({
    parameters: parameters.filter(({ key }) => !hidden.has(key)),
    words,
    help,
    onchange: set,
    extras: { model: classroom.element, sampler: next.element },
    also: parameters.filter(({ key }) => ["temperature", "top_k", "top_p"].includes(key)),
  });
  const sure = createProfile();
  const time = timeline(player, words, {
    share: (_, step) => sure.at(step),
    halves: ({ status }) => [{ name: t("write.name"), part: status?.length ?? 1 }],
    inset: () => 1,
    hint: t("write.hint"),
    say,
  });
  const proof = claims(player, words);
  const small = miniature(player, words);
  const visit = createVisit(words);
  const text = notes(
    words,
    { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
    act,
  );

  const desk = h(
    "section",
    { class: "stage desk", "aria-label": t("stage.title"), tabindex: "-1" },
    h("div", { class: "reading" }, box.element, strip.element, heads.element),
    h("div", { class: "seeing" }, sheet.element, h("div", { class: "leave" }, rows.element, csv)),
  );
  const elements = [
    h(
      "div",
      { class: "sheet attentive" },
      h("div", { class: "work" }, desk, time.element),
      h(
        "aside",
        { class: "panel", "aria-label": t("panel.title") },
        panel.element,
        list_.element,
        house.titleblock,
      ),
    ),
    h("div", { class: "insight" }, inner.element, depth.element, gauges.element),
    h("div", { class: "study" }, text.element, h("div", { class: "evidence" }, small.element)),
    proof.element,
    visit.element,
  ];

  function draw() {
    drawn = 0;
    const { state } = player;
    const { frames, status } = state;
    if (!status || !frames.maps) return;
    const colours = palette();
    const letters = read();
    const looked = focus.shown(letters.length);
    const shown = { ...looked, ...within(looked, frames.maps) };
    const locked = kept();
    const things = {
      view: view(),
      total: Math.max(letters.length, (status.prompt ?? letters.length - status.at) + status.length),
      text: letters,
      list: list(),
      locked,
    };
    sure.see(state);
    strip.update(state, colours, shown, {
      map: seen(frames, "edited", shown.layer, shown.head),
      kept: locked.cell ? locked.cell[0] : locked.token,
      hidden: new Set(letters.flatMap((_, i) => (tokenHidden(things.list, i + 1) ? [i + 1] : []))),
    });
    heads.update(state, colours, shown, things);
    sheet.update(state, colours, shown, things);
    tools.update(things.list, locked.layer, locked.head);
    rows.update(frames, shown, things.list.length > 0);
    box.update(state);
    for (const one of [next, depth, inner, gauges, classroom, list_]) one.update(state, colours, shown);
    small.update(state, colours, shown, things);
    time.update(state, colours);
    proof.update(state);
  }

  /** The newest letter, for who listens. @param {State} state */
  function say({ frames, status }) {
    const letters = textOf(frames);
    const at = { at: status?.at ?? 0, length: status?.length ?? 0 };
    if (!at.at) return t("write.start", at);
    return t("write.said", {
      ...at,
      letter: spoken(t, letters.at(-1) ?? ""),
      share: percent(sure.at(at.at)),
    });
  }

  function saveCsv() {
    const { layer, head } = kept();
    const { frames, status } = player.state;
    const which = seen(frames, view(), layer, head);
    if (which)
      saveText(
        csvOf(which, read()),
        `chailou-attention-layer${layer}-head${head}-${view()}-step${status?.at}.csv`,
      );
  }

  /** A phrase of the notes: change, go there, and show it. @param {ReturnType<typeof import("../../ui/notes.js").readPhrase>} phrase @param {HTMLElement} button */
  async function act(phrase, button) {
    const mine = ++acts;
    const { verb, at } = phrase;
    const goals = /** @type {Record<string, Element>} */ ({
      measure: proof.element,
      stages: inner.element,
      lens: depth.element,
      measures: gauges.element,
      bars: next.element,
      training: classroom.element,
      surgery: list_.element,
    });
    const goal = goals[phrase.go ?? verb ?? ""] ?? desk;
    // What the small stage beside the text shows need not be travelled to.
    const travels = goal !== desk || !small.isVisible();
    if (travels) visit.go(goal, button);
    if (at !== null && verb !== "play") await player.pause();
    const { change, more, still } = request(phrase, schema);
    if (!still) await set(change, more);
    // A phrase that was overtaken by another has nothing more to say.
    if (mine !== acts) return;
    if (travels && !still) visit.arrive(goal);
    if (verb === "play") player.play();
    if (verb === "train") school.trainer.start();
    if (verb === "measure") player.measure();
  }

  const unsubscribe = player.subscribe((state) => {
    if (state.wanted) panel.update(state.wanted.values);
    follow(state);
    redraw();
  });
  const observer = new ResizeObserver(() => (strip.measure(), redraw()));
  elements.forEach((element) => observer.observe(element));

  return {
    elements,
    /** @param {KeyboardEvent} event */
    keys(event) {
      if (
        event.key === "Escape" &&
        !event.defaultPrevented &&
        !document.querySelector("dialog[open], :popover-open")
      ) {
        if (tools.rest()) return redraw();
        return release();
      }
      time.keys(event);
    },
    repaint: redraw,
    /** What can wait until the first picture is there. */
    async later() {
      text.load();
      uPlot()
        .then((library) => classroom.equip(library))
        .then(redraw, () => {});
      const tex = await katex().catch(() => null);
      if (tex)
        elements.forEach((element) =>
          typesetSymbols(element, (symbol) => tex.renderToString(symbol, { throwOnError: false })),
        );
    },
    /** The saved picture. @param {string} link */
    plate(link) {
      const { frames, status, experiment } = player.state;
      const { layer, head } = kept();
      const letters = read();
      const { token, cell } = focus.shown(letters.length);
      const which = seen(frames, view(), layer, head) ?? { weights: new Float32Array(0), size: 0 };
      const { cuts, sets } = headState(list(), layer, head);
      const inside = (/** @type {Iterable<string>} */ pairs) =>
        [...pairs]
          .map((pair) => /** @type {[number, number]} */ (pair.split(",").map(Number)))
          .filter(([q]) => q <= which.size);
      return poster({
        drawing: {
          map: which,
          span: sheet.span(),
          token,
          cell,
          locked: true,
          cuts: inside(cuts),
          sets: inside(sets.keys()),
          scale: view() === "difference" ? palette().signed : palette().shade,
          hidden: new Set(letters.flatMap((_, i) => (tokenHidden(list(), i + 1) ? [i + 1] : []))),
        },
        text: letters,
        said: sentence(t, { map: which, text: letters, view: view(), layer, head, token, cell }),
        words,
        schema,
        palette: palette(),
        link,
        lines: [
          [
            t("map.title", { layer, head }),
            t(`map.${view()}`),
            t("time.at", { at: status?.at ?? 0, length: status?.length ?? 0 }),
            `${t("block.seed")} ${experiment?.values.seed}`,
          ].join(" · "),
        ],
        name: `chailou-attention-layer${layer}-head${head}-step${status?.at ?? 0}.png`,
      });
    },
    scale: sheet.scale,
    leave() {
      acts++;
      school.trainer.drop();
    },
    destroy() {
      school.destroy();
      unsubscribe();
      observer.disconnect();
      cancelAnimationFrame(drawn);
    },
  };
}

export const attention = {
  mount,
  line: /** @type {const} */ ("site.line.attention"),
  watched: {
    pull: ["tokens", "maps", "next"],
    rest: [
      "maps_original",
      "surprisal",
      "retold",
      "retold_next",
      "lens",
      "measures",
      "stages",
      "stage_q",
      "stage_k",
      "stage_v",
      "stage_out",
      "losses",
      "formation",
    ],
    once: ["letters", "replaced"],
  },
};

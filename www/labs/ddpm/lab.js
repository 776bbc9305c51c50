// Lab 1 · DDPM: a building is demolished and another rebuilt, along as many tracks as one forks; which views, which frames.
import { h, icon, reducedMotion } from "../../ui/dom.js";
import { race } from "../../ui/race.js";
import { halves, momentSaid, share } from "../../ui/schedule.js";
import { chart } from "../../ui/schedule-chart.js";
import { forked, pruned, withChange } from "./edits.js";
import { ending } from "./ending.js";
import { forking } from "./forking.js";
import { gallery } from "./gallery.js";
import { hammer } from "./hammer.js";
import { createLabels } from "./labels.js";
import { lane } from "./lane.js";
import { miniature } from "./miniature.js";
import { stepOfTime } from "./moments.js";
import { createPaint } from "./paint.js";
import { request } from "./phrases.js";
import { poster } from "./poster.js";
import { partialNoising } from "./partial-noising.js";
import { stage } from "./stage.js";
import { strings } from "./strings.js";
import { samples, strip } from "./strip.js";
import { tracks } from "./rail.js";
/** @import { Experiment, LabSchema } from "../../types.js" */
/** @import { Composition, Desk } from "../../ui/lab.js" */
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

const elsewhere = new Set(["picture", "selected", "track"]); // chosen by eye: in the gallery, the grid, the rail
const forkIcon = "M6 4v16M6 14c0-5 12-3 12-9M18 5l-3 3M18 5l3 3";

/** @param {Desk<Words>} desk @returns {Composition} */
function compose(desk) {
  const { words, schema, player, palette, redraw, signal } = desk;
  const { t } = words;
  const labels = createLabels(desk.galleries);
  const set = (/** @type {Experiment["values"]} */ change) => desk.edit(withChange(player.state, change));
  const film = strip(player, words);
  const grid = samples(player, words);
  const rail = tracks(player, words, schema, labels, {
    inset: film.inset,
    onshow: player.show,
    ondelete: (track) => desk.edit(pruned(player.state, track)),
  });
  const paint = createPaint(() => player.state, redraw);
  const strokes = hammer(words, schema.parameters, set);
  const end = ending(words, labels, {
    state: () => player.state,
    label: () => sites.label(),
    onother: (label) => startFork(desk, label),
    onseed: (seed) => again({ ...withChange(player.state, { seed }), part: 0 }),
    async ondraw() {
      if (player.state.experiment?.values.data !== "digits") await set({ data: "digits" });
      await sites.paint();
    },
  });
  async function again(/** @type {Parameters<typeof desk.edit>[0]} */ change) {
    await desk.edit(change);
    player.play();
  }
  const scene = stage(words, {
    aside: [end.element, grid.element],
    paint,
    hammer: strokes.element,
    redraw,
  });
  const fork = forkTools({ ...desk, labels, paint, focus: () => rail.focus(player.state.track) });
  const sites = gallery({
    words,
    palette,
    labels,
    fetch: desk.gallery,
    onpick: (picture) => desk.edit({ ...withChange(player.state, { picture }), pixels: null }),
    onpaint: (pixels) => desk.edit({ pixels }),
  });
  const small = miniature(player, words);
  const noising = partialNoising(
    player,
    words,
    redraw,
    (time) => goToTime(desk, scene.element, time),
    signal,
  );
  const contest = race({
    ...desk,
    parameters: schema.parameters,
    set,
    drawLane: lane,
    quality: t("race.quality.pictures"),
  });

  return {
    stage: [scene, fork],
    below: [rail, film],
    evidence: [small, chart(words, signal)],
    after: [noising, contest],
    inner: [grid, sites, end],
    set,
    panel: { parameters: shownOf(schema, labels), extras: { picture: sites.element } },
    time: {
      share,
      halves: (state) => halves(state, halfNames(state, words)),
      inset: film.inset,
      forks: ({ status }) => (status?.tracks ?? []).slice(1).map(({ at }) => at),
      tools: schema.forks.length ? [fork.button] : [],
      hint: t("time.hint"),
      say: momentSaid(words),
    },
    phrases: {
      goals: { noising: noising.element, race: contest.element },
      // Beside the text there may be a miniature of the stage: then the reader need not be moved.
      beside: ({ values, verb }) => !values.fork && verb !== "fork" && small.isVisible(),
      async apply(phrase) {
        fork.toggle(false);
        await desk.edit(request(phrase, schema, player.state));
      },
      verbs: { noising: noising.start, race: contest.start, fork: () => fork.open(true) },
    },
    listen: ({ wanted }) => wanted && strokes.update(wanted.values),
    takes(event) {
      // While one paints, the stroke is what Ctrl+Z takes back; after the fork, the fork.
      const undoes = /^z$/i.test(event.key) && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!undoes || !paint.canUndo()) return false;
      paint.undo();
      return true;
    },
    plate: (imprint) => poster(player.state, words, schema, palette(), imprint),
    scale: scene.scale,
    later: () => sites.load().then(redraw, () => {}),
    leave() {
      noising.stop();
      contest.stop();
      fork.toggle(false);
    },
  };
}

/** The panel where one forks, and the button that opens it. @param {Desk<Words> & {labels: import("./labels.js").Labels, paint: import("./paint.js").Paint, focus: () => void}} desk */
function forkTools({ words, schema, player, help, labels, paint, edit, redraw, draw, focus }) {
  const { t } = words;
  const sheet = () => panel.element.closest(".sheet");
  const button = h(
    "button",
    {
      type: "button",
      class: "button fork-here",
      "aria-label": t("fork.open"),
      title: t("fork.open"),
      "aria-expanded": "false",
      onclick: () => open(!panel.isOpen()),
    },
    icon(forkIcon),
    h("span", {}, t("fork.open")),
  );
  const panel = forking({
    words,
    schema,
    labels,
    help,
    paint,
    state: () => player.state,
    redraw,
    onfork: async (fork) => {
      await edit(forked(player.state, fork));
      draw();
      focus();
      // Trunk and fork go on side by side.
      if (!reducedMotion()) player.play();
    },
    ontoggle: (open, held) => {
      sheet()?.classList.toggle("forking", open);
      button.setAttribute("aria-expanded", String(open));
      if (!open && held) button.focus({ preventScroll: true });
      redraw();
    },
  });
  async function open(/** @type {boolean} */ wide) {
    if (wide) await player.pause();
    panel.toggle(wide);
    redraw();
  }
  return { ...panel, button, open };
}

/** From the rubble once more, to another order. @param {Desk<Words>} desk @param {string} label */
async function startFork({ player, edit }, label) {
  const at = Math.round((player.state.status?.length ?? 0) / 2);
  await edit(forked(player.state, { parent: 0, at, set: { label } }));
  player.play();
}

/** What is set in the panel; the schema's words for a label are the data set's. @param {LabSchema} schema @param {import("./labels.js").Labels} labels */
const shownOf = ({ parameters }, labels) =>
  parameters
    .filter(({ key, group }) => !elsewhere.has(key) && group !== "race")
    .map((parameter) => (parameter.key === "label" ? { ...parameter, nameOf: labels.name } : parameter));

/** @param {State} state @param {Words} words */
function halfNames({ experiment }, { t }) {
  const inverts = experiment?.values.journey === "invert";
  return {
    down: t(inverts ? "time.inverting" : "time.demolishing"),
    between: t(inverts ? "time.found" : "time.rubble"),
    up: t("time.rebuilding"),
  };
}

/** The moment of the demolition whose time is t. @param {{player: Player, edit: Desk["edit"]}} desk @param {Element} scene @param {number} time */
async function goToTime({ player, edit }, scene, time) {
  const { experiment, frames } = player.state;
  scene.scrollIntoView({ behavior: reducedMotion() ? "instant" : "smooth", block: "start" });
  if (experiment?.values.journey !== "rebuild") return player.seek(stepOfTime(frames.times.data, time));
  const { steps, T } = experiment.values;
  await edit({
    ...withChange(player.state, { journey: "both" }),
    at: Math.round((time / Number(T)) * Number(steps)),
  });
}

export const lab = {
  strings,
  style: new URL("./style.css", import.meta.url),
  notes: { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
  watched: {
    pull: ["x", "x0", "eps", "tracks"],
    rest: ["film", "film_x0", "distances", "times", "schedule"],
    once: ["picture"],
  },
  numbers: {
    more: ["race", "race_floor", "partial_noising_t", "partial_noising_distance"],
    columns: {
      x: ["sample", "channel", "row", "column", "x"],
      x0: ["sample", "channel", "row", "column", "x0"],
      eps: ["sample", "channel", "row", "column", "noise"],
      tracks: ["track", "channel", "row", "column", "x"],
      picture: ["channel", "row", "column", "x"],
    },
  },
  compose,
};

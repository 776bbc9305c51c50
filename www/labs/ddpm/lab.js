// Lab 1 · DDPM: a building is demolished and another rebuilt, along as many tracks as one forks; which views, which frames.
import { controls, typesetSymbols } from "../../ui/controls.js";
import { calm, h, icon } from "../../ui/dom.js";
import { notes } from "../../ui/notes.js";
import { race } from "../../ui/race.js";
import { claims } from "../../ui/readouts.js";
import { timeline } from "../../ui/timeline.js";
import { katex, uPlot } from "../../ui/vendor.js";
import { createVisit } from "../../ui/visit.js";
import { contact } from "../../views/contact.js";
import { chart } from "./chart.js";
import { createEasel } from "./easel.js";
import { defaults, forked, place, pruned, readFork, withChange } from "./edits.js";
import { forking } from "./forking.js";
import { gallery } from "./gallery.js";
import { hammer } from "./hammer.js";
import { createLabels } from "./labels.js";
import { miniature } from "./miniature.js";
import { picturesOf } from "./pictures.js";
import { poster } from "./poster.js";
import { ruin } from "./ruin.js";
import { stage } from "./stage.js";
import { samples, strip } from "./strip.js";
import { halves, share, stepOfTime } from "./sums.js";
import { tracks } from "./tracks.js";
/** @import { Experiment, LabSchema } from "../../types.js" */
/** @import { Player } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */

/**
 * @typedef {object} House what the page lends a lab
 * @property {import("../../ui/i18n.js").Words} words
 * @property {LabSchema} schema
 * @property {import("../../types.js").Schema["galleries"]} galleries
 * @property {Player} player
 * @property {import("../../ui/popover.js").Help} help
 * @property {() => Palette} palette
 * @property {(edit: Partial<Experiment> & {part?: number}) => Promise<void>} edit changes the experiment and the link
 * @property {(values: Experiment["values"]) => void} note what a session has become, for the link
 * @property {(name: string) => Promise<import("./gallery.js").Gallery>} gallery
 * @property {HTMLElement} titleblock
 */

const hidden = new Set(["picture", "selected", "track"]); // chosen by eye: in the gallery, the grid, the rail
const branch = "M6 4v16M6 14c0-5 12-3 12-9M18 5l-3 3M18 5l3 3";

/** One lane of the race: its samples as a contact sheet. @param {HTMLCanvasElement} canvas */
function lane(canvas) {
  const draw = contact(canvas);
  return (
    /** @type {import("../../types.js").Frame} */ frame,
    /** @type {string} */ _,
    /** @type {Palette} */ { picture, colours },
  ) => {
    const pictures = picturesOf(frame, picture);
    const across = Math.ceil(Math.sqrt(pictures.length));
    canvas.style.aspectRatio = `${across} / ${Math.ceil(pictures.length / across)}`;
    draw({ pictures, colours });
  };
}

/** @param {House} house */
function mount(house) {
  const { words, schema, player, help, palette } = house;
  const { t } = words;
  const labels = createLabels(house.galleries);
  let drawn = 0;
  let acts = 0;
  const redraw = () => (drawn ||= requestAnimationFrame(draw));
  const set = (/** @type {Experiment["values"]} */ change) => house.edit(withChange(player.state, change));

  const film = strip(player, words);
  const forkButton = h(
    "button",
    {
      type: "button",
      class: "button fork-here",
      "aria-label": t("fork.open"),
      title: t("fork.open"),
      "aria-expanded": "false",
      onclick: () => openFork(!fork.isOpen()),
    },
    icon(branch),
    h("span", {}, t("fork.open")),
  );
  const time = timeline(player, words, {
    share,
    halves: (state) => halves(state, words),
    inset: film.inset,
    forks: ({ status }) => (status?.tracks ?? []).slice(1).map(({ at }) => at),
    tools: schema.forks.length ? [forkButton] : [],
  });
  const grid = samples(player, words);
  const easel = createEasel(() => player.state, redraw);
  const strokes = hammer(words, schema.parameters, set);
  const scene = stage(words, { samples: grid.element, easel, hammer: strokes.element, redraw });
  const fork = forking({
    words,
    schema,
    labels,
    help,
    easel,
    state: () => player.state,
    redraw,
    onfork: async (branch) => {
      await house.edit(forked(player.state, branch));
      draw();
      rail.focus(player.state.track);
    },
    ontoggle: (open, held) => {
      sheet.classList.toggle("forking", open);
      forkButton.setAttribute("aria-expanded", String(open));
      if (!open && held) forkButton.focus({ preventScroll: true });
      redraw();
    },
  });
  const rail = tracks(player, words, schema, labels, {
    inset: film.inset,
    onshow: player.show,
    ondelete: (track) => house.edit(pruned(player.state, track)),
  });
  const sites = gallery({
    words,
    palette,
    labels,
    fetch: house.gallery,
    onpick: (picture) => house.edit({ ...withChange(player.state, { picture }), pixels: null }),
    onpaint: (pixels) => house.edit({ pixels }),
  });
  const parameters = schema.parameters
    .filter(({ key, group }) => !hidden.has(key) && group !== "race")
    .map((parameter) => (parameter.key === "label" ? { ...parameter, nameOf: labels.name } : parameter));
  const panel = controls({ parameters, words, help, onchange: set, extras: { picture: sites.element } });
  const graph = chart(words);
  const proof = claims(player, words);
  const small = miniature(player, words);
  const ordeal = ruin(player, words, redraw, goToTime);
  const contest = race({
    player,
    words,
    help,
    parameters: schema.parameters,
    set,
    drawLane: lane,
    quality: t("race.quality.pictures"),
  });
  const text = notes(
    words,
    { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
    act,
  );
  const visit = createVisit(words);

  const sheet = h(
    "div",
    { class: "sheet" },
    h("div", { class: "work" }, scene.element, fork.element, time.element, rail.element, film.element),
    h("aside", { class: "panel", "aria-label": t("panel.title") }, panel.element, house.titleblock),
  );
  const elements = [
    sheet,
    h("div", { class: "study" }, text.element, h("div", { class: "evidence" }, small.element, graph.element)),
    ordeal.element,
    contest.element,
    proof.element,
    visit.element,
  ];
  // While one paints, the stroke is what Ctrl+Z takes back; after the fork, the fork.
  sheet.addEventListener("keydown", (event) => {
    if (!/^z$/i.test(event.key) || !(event.ctrlKey || event.metaKey) || event.shiftKey || !easel.canUndo())
      return;
    event.preventDefault();
    event.stopPropagation();
    easel.undo();
  });

  async function openFork(/** @type {boolean} */ open) {
    if (open) await player.pause();
    fork.toggle(open);
    redraw();
  }

  function draw() {
    cancelAnimationFrame(drawn);
    drawn = 0;
    const { state } = player;
    const colours = palette();
    scene.update(state, colours);
    grid.update(state, colours);
    fork.update(state, colours);
    film.update(state, colours);
    time.update(state, colours);
    rail.update(state, colours);
    graph.update(state, colours);
    small.update(state, colours);
    ordeal.update(state, colours);
    contest.update(state, colours);
    proof.update(state);
    sites.update(state);
  }

  /** The moment of the demolition whose time is t. @param {number} time */
  async function goToTime(time) {
    const { experiment, frames } = player.state;
    scene.element.scrollIntoView({ behavior: calm() ? "instant" : "smooth", block: "start" });
    if (experiment?.values.journey !== "rebuild") return player.seek(stepOfTime(frames.times.data, time));
    const { steps, T } = experiment.values;
    await house.edit({
      ...withChange(player.state, { journey: "both" }),
      at: Math.round((time / Number(T)) * Number(steps)),
    });
  }

  /** A phrase of the notes: change, go there, and show it. @param {ReturnType<typeof import("../../ui/notes.js").readPhrase>} phrase @param {HTMLElement} button */
  async function act({ values: { fork: forks, ...values }, at, verb }, button) {
    const mine = ++acts;
    const goal =
      /** @type {Record<string, Element>} */ ({
        measure: proof.element,
        ruin: ordeal.element,
        race: contest.element,
      })[verb ?? ""] ?? scene.element;
    // Beside the text there may be a miniature of the stage: then the reader need not be moved.
    if (goal !== scene.element || forks || verb === "fork" || !small.isVisible()) visit.go(goal, button);
    // A phrase says what it shows from any state of the page: what it does not name goes back to its default.
    const named = Object.keys(values).length || forks ? { ...defaults(schema), ...values } : values;
    if (at !== null && verb !== "play") await player.pause();
    fork.toggle(false);
    const branches = forks
      ? { branches: [readFork(forks, Number(at))] }
      : Object.keys(named).length
        ? { branches: [] }
        : {};
    await house.edit({
      ...withChange(player.state, forks ? { ...named, track: 1 } : named),
      ...place(at, named),
      ...branches,
    });
    // A phrase that was overtaken by another has nothing more to say.
    if (mine !== acts) return;
    if (verb === "play") player.play();
    if (verb === "measure") player.measure();
    if (verb === "ruin") ordeal.start();
    if (verb === "race") contest.start();
    if (verb === "fork") openFork(true);
  }

  const unsubscribe = player.subscribe((state) => {
    if (state.wanted) {
      panel.update(state.wanted.values);
      strokes.update(state.wanted.values);
    }
    redraw();
  });
  const observer = new ResizeObserver(redraw);
  elements.forEach((element) => observer.observe(element));

  return {
    elements,
    keys: time.keys,
    repaint: () => (redraw(), sites.repaint()),
    /** What can wait until the first picture is there. */
    async later() {
      sites.load().then(redraw, () => {});
      text.load();
      uPlot()
        .then((library) => (graph.equip(library), contest.equip(library)))
        .then(redraw, () => {});
      const tex = await katex().catch(() => null);
      if (tex)
        elements.forEach((element) =>
          typesetSymbols(element, (symbol) => tex.renderToString(symbol, { throwOnError: false })),
        );
    },
    /** The saved picture. @param {string} link */
    plate: (link) => poster(player.state, words, schema, palette(), link),
    scale: scene.scale,
    leave() {
      acts++;
      ordeal.stop();
      contest.stop();
      fork.toggle(false);
    },
    destroy() {
      ordeal.stop();
      contest.stop();
      unsubscribe();
      observer.disconnect();
      cancelAnimationFrame(drawn);
    },
  };
}

export const ddpm = {
  mount,
  watched: {
    pull: ["x", "x0", "eps", "tracks"],
    rest: ["film", "distances", "times", "schedule"],
    once: ["picture"],
  },
};

// Lab 2 · Diffusion in the plane: points that everybody can draw, an exact denoiser, one trained in the tab, samplers in a race.
import { controls, typesetSymbols } from "../../ui/controls.js";
import { h } from "../../ui/dom.js";
import { notes } from "../../ui/notes.js";
import { race } from "../../ui/race.js";
import { claims } from "../../ui/readouts.js";
import { timeline } from "../../ui/timeline.js";
import { createTrainer } from "../../ui/trainer.js";
import { katex, uPlot } from "../../ui/vendor.js";
import { createVisit } from "../../ui/visit.js";
import { chart } from "../ddpm/chart.js";
import { share, turn } from "../ddpm/sums.js";
import { ring, withOne, without } from "./centres.js";
import { chips } from "./chips.js";
import { drawing } from "./drawing.js";
import { hero } from "./hero.js";
import { lane } from "./lane.js";
import { meters } from "./meter.js";
import { compose } from "./plate.js";
import { createSights } from "./sights.js";
import { training } from "./training.js";
/** @import { Experiment, LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Point } from "./brush.js" */
/** @import { Handle } from "./handles.js" */

/** @typedef {import("../ddpm/lab.js").House} House */

/** Set by what is on the plane or beside it, not by a control of the panel. */
const hidden = new Set([
  "data",
  "denoiser",
  "view",
  "trained",
  "probe_x",
  "probe_y",
  "budget",
  "lane1",
  "lane2",
  "lane3",
  "lane4",
  "lane5",
  "lane6",
]);
/** What a trained network belongs to: another one of these, and training begins anew. */
const identity = new Set([
  "data",
  "points",
  "supply",
  "spread",
  "batch",
  "rate",
  "target",
  "schedule",
  "T",
  "c",
  "seed",
]);
/** Views in which a few particles, quickly made, stand for all while the network is being trained. */
const sketched = new Set(["particles", "density"]);
/** What a reader has chosen stays when a phrase sets the rest. */
const kept = new Set(["seed"]);

/** @param {House} house */
function mount(house) {
  let acts = 0;
  const { words, schema, player, help, palette } = house;
  const { t } = words;
  let drawn = 0;
  const redraw = () => (drawn ||= requestAnimationFrame(draw));
  /** Steps that the network of the newest wish has been trained. */
  const trained = () =>
    player.state.wanted === player.state.experiment ? trainer.done() : Number(values().trained ?? 0);
  const remember = () =>
    void (
      player.state.wanted === player.state.experiment &&
      trained() !== Number(values().trained) &&
      house.note({ trained: trained() })
    );
  /** Every change goes through here: what was learned stays with what it was learned from.
   * @param {Experiment["values"]} change @param {Partial<Experiment> & {part?: number}} [more] */
  async function set(change, more = {}) {
    const anew =
      more.points !== undefined ||
      Object.keys(change).some((key) => identity.has(key) && String(change[key]) !== String(values()[key]));
    if (anew) trainer.drop();
    contest.stop();
    // A link may not say less than what the network has learned by the time it is opened.
    const release = await trainer.hold();
    try {
      if (!anew) remember();
      await house.edit({ values: { trained: anew ? 0 : trained(), ...change }, ...more });
    } finally {
      release();
    }
  }
  const parameter = (/** @type {string} */ key) =>
    /** @type {import("../../types.js").Parameter} */ (schema.parameters.find((one) => one.key === key));
  const values = () => (player.state.wanted ?? player.state.experiment)?.values ?? {};

  const sights = createSights(player, redraw);
  const trainer = createTrainer({
    player,
    emit: player.emit,
    async prepare() {
      if (values().denoiser === "exact") await set({ denoiser: "learned" });
      // Samples are at the end of the way; a field can be watched anywhere.
      const { status } = player.state;
      if (status && status.at < status.length && !["field", "error"].includes(String(values().view)))
        await player.seek(status.length);
    },
    // Between two pulls the engine's sketch of the particles will do; what else depends on the network is computed anew.
    refresh: async (resting) =>
      void (!resting && sketched.has(String(values().view))
        ? null
        : await player.seek(player.state.status?.at ?? 0)),
    onrest: remember,
    // Seen: the moons are within the claim's distance at 3000; a smiley has its mouth near 5000, its eyes near 8000.
    good: () => (values().data === "drawn" ? 8000 : 3000),
    most: () => Number(parameter("trained").max),
    pause: () => new Promise(requestAnimationFrame),
    now: () => performance.now(),
  });
  const scene = hero({ words, onview: (view) => set({ view }), onplace: placed, ondraw: startDrawing });
  const pen = drawing({ words, canvas: scene.canvas, redraw, ondone: drew, onclose: stopDrawing });
  const workshop = training({
    words,
    trainer,
    ondenoiser: (denoiser) => (denoiser === "exact" && trainer.stop(), set({ denoiser })),
    onrewind: () => (trainer.drop(), set({ trained: 0 })),
    onslower: async () => (
      await set({ rate: Number((Number(values().rate) / 4).toPrecision(2)), trained: 0 }), trainer.start()
    ),
  });
  const gauges = meters(words);
  const side = h("div", { class: "side" }, pen.element, workshop.element, gauges.element);
  const bench = h("div", { class: "bench" }, scene.element, side);
  const shapes = chips(words, parameter("data"), pick);
  const redo = h("button", { type: "button", class: "quiet", onclick: startDrawing }, t("draw.again"));
  const slot = h("div", {});
  const choice = h("div", { class: "data-choice" }, shapes.element, redo);
  // On a phone the panel is far below the plane; what the plane holds is chosen right under it.
  const narrow = matchMedia("(max-width: 760px)");
  const settle = () => (narrow.matches ? bench.insertBefore(choice, side) : slot.append(choice));
  narrow.addEventListener("change", settle);
  settle();
  const panel = controls({
    parameters: schema.parameters.filter(({ key }) => !hidden.has(key)),
    words,
    help,
    onchange: set,
    extras: { data: slot },
  });
  const contest = race({
    player,
    words,
    help,
    parameters: schema.parameters,
    set,
    drawLane: lane,
    quality: t("race.quality.points"),
  });
  const time = timeline(player, words, { share, halves: (state) => halves(state, t), inset: () => 1 });
  const graph = chart(words);
  const proof = claims(player, words);
  const visit = createVisit(words);
  const text = notes(
    words,
    { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) },
    act,
  );

  const elements = [
    h(
      "div",
      { class: "sheet" },
      h("div", { class: "work" }, bench, time.element),
      h("aside", { class: "panel", "aria-label": t("panel.title") }, panel.element, house.titleblock),
    ),
    contest.element,
    h("div", { class: "study" }, text.element, h("div", { class: "evidence" }, graph.element)),
    proof.element,
    visit.element,
  ];

  function draw() {
    drawn = 0;
    const { state } = player;
    const colours = palette();
    const frames = sights.frames(trainer.running());
    if (pen.isOpen()) scene.lend(pen.paint, colours);
    else scene.update(state, frames, colours, wantedHandles(state));
    workshop.update(state, colours, frames.loss?.data ?? null);
    gauges.update(state.readouts, trainer.running());
    time.update(state, colours);
    graph.update(state, colours);
    contest.update(state, colours);
    proof.update(state);
  }

  /** What can be moved on the plane now. @param {State} state @returns {Handle[]} */
  function wantedHandles({ experiment, wanted }) {
    const now = wanted ?? experiment;
    if (!now) return [];
    if (now.values.view === "trajectories" && now.values.journey !== "both") {
      const place = /** @type {Point} */ ([Number(now.values.probe_x), Number(now.values.probe_y)]);
      return [
        {
          kind: "probe",
          place,
          label: t("probe.label", { x: place[0], y: place[1] }),
          onslide: slide,
          onmove: ([x, y]) => set({ probe_x: x, probe_y: y }),
        },
      ];
    }
    if (now.values.data !== "mixture" || now.values.view !== "particles") return [];
    const centres = now.points ?? ring();
    return centres.map((place, i) => ({
      kind: "centre",
      place,
      label: t("centre.label", { n: i + 1, x: place[0].toFixed(2), y: place[1].toFixed(2) }),
      onmove: (to) => set({}, { points: centres.with(i, to) }),
      ondelete: () => set({}, { points: without(centres, i) }),
    }));
  }

  let sliding = false;
  /** The paths follow the hand; the link learns of it when the hand lets go. @param {Point} to */
  async function slide(to) {
    if (sliding) return;
    sliding = true;
    await player.act({ probe: to }).catch(() => {});
    await player.seek(player.state.status?.at ?? 0);
    sliding = false;
  }

  /** A click where nothing is: one more centre, if that is what the plane holds. @param {Point} place */
  function placed(place) {
    const now = player.state.wanted;
    if (pen.isOpen() || now?.values.data !== "mixture" || now.values.view !== "particles") return;
    set({}, { points: withOne(now.points ?? ring(), place) });
  }

  /** @param {string} data */
  function pick(data) {
    if (data === "drawn") return startDrawing();
    if (data !== values().data) set({ data }, { points: null });
  }
  function startDrawing() {
    player.pause();
    trainer.stop();
    scene.hideViews(true);
    bench.classList.add("drawing-now");
    if (scene.canvas.getBoundingClientRect().top < 0 || narrow.matches)
      scene.element.scrollIntoView({ block: "start" });
    const now = player.state.experiment;
    shapes.update("drawn");
    pen.open(now?.values.data === "drawn" ? (now.points ?? []) : []);
  }
  function stopDrawing() {
    scene.hideViews(false);
    bench.classList.remove("drawing-now");
    shapes.update(values().data);
    redraw();
  }
  /** @param {Point[]} points @param {boolean} andTrain */
  async function drew(points, andTrain) {
    await set(
      { data: "drawn", trained: 0, ...(andTrain ? { denoiser: "learned", view: "particles" } : {}) },
      { points, part: 1 },
    );
    if (andTrain) trainer.start();
  }

  /** A phrase of the notes: change, go there, and show it. @param {ReturnType<typeof import("../../ui/notes.js").readPhrase>} phrase @param {HTMLElement} button */
  async function act({ values: named, at, verb }, button) {
    const mine = ++acts;
    const goals = /** @type {Record<string, Element>} */ ({ measure: proof.element, race: contest.element });
    visit.go(goals[verb ?? ""] ?? scene.element, button);
    if (verb === "draw") return startDrawing();
    if (at !== null && verb !== "play") await player.pause();
    const complete = Object.keys(named).length ? { ...defaults(schema), ...named } : named;
    const same = Object.keys(complete).every(
      (key) => !identity.has(key) || String(complete[key]) === String(values()[key]),
    );
    if (Object.keys(complete).length || at !== null) {
      // The same data and settings keep what was learned of them.
      await set(
        { ...complete, trained: same ? trained() : 0 },
        { ...(same ? {} : { points: null }), ...place(at) },
      );
    }
    // A phrase that was overtaken by another has nothing more to say.
    if (mine !== acts) return;
    if (verb === "play") player.play();
    if (verb === "train") trainer.start();
    if (verb === "measure") player.measure();
    if (verb === "race") contest.start();
  }

  const unsubscribe = player.subscribe((state) => {
    if (state.wanted) {
      panel.update(state.wanted.values);
      shapes.update(state.wanted.values.data);
      redo.hidden = state.wanted.values.data !== "drawn";
    }
    redraw();
  });
  const observer = new ResizeObserver(redraw);
  elements.forEach((element) => observer.observe(element));

  return {
    elements,
    keys: (/** @type {KeyboardEvent} */ event) => (pen.isOpen() ? undefined : time.keys(event)),
    repaint: redraw,
    /** What can wait until the first picture is there. */
    async later() {
      text.load();
      uPlot()
        .then((library) => [graph, workshop, contest].forEach((one) => one.equip(library)))
        .then(redraw, () => {});
      const tex = await katex().catch(() => null);
      if (tex)
        elements.forEach((element) =>
          typesetSymbols(element, (symbol) => tex.renderToString(symbol, { throwOnError: false })),
        );
    },
    /** The saved picture. @param {string} link */
    plate: (link) =>
      compose({ state: player.state, frames: sights.frames(false), words, schema, palette: palette(), link }),
    scale: () => scene.canvas.clientWidth / 6,
    leave() {
      acts++;
      trainer.drop();
      contest.stop();
      pen.close();
    },
    destroy() {
      trainer.drop();
      contest.stop();
      unsubscribe();
      observer.disconnect();
      narrow.removeEventListener("change", settle);
      cancelAnimationFrame(drawn);
    },
  };
}

/** @param {LabSchema} schema @returns {Experiment["values"]} */
const defaults = ({ parameters }) =>
  Object.fromEntries(
    parameters.filter(({ key }) => !kept.has(key)).map((parameter) => [parameter.key, parameter.default]),
  );

/** @param {string | null} at a step, "start" or "end" */
const place = (at) =>
  at === null ? {} : at === "start" || at === "end" ? { part: at === "start" ? 0 : 1 } : { at: Number(at) };

/** @param {State} state @param {import("../../ui/i18n.js").Words["t"]} t */
function halves(state, t) {
  const down = turn(state);
  const up = (state.status?.length ?? 0) - down;
  const all = [
    { name: t("time.scattering"), part: down },
    { name: t("time.noise"), part: 0 },
    { name: t("time.gathering"), part: up },
  ];
  return down && up ? all : all.filter(({ part }) => part > 0);
}

export const points = { mount, watched: { pull: ["x"], rest: [], once: ["times", "schedule", "data"] } };

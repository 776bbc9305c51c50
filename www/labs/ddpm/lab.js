// Lab 1 · DDPM: a real digit is demolished and a new one rebuilt; which views, which frames.
import { controls, typesetSymbols } from "../../ui/controls.js";
import { calm, h } from "../../ui/dom.js";
import { notes } from "../../ui/notes.js";
import { claims } from "../../ui/readouts.js";
import { timeline } from "../../ui/timeline.js";
import { katex, uPlot } from "../../ui/vendor.js";
import { plate } from "../../views/plate.js";
import { chart } from "./chart.js";
import { gallery } from "./gallery.js";
import { miniature } from "./miniature.js";
import { stage } from "./stage.js";
import { samples, strip } from "./strip.js";
import { sameMoment, share, turn } from "./sums.js";
/** @import { Experiment, LabSchema } from "../../types.js" */
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */

/**
 * @typedef {object} House what the page lends a lab
 * @property {import("../../ui/i18n.js").Words} words
 * @property {LabSchema} schema
 * @property {Player} player
 * @property {import("../../ui/popover.js").Help} help
 * @property {() => Palette} palette
 * @property {(edit: Partial<Experiment> & {part?: number}) => Promise<void>} edit changes the experiment and the link
 * @property {(values: Experiment["values"]) => void} note what a session has become, for the link
 * @property {(name: string) => Promise<import("./gallery.js").Gallery>} gallery
 * @property {HTMLElement} titleblock
 */

const kept = new Set(["picture", "seed", "selected"]);
const hidden = new Set(["picture", "selected"]); // chosen by eye, in the gallery and the grid

/** @param {House} house */
function mount(house) {
  const { words, schema, player, help, palette } = house;
  let drawn = 0;
  const redraw = () => (drawn ||= requestAnimationFrame(draw));
  const set = (/** @type {Experiment["values"]} */ change) => house.edit(withChange(player.state, change));

  const film = strip(player, words);
  const time = timeline(player, words, { share, halves: (state) => halves(state, words), inset: film.inset });
  const grid = samples(player, words);
  const scene = stage(words, grid.element, redraw);
  const sites = gallery({ words, palette,
    onpick: (picture) => house.edit({ ...withChange(player.state, { picture }), pixels: null }),
    onpaint: (pixels) => house.edit({ pixels }) });
  const panel = controls({ parameters: schema.parameters.filter(({ key }) => !hidden.has(key)), words, help, onchange: set, extras: { picture: sites.element } });
  const graph = chart(words);
  const proof = claims(player, words);
  const small = miniature(player, words);
  const text = notes(words, { en: new URL("./notes.en.html", import.meta.url), zh: new URL("./notes.zh.html", import.meta.url) }, act);
  const back = h("button", { type: "button", class: "back-to-text", hidden: true }, words.t("notes.back"));

  const elements = [
    h("div", { class: "sheet" },
      h("div", { class: "work" }, scene.element, time.element, film.element),
      h("aside", { class: "panel", "aria-label": words.t("panel.title") }, panel.element, house.titleblock)),
    h("div", { class: "study" }, text.element, h("div", { class: "evidence" }, small.element, graph.element)),
    proof.element,
    back,
  ];

  function draw() {
    drawn = 0;
    const { state } = player;
    const colours = palette();
    scene.update(state, colours);
    grid.update(state, colours);
    film.update(state, colours);
    time.update(state, colours);
    graph.update(state, colours);
    small.update(state, colours);
    proof.update(state);
    sites.update(state);
  }

  /** A phrase of the notes: change, go there, and show it. @param {ReturnType<typeof import("../../ui/notes.js").readPhrase>} phrase @param {HTMLElement} button */
  async function act({ values, at, verb }, button) {
    const goal = verb === "measure" ? proof.element : scene.element;
    // Beside the text there may be a miniature of the stage: then the reader need not be moved.
    if (verb === "measure" || !small.isVisible()) visit(goal, button);
    // A phrase says what it shows from any state of the page: what it does not name goes back to its default.
    const named = Object.keys(values).length ? { ...defaults(schema), ...values } : values;
    if (at !== null && verb !== "play") await player.pause();
    await house.edit({ ...withChange(player.state, named), ...place(at, named) });
    if (verb === "play") player.play();
    if (verb === "measure") player.measure();
  }

  /** @param {Element} goal @param {HTMLElement} from */
  function visit(goal, from) {
    const behavior = calm() ? "instant" : "smooth";
    goal.scrollIntoView({ behavior, block: "start" });
    back.hidden = false;
    back.onclick = () => {
      back.hidden = true;
      from.scrollIntoView({ behavior, block: "center" });
      from.focus({ preventScroll: true });
    };
  }

  const unsubscribe = player.subscribe((state) => {
    if (state.wanted) panel.update(state.wanted.values);
    redraw();
  });
  const observer = new ResizeObserver(redraw);
  elements.forEach((element) => observer.observe(element));

  return {
    elements, keys: time.keys,
    repaint: () => (redraw(), sites.repaint()),
    /** What can wait until the first picture is there. */
    async later() {
      house.gallery("digits").then(sites.fill).then(redraw, () => {});
      text.load();
      uPlot().then(graph.equip).then(redraw, () => {});
      const tex = await katex().catch(() => null);
      if (tex) elements.forEach((element) => typesetSymbols(element, (symbol) => tex.renderToString(symbol, { throwOnError: false })));
    },
    /** The saved picture. @param {string} link */
    plate: (link) => compose(player.state, words, schema, palette(), link),
    scale: scene.scale,
    destroy() {
      unsubscribe();
      observer.disconnect();
      cancelAnimationFrame(drawn);
    },
  };
}

/** @param {State} state @param {Record<string, string | number>} change @returns {Partial<Experiment>} */
function withChange({ wanted, status }, change) {
  const journey = wanted?.values.journey;
  const moved = change.journey !== undefined && journey !== undefined && status && change.journey !== journey;
  return { values: change, at: moved ? sameMoment(journey, change.journey, status.at, status.length) : null };
}

/** What a reader has chosen to look at stays; everything else is the experiment. @param {LabSchema} schema */
const defaults = ({ parameters }) => Object.fromEntries(parameters.filter(({ key }) => !kept.has(key)).map((parameter) => [parameter.key, parameter.default]));

/** @param {string | null} at a step, "start", "rubble" or "end" @param {Record<string, string | number>} values */
function place(at, { journey = "both" }) {
  if (at === null) return {};
  const named = { start: 0, rubble: journey === "both" ? 0.5 : 1, end: 1 }[at];
  return named === undefined ? { at: Number(at) } : { part: named };
}

/** @param {State} state @param {import("../../ui/i18n.js").Words} words */
function halves(state, { t }) {
  const down = turn(state);
  const up = (state.status?.length ?? 0) - down;
  const all = [{ name: t("time.demolishing"), part: down }, { name: t("time.rubble"), part: 0 }, { name: t("time.rebuilding"), part: up }];
  return down && up ? all : all.filter(({ part }) => part > 0);
}

/** @param {State} state @param {import("../../ui/i18n.js").Words} words @param {LabSchema} schema @param {Palette} palette @param {string} link */
function compose({ status, experiment, frames, selected }, { t, pick }, schema, { picture, signed, colours }, link) {
  const panels = [["x", "stage.x", picture], ["x0", "stage.x0", picture], ["eps", "stage.eps", signed]].map(([name, caption, scale]) => ({
    values: frames[/** @type {string} */ (name)].data.subarray(64 * selected, 64 * (selected + 1)),
    scale: /** @type {import("../../views/color.js").Scale} */ (scale), caption: t(/** @type {"stage.x"} */ (caption)) }));
  const at = { at: status?.at ?? 0, length: status?.length ?? 0 };
  const lines = [`${t("block.seed")} ${experiment?.values.seed} · ${t("time.at", at)} · t = ${Math.round(status?.t ?? 0)} · ${t("block.engine")} ${status?.device}`, link];
  return {
    canvas: plate({ panels, title: `${t("site.name")} · ${pick(schema.title)}`, lines, colours, font: getComputedStyle(document.body).fontFamily }),
    title: pick(schema.title), name: `chailou-ddpm-seed${experiment?.values.seed}-step${at.at}.png`, link,
  };
}

export const ddpm = { mount, watched: { pull: ["x", "x0", "eps"], rest: ["film"], once: ["times", "schedule", "picture"] } };

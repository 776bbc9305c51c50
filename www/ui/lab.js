// One lab on the page: its own parts, and what every lab has: the panel, the timeline, claims, notes that act, keys, the saved picture, an end.
import { drawMeasured } from "../views/canvas.js";
import { controls, typesetSymbols } from "./controls.js";
import { h } from "./dom.js";
import { notes } from "./notes.js";
import { createActing, plainly } from "./phrases.js";
import { poster } from "./poster.js";
import { claims } from "./readouts.js";
import { withButtons } from "./source.js";
import { fetchStyle, wear } from "./styles.js";
import { timeline } from "./timeline.js";
import { katex, uPlot } from "./vendor.js";
/** @import { Experiment, LabContext, Schema } from "../types.js" */
/** @import { PageKey, Strings, Words } from "./i18n.js" */
/** @import { Player, State } from "./player.js" */
/** @import { Imprint } from "../views/imprint.js" */
/** @import { Palette } from "../views/palette.js" */

/**
 * @template {Words} [Speech=Words]
 * @typedef {Omit<LabContext, "words"> & {words: Speech, signal: AbortSignal, redraw: () => void, draw: () => void}} Desk what a lab is built on:
 * signal: the lab ends, and with it whatever listens to more than its own elements; redraw: with the next frame; draw: now
 */

/**
 * @typedef {object} Part a piece of the page that draws
 * @property {Element} [element]
 * @property {(state: State, palette: Palette, look: any) => void} update look: what the lab's `look` answered
 * @property {(uPlot: any) => void} [equip] the library of charts has come
 * @property {() => void} [measure] its place has another size
 * @property {() => void} [repaint] the colours are others
 */
/** @typedef {Node | Part} Piece */

/**
 * @typedef {object} Composition where the parts of a lab stand, and what it does otherwise than other labs; all but the stage may be left out
 * @property {Piece | Piece[]} stage above the timeline; a phrase of the notes leads to the first of it
 * @property {string} [kind] a class for the sheet
 * @property {Piece[]} [below] the timeline
 * @property {Piece[]} [beside] the stage, under the settings
 * @property {Piece[]} [before] the notes
 * @property {Piece[]} [evidence] beside the notes
 * @property {Piece[]} [after] the notes
 * @property {Part[]} [inner] parts that stand within others
 * @property {(values: Experiment["values"]) => unknown} [set] what a control does; changes the experiment, unless said
 * @property {Partial<Parameters<typeof controls>[0]>} [panel]
 * @property {Parameters<typeof timeline>[2]} [time]
 * @property {import("./phrases.js").Phrases} [phrases]
 * @property {(state: State) => unknown} [look] what the parts are shown besides the state; null: there is nothing to draw yet
 * @property {(state: State) => void} [listen] to each change of the state, before it is drawn
 * @property {(event: KeyboardEvent) => boolean} [takes] whether a key pressed on the sheet is the lab's, before the page has it
 * @property {(event: KeyboardEvent) => boolean} [keys] whether the lab has a use of its own for a key that the page has none for
 * @property {(imprint: Imprint) => {canvas: HTMLCanvasElement, title: string, name: string}} [plate] the saved picture
 * @property {() => number} [scale] CSS pixels a picture's pixel
 * @property {() => unknown} [later] what can wait until the first picture is there
 * @property {() => Promise<() => void>} [hold] what goes on by itself stands still and is noted, until the answer is called
 * @property {() => void} [leave] another experiment comes by a link: what goes on by itself, ends
 */

/**
 * @typedef {object} LabSpec
 * @property {Strings} [strings]
 * @property {URL} [style]
 * @property {{en: URL, zh: URL}} [notes]
 * @property {{pull: string[], rest: string[], once: string[]}} watched frames: with every pull, when things rest, once an opening
 * @property {{columns?: import("./tables.js").Columns, more?: string[]}} [numbers] what leaves as tables: names of columns by the frame, and frames that are not watched
 * @property {(desk: Desk<any>) => Composition} compose
 */

/** A lab whose code has come, with its style sheet. @param {Promise<{lab: LabSpec}>} module */
export async function ready(module) {
  const { lab } = await module;
  if (lab.style) await fetchStyle(lab.style);
  return {
    watched: lab.watched,
    mount: (/** @type {LabContext} */ context) => mountLab(context, lab),
  };
}

/** @param {Piece} piece */
const nodeOf = (piece) => (piece instanceof Node ? piece : (piece.element ?? null));

/** @param {LabContext} context @param {LabSpec} spec */
export function mountLab(context, spec) {
  const { player, schema, palette } = context;
  const words = context.words.with(spec.strings ?? {});
  const end = new AbortController();
  const { signal } = end;
  let drawn = 0;
  let anew = false;
  const redraw = () => void (signal.aborted || (drawn ||= requestAnimationFrame(draw)));
  const made = spec.compose({ ...context, words, signal, redraw, draw });
  wear(spec.style);

  const stage = [made.stage].flat();
  const { below = [], beside = [], before = [], evidence = [], after = [], inner = [] } = made;
  const parts = /** @type {Part[]} */ (
    [stage, below, beside, before, evidence, after, inner].flat().filter((piece) => !(piece instanceof Node))
  );
  const place = /** @type {Element} */ (nodeOf(stage[0]));
  /** Whether more than the stage has been drawn. */
  let whole = false;
  const set =
    made.set ??
    ((/** @type {Experiment["values"]} */ values, more = {}) => context.edit({ values, ...more }));
  const fillPanel = () =>
    controls({
      parameters: schema.parameters,
      groups: schema.groups,
      first: schema.first,
      more: context.more,
      words,
      help: context.help,
      onchange: set,
      ...made.panel,
    });
  /** The settings come when the first picture stands. @type {ReturnType<typeof fillPanel> | null} */
  let panel = null;
  const time = timeline(player, words, made.time);
  const proof = claims(player, words, () => context.home.csv("readouts", `chailou-${schema.id}-claims.csv`));
  const acting = createActing(
    { player, words, stage: place, claims: proof.element },
    made.phrases ?? plainly(schema, set),
  );
  const text = spec.notes && !context.embed ? notes(words, spec.notes, acting.act, signal) : null;
  const side = h("aside", { class: "panel", "aria-label": words.t("panel.title") });
  const elements = arrange({
    made,
    side,
    time,
    text,
    proof,
    visit: acting.element,
    embed: context.embed,
  });

  const figures = withButtons(elements, words, (numbers, name) =>
    context.home.csv(numbers, `chailou-${schema.id}-${name}.csv`),
  );

  function draw() {
    cancelAnimationFrame(drawn);
    drawn = 0;
    const { state } = player;
    if (signal.aborted || !state.status) return;
    const look = made.look?.(state);
    if (look === null) return;
    // Some parts draw again only what has changed: a palette of its own has them draw everything.
    const colours = anew ? { ...palette() } : palette();
    drawMeasured(canvases(), () => {
      // What a visitor came for stands on the screen first, all else a frame later.
      for (const part of whole ? parts : parts.filter((part) => stage.includes(part)))
        if (part.element?.isConnected !== false) part.update(state, colours, look);
      time.update(state, colours);
      if (whole) proof.update(state);
    });
    figures.update();
    if (whole) return;
    whole = true;
    redraw();
  }

  /** Those that are drawn on, each watched from now on. */
  function canvases() {
    const all = elements.flatMap((element) => [...element.querySelectorAll("canvas")]);
    for (const canvas of all) observer.observe(canvas);
    return all;
  }

  const unsubscribe = player.subscribe((state) => {
    if (state.wanted) panel?.update(state.wanted.values);
    made.listen?.(state);
    // The first picture has been waited for long enough.
    if (whole) redraw();
    else draw();
  });
  const observer = new ResizeObserver(() => {
    for (const part of parts) part.measure?.();
    redraw();
  });
  elements.forEach((element) => observer.observe(element));
  elements[0].addEventListener("keydown", (event) => {
    if (!made.takes?.(/** @type {KeyboardEvent} */ (event))) return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    elements,
    /** @param {KeyboardEvent} event */
    keys: (event) => void (made.keys?.(event) || time.keys(event)),
    repaint() {
      redraw();
      for (const part of parts) part.repaint?.();
    },
    /** The first picture stands on the screen. */
    later() {
      panel = fillPanel();
      const keys = h("p", { class: "keys" }, words.t("time.list"));
      side.append(panel.element, .../** @type {Node[]} */ (beside.map(nodeOf)), keys, context.titleblock);
      if (player.state.wanted) panel.update(player.state.wanted.values);
      return fetchLate({ text, parts, elements, redraw, signal, more: made.later });
    },
    /** The saved picture. @param {Imprint} imprint */
    plate: (imprint) => ({
      link: imprint.link,
      ...(made.plate?.(imprint) ??
        poster({ state: player.state, stage: place, words, schema, palette: palette(), imprint })),
    }),
    numbers: {
      columns: spec.numbers?.columns ?? {},
      names: [
        ...new Set(
          [spec.watched.pull, spec.watched.rest, spec.watched.once, spec.numbers?.more ?? []].flat(),
        ),
      ],
    },
    figures: figures.seen,
    /** Draws everything anew, at once. */
    paint() {
      for (const part of parts) part.repaint?.();
      anew = true;
      draw();
      anew = false;
    },
    stage: place,
    scale: () => made.scale?.() ?? null,
    hold: () => made.hold?.() ?? Promise.resolve(() => {}),
    /** Another experiment comes by a link: the lab stays, and nothing of the one before goes on in it. */
    leave() {
      acting.forget();
      made.leave?.();
    },
    destroy() {
      end.abort();
      unsubscribe();
      observer.disconnect();
      cancelAnimationFrame(drawn);
      context.help.hide();
    },
  };
}

/**
 * The page of a lab, from the sheet down to the claims.
 * @param {object} page
 * @param {Composition} page.made
 * @param {Element} page.side the panel, to be filled
 * @param {{element: Element}} page.time
 * @param {{element: Element} | null} page.text
 * @param {{element: Element}} page.proof
 * @param {Element} page.visit
 * @param {string | null} page.embed a figure in somebody else's page: little else is wanted
 */
function arrange({ made, side, time, text, proof, visit, embed }) {
  const nodes = (/** @type {Piece | Piece[]} */ pieces = []) => [pieces].flat().map(nodeOf);
  const sheet = h(
    "div",
    { class: made.kind ? `sheet ${made.kind}` : "sheet" },
    h(
      "div",
      { class: "work" },
      nodes(made.stage),
      embed !== "figure" && time.element,
      !embed && nodes(made.below),
    ),
    (!embed || embed === "settings") && side,
  );
  if (embed) return [sheet];
  const evidence = made.evidence && h("div", { class: "evidence" }, nodes(made.evidence));
  const study = (text || evidence) && h("div", { class: "study" }, text?.element, evidence);
  const all = [sheet, ...nodes(made.before), study, ...nodes(made.after), proof.element, text && visit];
  return /** @type {Element[]} */ (all.filter(Boolean));
}

/**
 * What can wait until the first picture is there: the notes, formulas, the library of charts.
 * @param {object} what
 * @param {{load: () => unknown} | null} what.text
 * @param {Part[]} what.parts
 * @param {Element[]} what.elements
 * @param {() => void} what.redraw
 * @param {AbortSignal} what.signal
 * @param {() => unknown} [what.more]
 */
async function fetchLate({ text, parts, elements, redraw, signal, more }) {
  more?.();
  text?.load();
  const charts = parts.filter((part) => part.equip);
  if (charts.length)
    uPlot()
      .then((library) => signal.aborted || charts.forEach((part) => part.equip?.(library)))
      .then(redraw, () => {});
  const tex = await katex().catch(() => null);
  if (tex && !signal.aborted)
    elements.forEach((element) =>
      typesetSymbols(element, (symbol) => tex.renderToString(symbol, { throwOnError: false })),
    );
}

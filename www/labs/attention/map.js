// The large map: pointer and keys choose a cell, its tools may cut or set it; the sheet zooms, moves, and follows the text.
import { heatmap, placing } from "../../views/heatmap.js";
import { ramp } from "../../views/ramp.js";
import { h, reducedMotion, write } from "../../ui/dom.js";
import { about } from "./about.js";
import { headState, stroke } from "./edits.js";
import { glyph } from "./glyphs.js";
import { seen, viewName, views } from "./maps.js";
import { between, following, holding, near, panned, snapped, whole, zoomed } from "./span.js";
import { sentence } from "./twin.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Cell } from "./edits.js" */
/** @import { Place, Shown } from "./focus.js" */
/** @import { Sight } from "./gaze.js" */
/** @import { View } from "./maps.js" */
/** @import { Span } from "./span.js" */

/** @typedef {"look" | "cut" | "set"} Tool */
/** CSS pixels a letter needs. */
const legible = 7;
/** ms in which the sheet goes two thirds of its way. */
const glide = 70;

/**
 * @param {object} needs
 * @param {import("./strings.js").Words} needs.words
 * @param {import("../../ui/popover.js").Help} needs.help
 * @param {(part: Partial<Place> | null) => void} needs.onhover
 * @param {(part: Partial<Place>) => void} needs.choose
 * @param {() => void} needs.release
 * @param {(view: View) => void} needs.onview
 * @param {(cells: Cell[], on: boolean) => void} needs.oncut
 * @param {(cell: Cell, value: number | null) => void} needs.onset
 * @param {ReturnType<typeof import("./head-tools.js").headTools>} needs.tools what a press on a cell does
 * @param {() => void} needs.redraw
 */
export function map({
  words: { t },
  help,
  onhover,
  choose,
  release,
  onview,
  oncut,
  onset,
  tools: instruments,
  redraw,
}) {
  const canvas = h("canvas", {
    class: "heatmap",
    role: "img",
    tabindex: 0,
    "data-keys": true,
    "aria-describedby": "map-said",
  });
  const draw = heatmap(canvas);
  const title = h("h2", { class: "map-title" });
  const preview = h("span", { class: "previewing" }, t("map.preview"));
  const radios = views.map((value) =>
    h("input", { type: "radio", name: "map-view", value, onchange: () => onview(value) }),
  );
  const choice = h(
    "div",
    { class: "segments map-views", role: "radiogroup", "aria-label": t("map.view") },
    radios.map((radio, i) => h("label", {}, radio, h("span", {}, t(viewName[views[i]])))),
  );
  const bar = h("canvas", { class: "ramp", "aria-hidden": "true" });
  const drawBar = ramp(bar);
  const barSays = h("span", {});
  const said = h("p", { class: "said", id: "map-said", role: "status" });
  /** @type {Span | null} what was asked for; null follows the text */
  let wish = null;
  let all = false;
  /** @type {Span | null} */
  let shown = null;
  let moved = 0;
  let [size, total] = [0, 0];
  /** @type {Shown | null} */
  let looked = null;
  /** @type {Set<string>} */
  let cuts = new Set();
  /** @type {Map<string, number>} */
  let sets = new Map();
  /** @type {{from: Cell, cells: Map<string, Cell>, on: boolean} | null} a stroke under way */
  let pen = null;
  /** @type {{x: number, y: number, span: Span, far: boolean} | null} */
  let drag = null;

  /** @param {string} label @param {string} long @param {() => void} onclick */
  const tool = (label, long, onclick) =>
    h("button", { type: "button", class: "tool", "aria-label": long, title: long, onclick }, label);
  const follow = tool(t("map.follow"), t("map.follow.long"), () => look(null));
  const every = tool(t("map.all"), t("map.all"), () => look(null, true));
  const tools = h(
    "div",
    { class: "buttons zoom", role: "group", "aria-label": t("map.whole.tools") },
    tool("−", t("map.farther"), () => zoom(1.5)),
    tool("+", t("map.closer"), () => zoom(1 / 1.5)),
    every,
    follow,
  );
  const element = h(
    "section",
    { class: "map", "aria-labelledby": "map-title" },
    h(
      "header",
      {},
      h("div", { class: "map-name" }, title, about(help, t, t("map.map"), t("map.help")), preview),
      instruments.ops,
    ),
    h(
      "div",
      { class: "head-tools" },
      h("div", { class: "tool-row" }, instruments.cells, choice),
      instruments.form,
    ),
    h("div", { class: "map-frame" }, canvas),
    h(
      "div",
      { class: "map-foot" },
      h("figure", { class: "map-legend" }, bar, h("figcaption", {}, barSays)),
      tools,
    ),
    said,
    instruments.hint,
  );
  title.id = "map-title";

  /** @param {Span | null} span @param {boolean} [everything] */
  function look(span, everything = false) {
    [wish, all] = [span, everything];
    redraw();
  }
  /** @param {number} factor @param {{q: number, k: number}} [around] */
  function zoom(factor, around) {
    if (!shown) return;
    const now = target();
    const cell = looked?.cell;
    const wide = zoomed(
      now,
      factor,
      around ??
        (cell
          ? { q: cell[0] - 0.5, k: cell[1] - 0.5 }
          : { q: now.row + now.count / 2, k: now.column + now.count / 2 }),
      total,
    );
    look(around ? wide : snapped(wide, total));
  }
  const target = () =>
    wish ?? (all ? whole(total) : following(size, total, Math.floor((canvas.clientWidth - 30) / legible)));

  /** @param {PointerEvent} event @returns {Cell | null} the cell under the pointer, from 1; the diagonal of its row where the future is */
  function under(event) {
    if (!shown) return null;
    const at = placing(shown, canvas.clientWidth).under(event.offsetX, event.offsetY);
    return at && at.q < size ? [at.q + 1, Math.min(at.q, at.k) + 1] : null;
  }
  canvas.addEventListener("pointermove", (event) => {
    const cell = under(event);
    if (drag && shown) {
      const unit = placing(drag.span, canvas.clientWidth).cell;
      const [down, across] = [(drag.y - event.offsetY) / unit, (drag.x - event.offsetX) / unit];
      drag.far ||= Math.hypot(down, across) * unit > 5;
      if (drag.far && drag.span.count < total) look((shown = panned(drag.span, down, across, total)));
      if (drag.far) return;
    }
    if (pen && cell) {
      for (const one of stroke(pen.from, cell))
        if (pen.on !== cuts.has(String(one))) pen.cells.set(String(one), one);
      pen.from = cell;
    }
    if (event.pointerType !== "touch" || pen) onhover(cell ? { cell } : null);
  });
  canvas.addEventListener("pointerleave", () => !pen && onhover(null));
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !shown) return;
    const cell = under(event);
    const { tool } = instruments.now();
    if (tool === "look") {
      canvas.setPointerCapture(event.pointerId);
      drag = { x: event.offsetX, y: event.offsetY, span: shown, far: false };
    } else if (tool === "cut" && cell) {
      canvas.setPointerCapture(event.pointerId);
      const on = !cuts.has(String(cell));
      pen = { from: cell, cells: new Map([[String(cell), cell]]), on };
      redraw();
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    const cell = under(event);
    const still = !drag?.far;
    if (drag?.far && wish) look(snapped(wish, total));
    drag = null;
    if (pen) return lift();
    if (!cell || !still) return;
    if (instruments.now().tool === "set") return put(cell);
    if (instruments.now().tool === "look") keep(cell);
  });
  canvas.addEventListener("pointercancel", () => {
    drag = pen = null;
    redraw();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey || !shown) return;
      event.preventDefault();
      const { cell } = placing(shown, canvas.clientWidth);
      const at = placing(shown, canvas.clientWidth);
      zoom(Math.exp(event.deltaY / 200), {
        q: shown.row + (event.offsetY - at.y(shown.row)) / cell,
        k: shown.column + (event.offsetX - at.x(shown.column)) / cell,
      });
    },
    { passive: false },
  );

  /** A second click on what is kept lets it go. @param {Cell} cell */
  function keep(cell) {
    const same = looked?.cell && String(looked.cell) === String(cell) && canvas.dataset.kept === String(cell);
    onhover(null);
    if (same) release();
    else choose({ cell });
  }
  function lift() {
    const made = pen;
    pen = null;
    if (made) oncut([...made.cells.values()], made.on);
  }
  /** @param {Cell} cell */
  function put(cell) {
    const { value } = instruments.now();
    onset(cell, sets.get(String(cell)) === value ? null : value);
  }

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !looked) return;
    const [q, k] = looked.cell ?? [looked.token, looked.token];
    const far = event.shiftKey ? 10 : 1;
    /** @type {Record<string, () => Cell>} */
    const moves = {
      ArrowUp: () => [Math.max(1, q - far), Math.min(k, Math.max(1, q - far))],
      ArrowDown: () => [Math.min(size, q + far), k],
      ArrowLeft: () => [q, Math.max(1, k - far)],
      ArrowRight: () => [q, Math.min(q, k + far)],
      Home: () => [q, 1],
      End: () => [q, q],
    };
    const { tool } = instruments.now();
    if (moves[event.key]) step(moves[event.key]());
    else if ((event.key === " " || event.key === "Enter") && tool === "cut")
      oncut([[q, k]], !cuts.has(`${q},${k}`));
    else if ((event.key === " " || event.key === "Enter") && tool === "set") put([q, k]);
    else if (event.key === " " || event.key === "Enter") choose({ cell: [q, k] });
    else if (event.key === "+") zoom(1 / 1.5);
    else if (event.key === "-") zoom(1.5);
    else return;
    event.preventDefault();
  });
  /** @param {Cell} cell */
  function step(cell) {
    onhover(null);
    choose({ cell });
    // Keys may come faster than drawings.
    if (looked) looked = { ...looked, cell, token: cell[0] };
    if (shown) {
      const held = holding(target(), cell[0] - 1, cell[1] - 1, total);
      if (held !== target() && !near(held, target())) look(held);
    }
  }

  /** Goes some of the way to where the sheet should be; the rest with the next frames. */
  function slide() {
    const goal = target();
    const now = performance.now();
    const part = !shown || reducedMotion() ? 1 : 1 - Math.exp(-Math.min(100, now - moved) / glide);
    moved = now;
    shown = shown ? between(shown, goal, part) : goal;
    if (near(shown, goal)) shown = goal;
    else requestAnimationFrame(redraw);
    return shown;
  }

  /** @param {string} pair @returns {Cell} */
  const cellOf = (pair) => /** @type {Cell} */ (pair.split(",").map(Number));

  /** @param {State} state @param {Palette} palette @param {Sight} focus */
  function update({ frames }, { colours, shade, signed }, focus) {
    const { view, total: letters, text, list, locked, hidden } = focus;
    const head = seen(frames, view, focus.layer, focus.head);
    if (!head) return;
    [size, total, looked] = [head.size, letters, focus];
    const state = headState(list, focus.layer, focus.head);
    ({ cuts, sets } = state);
    const strokes = new Set(cuts);
    for (const cell of pen?.cells.keys() ?? []) pen?.on ? strokes.add(cell) : strokes.delete(cell);
    const scale = view === "difference" ? signed : shade;
    const font = getComputedStyle(element).getPropertyValue("--mono");
    canvas.dataset.kept = String(locked.cell ?? "");
    canvas.dataset.tool = instruments.now().tool;
    const cell = focus.cell && focus.cell[0] <= size ? focus.cell : null;
    draw({
      map: head,
      span: slide(),
      letters: text.slice(0, size).map(glyph),
      token: Math.min(size, focus.token),
      cell,
      locked: !focus.hover?.cell,
      cuts: [...strokes].map(cellOf).filter(([q]) => q <= size),
      sets: [...sets.keys()].map(cellOf).filter(([q]) => q <= size),
      hidden,
      scale,
      colours,
      font,
    });
    const place = { layer: focus.layer, head: focus.head };
    write(title, t("map.title", place));
    preview.classList.toggle(
      "on",
      focus.hover?.head !== undefined && (focus.layer !== locked.layer || focus.head !== locked.head),
    );
    radios.forEach((radio) => (radio.checked = radio.value === view));
    choice.classList.toggle("away", !list.length);
    every.setAttribute("aria-pressed", String(all && !wish));
    follow.setAttribute("aria-pressed", String(!all && !wish));
    canvas.setAttribute("aria-label", t("map.alt", { ...place, view: t(viewName[view]), n: size }));
    const mark = cell && cuts.has(String(cell)) ? "cut" : cell && sets.has(String(cell)) ? "set" : null;
    const silent = view === "edited" && state.off;
    write(
      said,
      sentence(t, { map: head, text, view, ...place, token: Math.min(size, focus.token), cell, mark }) +
        (silent ? t("twin.off") : ""),
    );
    const small = `11px ${getComputedStyle(element).fontFamily}`;
    const narrow = bar.clientWidth < 240;
    const ticks =
      view === "difference"
        ? narrow
          ? [-1, 0, 1]
          : [-1, -0.25, -0.05, 0, 0.05, 0.25, 1]
        : narrow
          ? [0, 0.05, 0.25, 1]
          : [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];
    drawBar({
      scale,
      signed: view === "difference",
      ticks: ticks.map((at) => ({
        at,
        text: `${Math.round(100 * at)}${at === 1 ? " %" : ""}`.replace("-", "−"),
      })),
      colours,
      font: small,
    });
    write(barSays, t(view === "difference" ? "map.legend.difference" : "map.legend"));
  }

  return {
    element,
    canvas,
    update,
    /** CSS pixels a cell. */
    scale: () => (shown ? placing(shown, canvas.clientWidth).cell : 1),
    /** @returns {Span} */
    span: () => shown ?? target(),
  };
}

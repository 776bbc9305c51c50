// The large map: pointer and keys choose a cell, its tools may cut or set it; the sheet zooms, moves, and follows the text.
import { heatmap } from "../../views/heatmap.js";
import { h, write } from "../../ui/dom.js";
import { source } from "../../ui/source.js";
import { about } from "./about.js";
import { createCamera } from "./camera.js";
import { headState } from "./edits.js";
import { glyph } from "./glyphs.js";
import { seen, viewName, views } from "./maps.js";
import { pointing } from "./pointing.js";
import { shares } from "./portions.js";
import { sentence } from "./twin.js";
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Cell } from "./edits.js" */
/** @import { Place } from "./focus.js" */
/** @import { Sight } from "./gaze.js" */
/** @import { View } from "./maps.js" */

/** @param {string} pair @returns {Cell} */
const cellOf = (pair) => /** @type {Cell} */ (pair.split(",").map(Number));

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
export function map({ words, help, onview, tools, redraw, ...on }) {
  const { t } = words;
  const canvas = h("canvas", {
    class: "heatmap",
    role: "img",
    tabindex: 0,
    "data-keys": true,
    "aria-describedby": "map-said",
  });
  const draw = heatmap(canvas);
  const camera = createCamera(canvas, redraw);
  const pointer = pointing({ canvas, camera, tool: tools.now, redraw, ...on });
  const title = h("h2", { class: "map-title", id: "map-title" });
  const preview = h("span", { class: "previewing" }, t("map.preview"));
  const radios = views.map((value) =>
    h("input", { type: "radio", name: "map-view", value, onchange: () => onview(value) }),
  );
  const choice = h(
    "div",
    { class: "segments map-views", role: "radiogroup", "aria-label": t("map.view") },
    radios.map((radio, i) => h("label", {}, radio, h("span", {}, t(viewName[views[i]])))),
  );
  const legend = shares(words);
  const said = h("p", { class: "said", id: "map-said", role: "status" });

  /** @param {string} label @param {string} long @param {() => void} onclick */
  const button = (label, long, onclick) =>
    h("button", { type: "button", class: "tool", "aria-label": long, title: long, onclick }, label);
  const follow = button(t("map.follow"), t("map.follow.long"), () => camera.look(null));
  const every = button(t("map.all"), t("map.all"), () => camera.look(null, true));
  const zooms = h(
    "div",
    { class: "buttons zoom", role: "group", "aria-label": t("map.whole.tools") },
    button("−", t("map.farther"), () => pointer.zoom(1.5)),
    button("+", t("map.closer"), () => pointer.zoom(1 / 1.5)),
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
      tools.ops,
    ),
    h("div", { class: "head-tools" }, h("div", { class: "tool-row" }, tools.cells, choice), tools.form),
    h("div", { class: "map-frame" }, canvas),
    h("div", { class: "map-foot" }, legend.element, zooms),
    said,
    tools.hint,
  );

  // What stands below it saves the map as it is seen, with its letters.
  source(element, { head: false, drawn: false, numbers: () => ["maps"] });

  /** @param {State} state @param {Palette} palette @param {Sight} focus */
  function update({ frames }, palette, focus) {
    const { view, total, text, list, locked, hidden, layer, head } = focus;
    const shown = seen(frames, view, layer, head);
    if (!shown) return;
    const { size } = shown;
    const { off, cuts, sets } = headState(list, layer, head);
    camera.grow(size, total);
    pointer.see({ looked: focus, size, cuts, sets });
    canvas.dataset.kept = String(locked.cell ?? "");
    canvas.dataset.tool = tools.now().tool;
    const cell = focus.cell && focus.cell[0] <= size ? focus.cell : null;
    const token = Math.min(size, focus.token);
    draw({
      map: shown,
      span: camera.slide(),
      letters: text.slice(0, size).map(glyph),
      token,
      cell,
      locked: !focus.hover?.cell,
      cuts: pointer
        .strokes()
        .map(cellOf)
        .filter(([q]) => q <= size),
      sets: [...sets.keys()].map(cellOf).filter(([q]) => q <= size),
      hidden,
      scale: view === "difference" ? palette.signed : palette.shade,
      colours: palette.colours,
      font: getComputedStyle(element).getPropertyValue("--mono"),
    });
    write(title, t("map.title", { layer, head }));
    preview.classList.toggle(
      "on",
      focus.hover?.head !== undefined && (layer !== locked.layer || head !== locked.head),
    );
    radios.forEach((radio) => (radio.checked = radio.value === view));
    choice.classList.toggle("away", !list.length);
    every.setAttribute("aria-pressed", String(camera.seesAll()));
    follow.setAttribute("aria-pressed", String(camera.follows()));
    canvas.setAttribute("aria-label", t("map.alt", { layer, head, view: t(viewName[view]), n: size }));
    const mark = cell && cuts.has(String(cell)) ? "cut" : cell && sets.has(String(cell)) ? "set" : null;
    const silent = view === "edited" && off;
    write(
      said,
      sentence(t, { map: shown, text, view, layer, head, token, cell, mark }) + (silent ? t("twin.off") : ""),
    );
    legend.update(view, palette);
  }

  return { element, update, scale: camera.scale, span: camera.span };
}

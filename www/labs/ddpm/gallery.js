// Choosing a building: ten quick digits on the panel, all 360 and the painter in a dialog.
import { pixels } from "../../views/pixels.js";
import { fill, h, icon } from "../../ui/dom.js";
import { painter } from "./painter.js";
/** @import { Frame } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "../../ui/i18n.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @typedef {{frame: Frame, labels: Uint8Array}} Gallery */

/** The next picture of a digit after the current one, round and round. @param {ArrayLike<number>} labels @param {number} digit @param {number} current */
export function nextOf(labels, digit, current) {
  const { length } = labels;
  for (let k = 1; k <= length; k++) if (labels[(current + k) % length] === digit) return (current + k) % length;
  return current;
}

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {() => Palette} needs.palette
 * @param {(picture: number) => void} needs.onpick
 * @param {(pixels: number[] | null) => void} needs.onpaint
 */
export function gallery({ words, palette, onpick, onpaint }) {
  const { t } = words;
  /** @type {Gallery | null} */
  let all = null;
  let current = 0;
  /** @type {number | null} */
  let filter = null;
  /** @type {(() => void)[]} */
  let draws = [];
  const brush = painter(words, palette, onpaint);
  const quick = h("div", { class: "quick", role: "group", "aria-label": t("gallery.title") });
  const chips = h("div", { class: "segments chips", role: "radiogroup", "aria-label": t("gallery.filter") });
  const list = h("div", { class: "thumbs", role: "group", "aria-label": t("gallery.list"), "data-keys": true });
  const dialog = h("dialog", { class: "dialog gallery", "aria-labelledby": "gallery-title" },
    h("header", {}, h("h2", { id: "gallery-title" }, t("gallery.title")),
      h("button", { type: "button", class: "mini", "aria-label": t("close"), onclick: () => dialog.close() }, icon("M6 6l12 12M18 6L6 18"))),
    h("div", { class: "columns" }, h("div", {}, chips, list), brush.element));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  const open = h("button", { type: "button", class: "quiet", onclick: () => (dialog.showModal(), build(), brush.repaint()) }, t("gallery.open"));
  const element = h("div", { class: "site" }, quick, open, dialog);

  /** @param {number} index @param {string} label @param {() => void} onclick */
  function thumb(index, label, onclick) {
    const canvas = h("canvas", { "aria-hidden": "true" });
    const button = h("button", { type: "button", "aria-label": label, title: label, onclick, "data-picture": index }, canvas);
    const view = pixels(canvas);
    const draw = () => {
      const { picture, colours } = palette();
      if (all) view({ values: all.frame.data.subarray(64 * index, 64 * (index + 1)), columns: 8, scale: picture, colours });
    };
    return { button, draw };
  }

  function buildQuick() {
    if (!all) return;
    const { labels } = all;
    const made = Array.from({ length: 10 }, (_, digit) => {
      const chosen = labels[current] === digit && !brush.painted();
      const made = thumb(labels[current] === digit ? current : nextOf(labels, digit, current), t("gallery.quick", { digit }), () => onpick(chosen ? nextOf(labels, digit, current) : labels[current] === digit ? current : nextOf(labels, digit, current)));
      made.button.setAttribute("aria-pressed", String(chosen));
      return made;
    });
    const focused = [...quick.children].indexOf(/** @type {Element} */ (document.activeElement));
    fill(quick, ...made.map(({ button }) => button));
    if (focused >= 0) made[focused].button.focus();
    made.forEach(({ draw }) => draw());
    draws = made.map(({ draw }) => draw);
  }

  /** The dialog's thumbnails are made when it opens: 360 canvases are not for the first second. */
  function build() {
    if (!all || !dialog.open) return;
    const { labels } = all;
    fill(chips, ...[null, ...Array(10).keys()].map((digit) => h("label", {},
      h("input", { type: "radio", name: "gallery-filter", checked: digit === filter, onchange: () => ((filter = digit), build()) }),
      h("span", {}, digit === null ? t("gallery.all") : String(digit)))));
    const shown = [...labels.keys()].filter((index) => filter === null || labels[index] === filter);
    const made = shown.map((index) => thumb(index, t("gallery.one", { digit: labels[index], n: index }), () => onpick(index)));
    made.forEach(({ button }, i) => {
      button.setAttribute("aria-pressed", String(shown[i] === current));
      button.tabIndex = shown[i] === current || (i === 0 && !shown.includes(current)) ? 0 : -1;
    });
    const focused = document.activeElement?.getAttribute("data-picture");
    const { scrollTop } = list;
    fill(list, ...made.map(({ button }) => button));
    list.scrollTop = scrollTop;
    made.forEach(({ draw }) => draw());
    if (focused && list) /** @type {HTMLElement | null} */ (list.querySelector(`[data-picture="${focused}"]`))?.focus({ preventScroll: true });
  }
  list.addEventListener("keydown", (event) => {
    const buttons = /** @type {HTMLElement[]} */ ([...list.children]);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const across = buttons.findIndex((button) => button.offsetTop > buttons[0].offsetTop);
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    if (at < 0 || !move || !buttons[at + move]) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[at + move].tabIndex = 0;
    buttons[at + move].focus();
  });

  return {
    element,
    /** @param {Gallery} given */
    fill(given) {
      all = given;
      buildQuick();
    },
    /** @param {State} state */
    update({ experiment, frames }) {
      if (!experiment || !frames.picture) return;
      const picture = Number(experiment.values.picture);
      const changed = picture !== current || (experiment.pixels !== null) !== brush.painted();
      current = picture;
      brush.update(frames.picture.data, experiment.pixels !== null);
      if (changed) (buildQuick(), build());
    },
    repaint: () => (draws.forEach((draw) => draw()), build(), brush.repaint()),
  };
}

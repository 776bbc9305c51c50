// Choosing a building: one of each class on the panel, all 360 and, for digits, the painter in a dialog.
import { pixels } from "../../views/pixels.js";
import { crossButton, fill, h, write } from "../../ui/dom.js";
import { painter } from "./painter.js";
import { pictureOf } from "./pictures.js";
/** @import { Frame } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @typedef {{frame: Frame, labels: Uint8Array}} Gallery */

/** The next picture of a class after the current one, round and round. @param {ArrayLike<number>} labels @param {number} label @param {number} current */
export function nextOf(labels, label, current) {
  const { length } = labels;
  for (let k = 1; k <= length; k++)
    if (labels[(current + k) % length] === label) return (current + k) % length;
  return current;
}

/**
 * @param {object} needs
 * @param {Words} needs.words
 * @param {() => Palette} needs.palette
 * @param {import("./labels.js").Labels} needs.labels
 * @param {(name: string) => Promise<Gallery>} needs.fetch the pictures of a data set
 * @param {(picture: number) => void} needs.onpick
 * @param {(pixels: number[] | null) => void} needs.onpaint
 */
export function gallery({ words, palette, labels: names, fetch, onpick, onpaint }) {
  const { t, pick } = words;
  /** @type {Gallery | null} */
  let all = null;
  let data = "";
  let current = 0;
  let wanted = false;
  /** @type {number | null} */
  let filter = null;
  /** @type {(() => void)[]} */
  let draws = [];
  const brush = painter(words, palette, onpaint);
  const quick = h("div", { class: "quick", role: "group", "aria-label": t("gallery.title") });
  const chips = h("div", { class: "segments chips", role: "radiogroup", "aria-label": t("gallery.filter") });
  const list = h("div", { class: "thumbs", role: "group", "data-keys": true });
  const columns = h("div", { class: "columns" }, h("div", {}, chips, list), brush.element);
  const dialog = h(
    "dialog",
    { class: "dialog gallery", "aria-labelledby": "gallery-title" },
    h(
      "header",
      {},
      h("h2", { id: "gallery-title" }, t("gallery.title")),
      crossButton(t("close"), () => void dialog.close()),
    ),
    columns,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  const open = h("button", {
    type: "button",
    class: "quiet",
    onclick: () => (dialog.showModal(), build(), brush.repaint()),
  });
  const element = h("div", { class: "site" }, quick, open, dialog);
  const name = (/** @type {number} */ label) => pick(names.of(data)[label]);

  /** @param {number} index @param {string} label @param {() => void} onclick */
  function thumb(index, label, onclick) {
    const canvas = h("canvas", { "aria-hidden": "true" });
    const button = h(
      "button",
      { type: "button", "aria-label": label, title: label, onclick, "data-picture": index },
      canvas,
    );
    const view = pixels(canvas);
    const draw = () => {
      const { picture, colours } = palette();
      if (all) view({ picture: pictureOf(all.frame, index, picture), colours });
    };
    return { button, draw };
  }

  function buildQuick() {
    if (!all) return;
    const { labels } = all;
    const made = names.of(data).map((_, label) => {
      const mine = labels[current] === label;
      const chosen = mine && !brush.painted();
      const shown = mine ? current : nextOf(labels, label, current);
      const made = thumb(
        shown,
        t(data === "digits" ? "gallery.quick.digit" : "gallery.quick.building", { name: name(label) }),
        () => onpick(chosen ? nextOf(labels, label, current) : shown),
      );
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
    fill(
      chips,
      ...[null, ...names.of(data).keys()].map((label) =>
        h(
          "label",
          {},
          h("input", {
            type: "radio",
            name: "gallery-filter",
            checked: label === filter,
            onchange: () => ((filter = label), build()),
          }),
          h("span", {}, label === null ? t("gallery.all") : name(label)),
        ),
      ),
    );
    const shown = [...labels.keys()].filter((index) => filter === null || labels[index] === filter);
    const made = shown.map((index) =>
      thumb(
        index,
        t(data === "digits" ? "gallery.one.digit" : "gallery.one.building", {
          name: name(labels[index]),
          n: index,
        }),
        () => onpick(index),
      ),
    );
    made.forEach(({ button }, i) => {
      button.setAttribute("aria-pressed", String(shown[i] === current));
      button.tabIndex = shown[i] === current || (i === 0 && !shown.includes(current)) ? 0 : -1;
    });
    const focused = document.activeElement?.getAttribute("data-picture");
    const { scrollTop } = list;
    fill(list, ...made.map(({ button }) => button));
    list.scrollTop = scrollTop;
    made.forEach(({ draw }) => draw());
    if (focused && list)
      /** @type {HTMLElement | null} */ (list.querySelector(`[data-picture="${focused}"]`))?.focus({
        preventScroll: true,
      });
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

  /** Another data set: its pictures are fetched, its words used. @param {string} now */
  async function turnTo(now) {
    data = now;
    filter = null;
    element.dataset.data = data;
    columns.classList.toggle("wide", data !== "digits");
    brush.element.hidden = data !== "digits";
    write(open, t(data === "digits" ? "gallery.open.digits" : "gallery.open.buildings"));
    list.setAttribute("aria-label", t(data === "digits" ? "gallery.list.digits" : "gallery.list.buildings"));
    if (!wanted) return;
    const fetched = await fetch(now).catch(() => null);
    if (data !== now) return;
    all = fetched;
    buildQuick();
    build();
  }

  return {
    element,
    /** The label of the picture at the start; null before the gallery has come. */
    label: () => all?.labels[current] ?? null,
    /** The dialog, at its brush. */
    async paint() {
      await turnTo(data);
      open.click();
      brush.element.querySelector("canvas")?.focus();
    },
    /** The first picture is there: now the gallery may take its time. */
    load: () => ((wanted = true), turnTo(data)),
    /** @param {State} state */
    update({ experiment, frames }) {
      if (!experiment || !frames.picture) return;
      const now = String(experiment.values.data ?? "digits");
      const picture = Number(experiment.values.picture);
      const changed = picture !== current || (experiment.pixels !== null) !== brush.painted();
      current = picture;
      if (now === "digits") brush.update(frames.picture.data, experiment.pixels !== null);
      else brush.forget();
      if (now !== data) turnTo(now);
      else if (changed) buildQuick(), build();
    },
    repaint: () => (draws.forEach((draw) => draw()), build(), brush.repaint()),
  };
}

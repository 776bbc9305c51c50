// The film strip and the samples, both of which choose what the stage shows.
import { sizeOf as boxOf } from "../../views/canvas.js";
import { film as drawFilm } from "../../views/film.js";
import { pixels } from "../../views/pixels.js";
import { fill, h } from "../../ui/dom.js";
import { picturesOf, sizeOf } from "./pictures.js";
/** @import { Player, State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @param {Player} player @param {Words} words */
export function strip(player, { t }) {
  const canvas = h("canvas", { class: "film", "aria-hidden": "true", title: t("film.title") });
  const draw = drawFilm(canvas);
  /** @param {PointerEvent} event */
  const seek = ({ offsetX }) => {
    const size = canvas.clientHeight - 2;
    const place = (offsetX - 1 - size / 2) / (canvas.clientWidth - size - 2);
    player.seek(Math.round(Math.min(1, Math.max(0, place)) * (player.state.status?.length ?? 0)));
  };
  /** @param {HTMLCanvasElement} canvas */
  function follow(canvas) {
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      seek(event);
    });
    canvas.addEventListener(
      "pointermove",
      (event) => canvas.hasPointerCapture(event.pointerId) && seek(event),
    );
  }
  follow(canvas);
  const caption = h("p", { class: "samples-caption" }, t("film.beliefs"));
  const second = h("canvas", { class: "film", "aria-hidden": "true", title: t("film.beliefs") });
  const drawBeliefs = drawFilm(second);
  follow(second);
  const below = h("div", { hidden: true }, caption, second);

  /** @param {State} state @param {Palette} palette */
  function update({ film, beliefs, status, frames }, { picture: scale, colours }) {
    if (!status || !frames.x) return;
    const shape = sizeOf(frames.x);
    const { length, at } = status;
    const from = (/** @type {Map<number, Float32Array>} */ row) => (/** @type {number} */ k) => {
      const values = row.get(k);
      return values ? { values, shape, scale } : null;
    };
    draw({ picture: from(film), length, at, colours });
    below.hidden = !beliefs.size;
    if (!below.hidden) drawBeliefs({ picture: from(beliefs), length, at, colours });
  }
  return { element: h("div", { class: "films" }, canvas, below), update, inset: () => boxOf(canvas)[1] / 2 };
}

/** @param {Player} player @param {Words} words */
export function samples(player, { t }) {
  const caption = h("p", { class: "samples-caption" });
  const grid = h("div", { class: "samples", role: "radiogroup", "aria-label": t("samples.title") });
  /** @type {{button: HTMLElement, draw: ReturnType<typeof pixels>}[]} */
  let cells = [];
  grid.addEventListener("keydown", (event) => {
    const columns = Math.ceil(Math.sqrt(cells.length));
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const next = player.state.selected + (move ?? 0);
    if (!move || next < 0 || next >= cells.length) return;
    event.preventDefault();
    player.select(next);
    cells[next].button.focus();
  });

  /** @param {number} count */
  function build(count) {
    cells = Array.from({ length: count }, (_, i) => {
      const canvas = h("canvas", { "aria-hidden": "true" });
      const button = h(
        "button",
        {
          type: "button",
          role: "radio",
          "aria-label": t("samples.one", { n: i + 1 }),
          onclick: () => player.select(i),
        },
        canvas,
      );
      return { button, draw: pixels(canvas) };
    });
    grid.style.setProperty("--columns", String(Math.ceil(Math.sqrt(count))));
    grid.hidden = caption.hidden = count < 2;
    caption.textContent = t("samples.caption", { n: count });
    fill(grid, ...cells.map(({ button }) => button));
  }

  /** @param {State} state @param {Palette} palette */
  function update({ frames, selected }, { picture, colours }) {
    if (!frames.x) return;
    const [count] = frames.x.shape;
    if (count !== cells.length) build(count);
    const pictures = count > 1 ? picturesOf(frames.x, picture) : [];
    cells.forEach(({ button, draw }, i) => {
      button.setAttribute("aria-checked", String(i === selected));
      button.tabIndex = i === selected ? 0 : -1;
      if (count > 1) draw({ picture: pictures[i], colours });
    });
  }
  return { element: h("div", {}, grid, caption), update };
}

// An 8 by 8 sheet to paint on with 17 levels of ink; each stroke is a new experiment.
import { pixels } from "../../views/pixels.js";
import { h, write } from "../../ui/dom.js";
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @param {ArrayLike<number>} values -1..1 @returns {number[]} ink levels 0..16 */
export const toInk = (values) =>
  Array.from(values, (value) => Math.round(Math.min(16, Math.max(0, 8 * (value + 1)))));

/** @param {Words} words @param {() => Palette} palette @param {(pixels: number[] | null) => void} onpaint */
export function painter({ t }, palette, onpaint) {
  /** @type {number[]} */
  let ink = Array(64).fill(0);
  /** @type {(number[] | null)[]} */
  let past = [];
  let painted = false;
  let cursor = 27;
  let stroking = false;
  const canvas = h("canvas", { class: "sheet-8", tabindex: 0, role: "img", "data-keys": true });
  const view = pixels(canvas);
  const level = h("input", { type: "range", min: 0, max: 16, step: 1, value: 16, id: "ink" });
  const spoken = h("p", { class: "unseen", "aria-live": "polite" });
  const undo = h(
    "button",
    { type: "button", class: "button", onclick: () => past.length && send(past.pop() ?? null) },
    t("paint.undo"),
  );
  const clear = h(
    "button",
    { type: "button", class: "button", onclick: () => (remember(), send(Array(64).fill(0))) },
    t("paint.clear"),
  );
  const real = h(
    "button",
    { type: "button", class: "button", onclick: () => (remember(), send(null)) },
    t("paint.real"),
  );
  const own = h("p", { class: "own" }, t("paint.own"));
  const element = h(
    "div",
    { class: "painter" },
    h("h3", {}, t("paint.title")),
    canvas,
    h("label", { for: "ink", class: "ink" }, t("paint.ink"), level),
    h("div", { class: "row" }, undo, clear, real),
    own,
    h("p", { class: "hint" }, t("paint.hint")),
    spoken,
  );

  const remember = () => void (past = [...past.slice(-63), painted ? ink.slice() : null]);
  /** @param {number[] | null} pixels */
  const send = (pixels) => {
    if (pixels) (ink = pixels), repaint();
    onpaint(pixels);
  };
  /** @param {number} index */
  function dab(index) {
    cursor = index;
    if (ink[index] === Number(level.value)) return;
    ink = ink.with(index, Number(level.value));
    repaint();
    onpaint(ink);
  }
  const under = (/** @type {PointerEvent} */ { offsetX, offsetY }) => {
    const cell = (/** @type {number} */ offset, /** @type {number} */ size) =>
      Math.min(7, Math.max(0, Math.floor((8 * offset) / size)));
    return cell(offsetX, canvas.clientWidth) + 8 * cell(offsetY, canvas.clientHeight);
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroking = true;
    remember();
    dab(under(event));
  });
  canvas.addEventListener("lostpointercapture", () => (stroking = false));
  canvas.addEventListener(
    "pointermove",
    (event) => canvas.hasPointerCapture(event.pointerId) && dab(under(event)),
  );
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -8, ArrowDown: 8 }[event.key];
    if (event.key === " " || event.key === "Enter") remember(), dab(cursor);
    else if (move && cursor + move >= 0 && cursor + move < 64) cursor += move;
    else return;
    event.preventDefault();
    repaint();
    write(
      spoken,
      t("paint.cell", { row: Math.floor(cursor / 8) + 1, column: (cursor % 8) + 1, ink: ink[cursor] }),
    );
  });
  canvas.addEventListener("focus", () => repaint());
  canvas.addEventListener("blur", () => repaint());

  function repaint() {
    if (!canvas.clientWidth) return;
    const { picture, colours } = palette();
    view({
      picture: { values: ink.map((q) => q / 8 - 1), shape: [1, 8, 8], scale: picture },
      colours,
      grid: true,
      probe: document.activeElement === canvas ? cursor : null,
    });
  }
  return {
    element,
    repaint,
    painted: () => painted,
    /** There is no sheet of this kind to paint on. */
    forget: () => void (painted = false),
    /** @param {Float32Array} picture @param {boolean} isPainted */
    update(picture, isPainted) {
      painted = isPainted;
      // The answer to an earlier dab must not wipe the stroke that has gone on since.
      if (!stroking) ink = toInk(picture);
      undo.disabled = !past.length;
      real.disabled = !painted;
      own.hidden = !painted;
      canvas.setAttribute("aria-label", `${t("paint.title")}. ${t("paint.hint")}`);
      repaint();
    },
  };
}

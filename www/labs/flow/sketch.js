// A target that is drawn: a pen over the picture of the density, for a hand and for keys; what it draws becomes the target when it rests.
import { h } from "../../ui/dom.js";
import { number } from "../../ui/format.js";
import { holdable } from "../../ui/grip.js";
import { rest } from "../../ui/formula.js";
/** @import { Experiment, Frame } from "../../types.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */
/** @typedef {ReturnType<typeof import("../../views/axes.js").axes>} Axes */

/** Hills that the engine sets on either side of 0, and how far apart. */
const half = 20;
export const gap = 0.25;
/** Where each of them stands. */
export const places = Array.from({ length: 2 * half + 1 }, (_, k) => (k - half) * gap);

/** Heights at the hills of a line of places and heights, with area 1. @param {[number, number][]} line */
export function heightsOf(line) {
  const sorted = line.toSorted(([a], [b]) => a - b);
  const at = (/** @type {number} */ x) => {
    const next = sorted.findIndex(([place]) => place >= x);
    if (next < 0) return 0;
    const [right, high] = sorted[next];
    if (right === x) return Math.max(0, high);
    if (next === 0) return 0;
    const [left, low] = sorted[next - 1];
    const share = (x - left) / (right - left);
    return Math.max(0, low) * (1 - share) + Math.max(0, high) * share;
  };
  return scaled(places.map(at));
}

/** The density that stands there, at the hills. @param {Frame} target @param {Frame} grid */
export function heightsUnder(target, grid) {
  const [left, width, cells] = grid.data;
  return scaled(
    places.map((x) => {
      const i = Math.round((x - left) / width - 0.5);
      return i >= 0 && i < cells ? target.data[i] : 0;
    }),
  );
}

/** @param {number[]} heights */
function scaled(heights) {
  const area = heights.reduce((a, b) => a + b, 0) * gap;
  return area > 0 ? heights.map((one) => one / area) : heights;
}

/** `heights` after a stroke from one place to another, both ends set. @param {number[]} heights @param {[number, number]} from @param {[number, number]} to */
export function stroked(heights, from, to) {
  const [[left, low], [right, high]] = from[0] <= to[0] ? [from, to] : [to, from];
  const near = (/** @type {number} */ x) => Math.min(2 * half, Math.max(0, Math.round(x / gap) + half));
  const [first, last] = [near(left), near(right)];
  return heights.map((one, k) => {
    if (k < first || k > last) return one;
    if (first === last) return Math.max(0, to[1]);
    const share = Math.min(1, Math.max(0, (places[k] - left) / (right - left || 1)));
    return Math.max(0, low + share * (high - low));
  });
}

/** As a link holds them: what is more than nothing, and its neighbours. @param {number[]} heights @returns {[number, number][]} */
export function written(heights) {
  const rises = heights.map((one) => one >= 0.005);
  return places
    .map((x, k) => /** @type {[number, number]} */ ([x, rises[k] ? Number(heights[k].toFixed(2)) : 0]))
    .filter((_, k) => rises[k - 1] || rises[k] || rises[k + 1]);
}

/**
 * @param {object} needs
 * @param {Words} needs.words @param {HTMLCanvasElement} needs.canvas @param {HTMLElement} needs.frame
 * @param {() => void} needs.redraw @param {AbortSignal} needs.signal
 * @param {(line: [number, number][], flows: boolean) => unknown} needs.drew flows: let it flow at once
 */
export function sketch({ words: { t }, canvas, frame, redraw, signal, drew }) {
  const pen = h("button", { type: "button", class: "grip flow-start flow-pen", hidden: true });
  frame.append(pen);
  let open = false;
  /** @type {Axes | null} */
  let on = null;
  /** What stands there, and what a hand has made of it. */
  let given = places.map(() => 0);
  /** @type {number[] | null} */
  let held = null;
  /** @type {[number, number] | null} */
  let last = null;
  /** The hill that the pen stands over. */
  let over = half;
  let timer = 0;
  signal.addEventListener("abort", () => clearTimeout(timer));

  const under = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    const sheet = /** @type {Axes} */ (on);
    const rise = (sheet.Y(0) - (clientY - box.top)) / (sheet.Y(0) - sheet.Y(1));
    return /** @type {[number, number]} */ ([sheet.back(clientX - box.left), Math.max(0, rise)]);
  };
  /** @param {PointerEvent} event */
  function draw(event) {
    if (!on) return;
    const now = under(event);
    held = stroked(held ?? given, last ?? now, now);
    last = now;
    over = Math.min(2 * half, Math.max(0, Math.round(now[0] / gap) + half));
    redraw();
  }
  /** @param {boolean} flows */
  function done(flows) {
    clearTimeout(timer);
    last = null;
    if (held) drew(written(held), flows);
  }
  holdable(pen, {
    begin: () => clearTimeout(timer),
    slide: draw,
    drop: () => done(true),
    push([right, up], far) {
      over = Math.min(2 * half, Math.max(0, over + right * (far ? 4 : 1)));
      if (up) {
        held = (held ?? given).map((one, k) =>
          k === over ? Math.max(0, one + up * (far ? 0.1 : 0.02)) : one,
        );
        clearTimeout(timer);
        timer = window.setTimeout(() => done(false), rest);
      }
      redraw();
    },
  });
  // Anywhere on the picture, too.
  canvas.addEventListener("pointerdown", (event) => {
    if (!open || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    clearTimeout(timer);
    last = null;
    draw(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (open && last && canvas.hasPointerCapture(event.pointerId)) draw(event);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
    canvas.addEventListener(end, () => open && last && done(true));

  return {
    /**
     * What the pen shows over the chart, where a target is drawn.
     * @param {Axes | null} axes @param {Scene} scene @param {Experiment} wanted
     */
    paint(axes, { frames, colours }, wanted) {
      open = wanted.values.part === "line" && wanted.values.target === "drawn" && axes !== null;
      canvas.classList.toggle("is-drawn-on", open);
      pen.hidden = !open;
      if (!open || !axes) {
        held = null;
        return;
      }
      on = axes;
      const line = wanted.loop ?? [];
      if (line.length) given = heightsOf(line);
      else if (frames.target && frames.grid) given = heightsUnder(frames.target, frames.grid);
      const heights = held ?? given;
      if (held) {
        axes.curve(places.length, (k) => [places[k], heights[k]], colours.accent, { width: 3 });
      }
      const [x, y] = [axes.X(places[over]), axes.Y(heights[over])];
      pen.style.left = `${Math.min(axes.box.right, Math.max(axes.box.left, x))}px`;
      pen.style.top = `${Math.max(axes.box.top, y)}px`;
      const words = t("grip.pen", { x: number(places[over]), h: heights[over].toFixed(2) });
      if (pen.title !== words) {
        pen.title = words;
        pen.setAttribute("aria-label", words);
      }
    },
    /** The engine has what was drawn. */
    settle: () => void (held = last ? held : null),
  };
}

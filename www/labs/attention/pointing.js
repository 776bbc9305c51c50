// Pointer and keys on the large map: which cell is meant, strokes that cut, a pull that moves the sheet.
import { placing } from "../../views/heatmap.js";
import { stroke } from "./edits.js";
/** @import { Cell } from "./edits.js" */
/** @import { Place, Shown } from "./focus.js" */
/** @import { Span } from "./span.js" */

/** @typedef {"look" | "cut" | "set"} Tool */
/** A pull this many CSS pixels long is no click. */
const slack = 5;

/**
 * @param {object} needs
 * @param {HTMLCanvasElement} needs.canvas
 * @param {ReturnType<typeof import("./camera.js").createCamera>} needs.camera
 * @param {() => {tool: Tool, value: number}} needs.tool what a press on a cell does
 * @param {() => void} needs.redraw
 * @param {(part: Partial<Place> | null) => void} needs.onhover
 * @param {(part: Partial<Place>) => void} needs.choose
 * @param {() => void} needs.release
 * @param {(cells: Cell[], on: boolean) => void} needs.oncut
 * @param {(cell: Cell, value: number | null) => void} needs.onset
 */
export function pointing({ canvas, camera, tool: chosen, redraw, onhover, choose, release, oncut, onset }) {
  let size = 0;
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

  /** @param {PointerEvent} event @returns {Cell | null} the cell under the pointer, from 1; the diagonal of its row where the future is */
  function under(event) {
    const shown = camera.shown();
    const at = shown && placing(shown, canvas.clientWidth).under(event.offsetX, event.offsetY);
    return at && at.q < size ? [at.q + 1, Math.min(at.q, at.k) + 1] : null;
  }
  /** @param {number} factor @param {{q: number, k: number}} [around] */
  const zoom = (factor, around) => camera.zoom(factor, around, looked?.cell);

  canvas.addEventListener("pointermove", (event) => {
    const cell = under(event);
    if (drag) {
      const unit = placing(drag.span, canvas.clientWidth).cell;
      const [down, across] = [(drag.y - event.offsetY) / unit, (drag.x - event.offsetX) / unit];
      drag.far ||= Math.hypot(down, across) * unit > slack;
      if (drag.far) return camera.pan(drag.span, down, across);
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
    const span = camera.shown();
    if (event.button !== 0 || !span) return;
    const cell = under(event);
    const { tool } = chosen();
    if (tool === "look") {
      canvas.setPointerCapture(event.pointerId);
      drag = { x: event.offsetX, y: event.offsetY, span, far: false };
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
    if (drag?.far) camera.settle();
    drag = null;
    if (pen) return lift();
    if (!cell || !still) return;
    if (chosen().tool === "set") return put(cell);
    if (chosen().tool === "look") keep(cell);
  });
  canvas.addEventListener("pointercancel", () => {
    drag = pen = null;
    redraw();
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      const shown = camera.shown();
      if (!event.ctrlKey || !shown) return;
      event.preventDefault();
      const at = placing(shown, canvas.clientWidth);
      zoom(Math.exp(event.deltaY / 200), {
        q: shown.row + (event.offsetY - at.y(shown.row)) / at.cell,
        k: shown.column + (event.offsetX - at.x(shown.column)) / at.cell,
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
    const { value } = chosen();
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
    if (moves[event.key]) step(moves[event.key]());
    else if (event.key === " " || event.key === "Enter") press([q, k]);
    else if (event.key === "+") zoom(1 / 1.5);
    else if (event.key === "-") zoom(1.5);
    else return;
    event.preventDefault();
  });
  /** @param {Cell} cell */
  function press(cell) {
    const { tool } = chosen();
    if (tool === "cut") oncut([cell], !cuts.has(String(cell)));
    else if (tool === "set") put(cell);
    else choose({ cell });
  }
  /** @param {Cell} cell */
  function step(cell) {
    onhover(null);
    choose({ cell });
    // Keys may come faster than drawings.
    if (looked) looked = { ...looked, cell, token: cell[0] };
    camera.keepInView(cell);
  }

  return {
    zoom,
    /** What is drawn now. @param {{looked: Shown, size: number, cuts: Set<string>, sets: Map<string, number>}} now */
    see(now) {
      ({ looked, size, cuts, sets } = now);
    },
    /** The cells that are cut, those of the stroke under way with them. @returns {string[]} */
    strokes() {
      const all = new Set(cuts);
      for (const cell of pen?.cells.keys() ?? []) pen?.on ? all.add(cell) : all.delete(cell);
      return [...all];
    },
  };
}

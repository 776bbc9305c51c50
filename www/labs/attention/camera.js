// What of the large map is on the sheet: it follows the text, glides to where it is sent, and keeps a chosen cell in view.
import { reducedMotion } from "../../ui/dom.js";
import { placing } from "../../views/heatmap.js";
import { between, following, holding, near, panned, snapped, whole, zoomed } from "./span.js";
/** @import { Span } from "./span.js" */

/** CSS pixels a letter needs. */
const legible = 7;
/** ms in which the sheet goes two thirds of its way. */
const glide = 70;

/** @param {HTMLCanvasElement} canvas @param {() => void} redraw */
export function createCamera(canvas, redraw) {
  /** @type {Span | null} what was asked for; null follows the text */
  let wish = null;
  let all = false;
  /** @type {Span | null} */
  let shown = null;
  let moved = 0;
  let [size, total] = [0, 0];

  /** @param {Span | null} span @param {boolean} [everything] */
  function look(span, everything = false) {
    [wish, all] = [span, everything];
    redraw();
  }
  const target = () =>
    wish ?? (all ? whole(total) : following(size, total, Math.floor((canvas.clientWidth - 30) / legible)));

  return {
    look,
    shown: () => shown,
    span: () => shown ?? target(),
    seesAll: () => all && !wish,
    follows: () => !all && !wish,
    /** CSS pixels a cell. */
    scale: () => (shown ? placing(shown, canvas.clientWidth).cell : 1),
    /** @param {number} letters so far @param {number} most there will be */
    grow(letters, most) {
      [size, total] = [letters, most];
    },
    /** Larger or smaller, around a place of the map or else around the cell that is kept. @param {number} factor @param {{q: number, k: number}} [around] @param {[number, number] | null} [cell] */
    zoom(factor, around, cell = null) {
      if (!shown) return;
      const now = target();
      const middle = cell
        ? { q: cell[0] - 0.5, k: cell[1] - 0.5 }
        : { q: now.row + now.count / 2, k: now.column + now.count / 2 };
      const wide = zoomed(now, factor, around ?? middle, total);
      look(around ? wide : snapped(wide, total));
    },
    /** @param {Span} from where the pull began @param {number} down rows @param {number} across columns */
    pan(from, down, across) {
      if (from.count < total) look((shown = panned(from, down, across, total)));
    },
    /** The pull is over: no cell stays cut. */
    settle: () => void (wish && look(snapped(wish, total))),
    /** @param {[number, number]} cell from 1 */
    keepInView(cell) {
      if (!shown) return;
      const held = holding(target(), cell[0] - 1, cell[1] - 1, total);
      if (held !== target() && !near(held, target())) look(held);
    },
    /** Goes some of the way to where the sheet should be; the rest with the next frames. */
    slide() {
      const goal = target();
      const now = performance.now();
      const part = !shown || reducedMotion() ? 1 : 1 - Math.exp(-Math.min(100, now - moved) / glide);
      moved = now;
      shown = shown ? between(shown, goal, part) : goal;
      if (near(shown, goal)) shown = goal;
      else requestAnimationFrame(redraw);
      return shown;
    },
  };
}

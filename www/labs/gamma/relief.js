// The picture of the plane as it comes: the one before, moved to where it belongs, then a coarse one, then a fine one.
import { paintResidual, paintValue } from "./paint.js";
import { placing } from "./window.js";
/** @import { Player } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { View } from "./window.js" */

/** Points across: at first, and then at most. */
const coarse = 150;
const fine = 1100;
/** Points of one request: a hand that moves meanwhile must not wait. */
const portion = 24_000;

/** @typedef {{view: View, width: number, height: number, of: string}} Wish of: what the colours depend on besides the window */

/** @param {Player} player @param {() => void} redraw @param {() => Palette} palette */
export function relief(player, redraw, palette) {
  /** @type {{canvas: OffscreenCanvas, wish: Wish}[]} from the back to the front */
  let layers = [];
  /** @type {Wish | null} */
  let wish = null;
  let done = "";
  let busy = false;

  const keyOf = (/** @type {Wish} */ { view: { cx, cy, span }, width, height, of }) =>
    [cx, cy, span, width, height, of].join();

  /** @param {Wish} mine @param {number} across */
  async function fetchLevel(mine, across) {
    const { cx, cy, span } = mine.view;
    const columns = Math.min(across, Math.max(1, mine.width));
    const rows = Math.max(1, Math.round((columns * mine.height) / mine.width));
    const canvas = new OffscreenCanvas(columns, rows);
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
    const step = Math.max(1, Math.floor(portion / columns));
    for (let row = 0; row < rows; row += step) {
      const count = Math.min(step, rows - row);
      const name = `landscape:${cx},${cy},${span},${columns},${rows},${row},${count}`;
      const frames = await player.look([name]);
      if (!frames?.[name] || !wish || keyOf(wish) !== keyOf(mine)) return false;
      const image = new ImageData(columns, count);
      const pixels = new Uint32Array(image.data.buffer);
      if (mine.of.startsWith("residual")) paintResidual(frames[name].data, pixels, palette().alarm);
      else paintValue(frames[name].data, pixels);
      pen.putImageData(image, 0, row);
      if (row === 0 && across !== coarse) layers = [...layers.slice(-1), { canvas, wish: mine }];
      if (across !== coarse) redraw();
    }
    if (across === coarse) layers = [{ canvas, wish: mine }];
    else layers = layers.slice(-1);
    redraw();
    return true;
  }

  async function work() {
    if (busy) return;
    busy = true;
    while (wish && keyOf(wish) !== done) {
      const mine = wish;
      const whole = (await fetchLevel(mine, coarse)) && (await fetchLevel(mine, fine));
      if (whole) done = keyOf(mine);
      // A session that is being replaced answers nothing for a while.
      else if (keyOf(wish) === keyOf(mine)) break;
    }
    busy = false;
  }

  return {
    /** @param {Wish} next */
    want(next) {
      wish = next;
      if (keyOf(next) !== done) work();
    },
    /** Colours of another theme. */
    forget: () => void (done = ""),
    /** @param {CanvasRenderingContext2D} pen @param {View} view @param {number} width @param {number} height */
    draw(pen, view, width, height) {
      const at = placing(view, width, height);
      pen.imageSmoothingEnabled = true;
      pen.imageSmoothingQuality = "high";
      for (const { canvas, wish: old } of layers) {
        const across = old.view.span * at.unit;
        const high = (across * canvas.height) / canvas.width;
        pen.drawImage(canvas, at.x(old.view.cx) - across / 2, at.y(old.view.cy) - high / 2, across, high);
      }
    },
  };
}

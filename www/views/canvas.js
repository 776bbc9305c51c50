// Keeps a canvas as sharp as the screen: its pixels are the device's pixels, whatever the zoom.

/** @typedef {[width: number, height: number]} Size in CSS pixels */
/** Sizes as they stood before the drawing that is under way. @type {Map<HTMLCanvasElement, Size> | null} */
let measured = null;

/** @param {HTMLCanvasElement} canvas @returns {Size} */
const sizeNow = (canvas) => [canvas.clientWidth, canvas.clientHeight];
/** @param {HTMLCanvasElement} canvas */
export const sizeOf = (canvas) => measured?.get(canvas) ?? sizeNow(canvas);

/**
 * Draws on canvases whose sizes are all read first: read between what a drawing writes, each would have the browser lay
 * out the whole page again. Whoever draws so watches the canvases and draws again when one has got another size.
 * @param {Iterable<HTMLCanvasElement>} canvases @param {() => void} draw
 */
export function drawMeasured(canvases, draw) {
  measured = new Map(Array.from(canvases, (canvas) => [canvas, sizeNow(canvas)]));
  try {
    draw();
  } finally {
    measured = null;
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number, ratio: number}} sizes in CSS pixels
 */
export function crisp(canvas) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [width, height] = sizeOf(canvas);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size clears the canvas, so only when it changed.
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height, ratio };
}

/** @type {Map<string, CanvasPattern>} */
const patterns = new Map();

/**
 * The convention of section drawings: hatched is solid building, stippled is loose fill. Each is made once.
 * @param {CanvasRenderingContext2D} context @param {"hatch" | "stipple"} kind @param {string} colour @param {number} ratio
 */
export function fillPattern(context, kind, colour, ratio) {
  const key = `${kind} ${colour} ${ratio}`;
  const made = patterns.get(key) ?? makePattern(context, kind, colour, ratio);
  patterns.set(key, made);
  return made;
}

/** @param {CanvasRenderingContext2D} context @param {"hatch" | "stipple"} kind @param {string} colour @param {number} ratio */
function makePattern(context, kind, colour, ratio) {
  const size = 8;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(size * ratio);
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.scale(tile.width / size, tile.height / size);
  pen.strokeStyle = pen.fillStyle = colour;
  if (kind === "hatch") {
    pen.lineWidth = 1;
    for (const offset of [-size / 2, 0, size / 2, size]) {
      pen.beginPath();
      pen.moveTo(offset - 1, size + 1);
      pen.lineTo(offset + size / 2 + 5, size / 2 - 5);
      pen.stroke();
    }
  } else {
    for (const [x, y, r] of [
      [1.5, 2, 0.7],
      [5.5, 1, 0.5],
      [3.6, 5.2, 0.8],
      [7, 6.4, 0.55],
      [0.8, 6.8, 0.45],
    ]) {
      pen.beginPath();
      pen.arc(x, y, r, 0, 7);
      pen.fill();
    }
  }
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

// A drawing that stays while what it depends on stays: what lies under things that move is drawn once.

/** @typedef {{context: CanvasRenderingContext2D, width: number, height: number, ratio: number}} Sheet as `crisp` answers */

/** Whether anything differs from what was asked about before. */
export function changes() {
  /** @type {readonly unknown[]} */
  let known = [];
  return (/** @type {readonly unknown[]} */ now) => {
    const same = now.length === known.length && now.every((key, i) => Object.is(key, known[i]));
    known = now;
    return !same;
  };
}

/** @template T */
export function layer() {
  const canvas = document.createElement("canvas");
  const changed = changes();
  /** @type {T} */
  let made;

  /**
   * Puts the layer on a sheet, drawn anew if any of `keys` is another than before; answers with what drawing it answered.
   * @param {Sheet} on @param {unknown[]} keys @param {(pen: CanvasRenderingContext2D) => T} draw @returns {T}
   */
  return function put({ context, width, height, ratio }, keys, draw) {
    if (changed([...keys, width, height, ratio])) {
      canvas.width = Math.max(1, Math.round(width * ratio));
      canvas.height = Math.max(1, Math.round(height * ratio));
      const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      made = draw(pen);
    }
    context.drawImage(canvas, 0, 0, width, height);
    return made;
  };
}

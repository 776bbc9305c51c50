// Held-out losses of twins against the step, on a logarithmic scale: the newest seed bold, those before it faint.
import { axes } from "./axes.js";
/** @import { Frame } from "../types.js" */
/** @import { Colours } from "./palette.js" */

/** A tick of the logarithmic axis. @param {number} exponent */
const label = (exponent) => String(Number((10 ** exponent).toPrecision(2)));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} scene
 * @param {Frame} scene.losses [seeds, twins, looks]; no number where it has not come to
 * @param {{colour: keyof Colours}[]} scene.twins @param {number} scene.steps of each @param {string} scene.across
 * @param {string} scene.empty what is said while there is nothing but a beginning
 * @param {Colours} scene.colours @param {string} scene.font
 */
export function twinLosses(canvas, { losses: { data, shape }, twins, steps, across, empty, colours, font }) {
  if (!canvas.clientWidth) return;
  const [seeds, count, looks] = shape;
  const row = (/** @type {number} */ seed, /** @type {number} */ twin) =>
    data.subarray((seed * count + twin) * looks, (seed * count + twin + 1) * looks);
  const known = Array.from(data)
    .filter((loss) => Number.isFinite(loss) && loss > 0)
    .map(Math.log10);
  const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [-1, 0.5];
  const room = Math.max(0.08, 0.06 * (high - low));
  const on = axes(canvas, {
    x: [0, steps],
    y: [Math.min(low, high - 0.5) - room, high + room],
    colours,
    font,
    across,
    label,
  });
  const begun = Array.from({ length: seeds }, (_, seed) => seed).filter((seed) =>
    Number.isFinite(row(seed, 0)[0]),
  );
  if (!begun.some((seed) => Number.isFinite(row(seed, 0)[1])))
    return on.write(empty, on.box.left + 12, on.box.top + 12, colours["ink-soft"]);
  const newest = begun.at(-1);
  for (const seed of begun)
    twins.forEach(({ colour }, twin) => {
      const line = row(seed, twin);
      on.curve(
        looks,
        (look) => [(look * steps) / (looks - 1), Math.log10(line[look])],
        colours[colour],
        seed === newest ? { width: 2.5 } : { width: 1.2, alpha: 0.4 },
      );
    });
}

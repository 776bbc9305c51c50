// Curves of this lab: the spectrum of the map under every mask, and how the spread of rows falls with depth.
import { axes, power } from "../../views/axes.js";
import { dashes, maskColours, masks } from "./scene.js";
/** @import { Scene } from "./scene.js" */

/** @param {number[]} order @param {number} last */
const atLast = (order, last) => [...order.filter((i) => i !== last), last];

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function spectrum(canvas, { frames: { spectra }, given, values, colours, font, t }) {
  if (!spectra || !canvas.clientWidth) return;
  const n = spectra.shape[1];
  const chosen = masks.indexOf(/** @type {"causal"} */ (given.mask));
  const value = (/** @type {number} */ row, /** @type {number} */ i) => spectra.data[row * n + i];
  const known = [0, 1, 2, 3, 4].filter((row) => Number.isFinite(value(row, 0)));
  const top = Math.max(...known.map((row) => value(row, 0)), value(5, 0));
  const most = value(chosen, 0);
  const floor = most + Math.log10(n * 2 ** -52);
  const lowest = Math.min(...known.map((row) => value(row, n - 1)));
  const low = Math.max(floor - 1.5, Math.min(most - 3, lowest - 0.3));
  const on = axes(canvas, {
    x: [1, Math.max(2, n)],
    y: [low, top + 0.3],
    colours,
    font,
    across: t("axis.index"),
    label: power,
  });
  const level = (/** @type {number} */ y, /** @type {string} */ words) => {
    if (y < low) return;
    on.curve(2, (i) => [i ? n : 1, y], colours["line-strong"], { width: 1.2, dash: [2, 3] });
    const left = values.d < 0.45 * n ? on.X(Math.max(values.d, 0.02 * n)) + 8 : on.box.left + 8;
    on.write(words, left, on.Y(y) + 2, colours["ink-soft"]);
  };
  level(most - 2, t("level.hundredth"));
  level(most - 6, t("level.millionth"));
  level(floor, t("level.rounding"));
  const curve = (/** @type {number} */ row, /** @type {string} */ colour, /** @type {object} */ style) =>
    on.curve(n, (i) => [i + 1, Math.max(low - 3, value(row, i))], colour, style);
  // Of the logits what is rounding is left away: there is nothing.
  const raw = (/** @type {number} */ i) => (i > 0 && value(5, i) < value(5, 0) - 13 ? low - 3 : value(5, i));
  on.curve(Math.min(n, values.d + 1), (i) => [i + 1, raw(i)], colours["ink-soft"], {
    width: 1.5,
    dash: [1, 3],
  });
  for (const row of atLast(known, chosen)) {
    const mine = row === chosen;
    const style = { width: mine ? 3 : 1.4, dash: mine ? [] : dashes[row], alpha: mine ? 1 : 0.75 };
    curve(row, colours[maskColours[row]], style);
  }
  if (values.d < n) {
    on.cursor(values.d, colours["ink-soft"]);
    on.write("d", on.X(values.d) + 8, on.box.top + 1, colours["ink-soft"]);
  }
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function depth(canvas, { frames: { depth: f }, at, given, colours, font, t }) {
  if (!f || !canvas.clientWidth) return;
  const states = f.shape[1];
  const chosen = masks.indexOf(/** @type {"causal"} */ (given.mask));
  const log = (/** @type {number} */ row, /** @type {number} */ k) => {
    const value = f.data[row * states + k];
    return value > 1e-17 ? Math.log10(value) : NaN;
  };
  const all = Array.from({ length: 6 * states }, (_, i) => log(Math.floor(i / states), i % states));
  const low = Math.min(-1, Math.max(-16, ...[Math.min(...all.filter(Number.isFinite)) - 0.2]));
  const on = axes(canvas, {
    x: [0, Math.max(1, states - 1)],
    y: [low, 0.25],
    colours,
    font,
    across: "L",
    label: power,
  });
  for (const row of atLast([0, 1, 2, 3, 4], chosen)) {
    const mine = row === chosen;
    const colour = colours[maskColours[row]];
    const style = { width: mine ? 3 : 1.4, dash: mine ? [] : dashes[row], alpha: mine ? 1 : 0.75 };
    on.curve(states, (k) => [k, log(row, k)], colour, style);
    if (mine) on.dot(at, log(row, at), colour, 5);
  }
  on.curve(states, (k) => [k, log(5, k)], colours.ink, { width: 1.6, dash: [3, 4] });
  on.cursor(at, colours["ink-soft"]);
  on.write(t("axis.spread"), on.box.left + 6, on.box.bottom - 22, colours["ink-soft"]);
}

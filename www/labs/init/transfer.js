// Which learning rate is best at which width, under three parametrisations, and how far a step moves a layer.
import { control } from "../../ui/control.js";
import { h, write } from "../../ui/dom.js";
import { axes, power } from "../../views/axes.js";
import { log10 } from "./scene.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

export const parametrisations = ["standard", "ntk", "mup"];
export const widths = [32, 64, 128, 256];
export const widthColours = /** @type {const} */ (["lane-1", "lane-5", "lane-4", "lane-2"]);
export const parametrisationColours = /** @type {const} */ (["lane-2", "lane-5", "lane-1"]);
/** log₂ of the first rate. */
const first = -12;
/** Steps whose change is drawn. */
const shown = [1, 5, 20];
const log2 = Math.log2;

/** @param {Experiment["values"]} given */
const chosen = (given) => Math.max(0, parametrisations.indexOf(String(given.parametrisation)));

/** The loss over the rate, a curve for each width; a dot where it is least. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function rates(canvas, { frames: { sweep, best_rates: best }, given, colours, font, t }) {
  if (sweep?.shape.length !== 3 || !best || !canvas.clientWidth) return;
  const [, count, steps] = sweep.shape;
  const p = chosen(given);
  const at = (/** @type {number} */ w, /** @type {number} */ k) =>
    log10(sweep.data[(p * count + w) * steps + k]);
  const on = axes(canvas, {
    x: [first - 0.3, first + steps - 0.7],
    y: [-1.45, 0.75],
    colours,
    font,
    across: t("axis.rate"),
    label: power,
  });
  widths.forEach((_, w) => {
    const colour = colours[widthColours[w]];
    on.curve(steps, (k) => [first + k, at(w, k)], colour, { width: 2.2 });
    for (let k = 0; k < steps; k++) if (Number.isFinite(at(w, k))) on.dot(first + k, at(w, k), colour, 2.5);
    const rate = best.data[p * count + w];
    if (!Number.isFinite(rate)) return;
    on.curve(2, (i) => [rate, i ? -1.45 : at(w, Math.round(rate - first))], colour, {
      width: 1.4,
      dash: [3, 3],
    });
    on.dot(rate, -1.4, colour, 5, true);
  });
}

/** How far the second layer is moved, over the width. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function moved(canvas, { frames: { changes }, given, colours, font, t }) {
  if (changes?.shape.length !== 3 || !canvas.clientWidth) return;
  const [, steps, layers] = changes.shape;
  const p = chosen(given);
  const at = (/** @type {number} */ w, /** @type {number} */ step, /** @type {number} */ layer) =>
    log10(changes.data[((p * widths.length + w) * steps + step - 1) * layers + layer]);
  const all = widths
    .flatMap((_, w) => shown.flatMap((step) => [1, 2].map((layer) => at(w, step, layer))))
    .filter(Number.isFinite);
  const on = axes(canvas, {
    x: [4.8, 8.2],
    y: [Math.min(-2, ...all) - 0.2, Math.max(0, ...all) + 0.2],
    colours,
    font,
    across: t("axis.width"),
    label: power,
    tick: (value) => String(Number.isInteger(value) ? 2 ** value : ""),
  });
  shown.forEach((step, i) => {
    const colour = colours[widthColours[i]];
    on.curve(widths.length, (w) => [log2(widths[w]), at(w, step, 1)], colour, { width: 2.2 });
    on.curve(widths.length, (w) => [log2(widths[w]), at(w, step, 2)], colour, { width: 1.4, dash: [5, 4] });
  });
}

/** The best rate over the width, under each parametrisation. @param {HTMLCanvasElement} canvas @param {Scene} scene */
export function bests(canvas, { frames: { best_rates: best }, given, colours, font, t }) {
  if (best?.shape.length !== 2 || !canvas.clientWidth) return;
  const count = best.shape[1];
  const on = axes(canvas, {
    x: [4.8, 8.2],
    y: [-9.5, -2],
    colours,
    font,
    across: t("axis.width"),
    tick: (value) => String(Number.isInteger(value) ? 2 ** value : ""),
  });
  parametrisations.forEach((_, p) => {
    const colour = colours[parametrisationColours[p]];
    const at = (/** @type {number} */ w) =>
      /** @type {[number, number]} */ ([log2(widths[w]), best.data[p * count + w]]);
    on.curve(widths.length, at, colour, { width: p === chosen(given) ? 3 : 1.6 });
    widths.forEach((_, w) => Number.isFinite(at(w)[1]) && on.dot(...at(w), colour, 4));
  });
}

/** What a run is decided by, and how many have been made. @param {Desk<Words>} desk @param {(values: Experiment["values"]) => unknown} set @returns {Part & {element: HTMLElement}} */
export function transferTools({ words, help, schema }, set) {
  const { t } = words;
  const dials = ["steps", "rate"].flatMap((key) => {
    const parameter = schema.parameters.find((one) => one.key === key);
    return parameter
      ? [
          {
            key,
            ...control(parameter, words, help, (value) => void set({ [key]: value }), {
              name: `transfer-${key}`,
            }),
          },
        ]
      : [];
  });
  const said = h("p", { class: "pace", role: "status" });
  const element = h(
    "section",
    { class: "init-transfer", "aria-label": t("transfer.title") },
    said,
    h(
      "div",
      { class: "twin-settings" },
      dials.map((dial) => dial.element),
    ),
  );
  return {
    element,
    update(state) {
      const values = (state.wanted ?? state.experiment)?.values;
      const { done = 0, total = 0 } = state.status?.tasks.sweep ?? {};
      if (!values) return;
      dials.forEach((dial) => dial.update(values[dial.key], values));
      write(
        said,
        done < total ? t("transfer.running", { n: done, all: total }) : t("transfer.done", { n: total }),
      );
    },
  };
}

/** @type {readonly (keyof Colours)[]} */
export const stepColours = widthColours;

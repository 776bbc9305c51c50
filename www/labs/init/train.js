// What is watched of the networks that learn beside each other: how far a step moves a weight, how large logits are, what gradient reaches the first layer.
import { h } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { number } from "../../ui/format.js";
import { axes, power } from "../../views/axes.js";
import { log10 } from "./scene.js";
/** @import { Experiment, Frame, Parameter, Text } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Colours } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

export const laneColours = /** @type {const} */ (["lane-1", "lane-2", "lane-5", "lane-4"]);

/** Those that are not empty, with their names; of all empty ones the engine trains the first choice.
 * @param {Experiment["values"]} values @param {Parameter[]} parameters @param {(text: Text) => string} pick
 * @returns {{name: string, colour: keyof Colours}[]} */
export function lanesOf(values, parameters, pick) {
  const keys = ["lane1", "lane2", "lane3", "lane4"];
  const options = parameters.find(({ key }) => key === keys[0])?.options ?? [];
  const title = (/** @type {unknown} */ word) => options.find(({ value }) => value === word)?.title;
  const all = keys.map((key, i) => ({ word: values[key], colour: laneColours[i] }));
  const shown = all.filter(({ word }) => word !== "off");
  const lanes = shown.length ? shown : [{ word: "post", colour: laneColours[0] }];
  return lanes.map(({ word, colour }) => {
    const text = title(word);
    return { name: text ? pick(text) : String(word), colour };
  });
}

/** The row of a lane in the newest run that has begun. @param {Frame} frame of seeds, lanes and looks @param {number} lane */
function newest({ data, shape: [seeds, lanes, looks] }, lane) {
  const row = (/** @type {number} */ seed) =>
    data.subarray((seed * lanes + lane) * looks, (seed * lanes + lane + 1) * looks);
  for (let seed = seeds - 1; seed > 0; seed--) if (Number.isFinite(row(seed)[0])) return row(seed);
  return row(0);
}

/** The last number of a row. @param {Float32Array} row */
const last = (row) => row.findLast((/** @type {number} */ x) => Number.isFinite(x)) ?? NaN;

/**
 * @param {Desk<Words>} desk @param {() => {name: string, colour: keyof Colours}[]} named
 * @returns {Part & {element: HTMLElement}}
 */
export function watching({ words: { t } }, named) {
  const all = [createFigure("watch-frame"), createFigure("watch-frame"), createFigure("watch-frame")];
  const element = h(
    "section",
    { class: "init-watched", "aria-label": t("watch.title") },
    all.map((one) => one.element),
  );

  /** @type {Part["update"]} */
  function update({ frames }, { colours }) {
    const { twin_updates: updates } = all[0].reads(frames);
    const { twin_logits: logits } = all[1].reads(frames);
    const { twin_gradients: gradients } = all[2].reads(frames);
    if (!updates?.shape[1] || !logits?.shape[2] || !gradients?.shape[1]) return;
    const lanes = named().slice(0, updates.shape[0]);
    const steps = updates.shape[1];
    const font = getComputedStyle(element).fontFamily;
    const rows = (/** @type {Frame} */ frame) =>
      lanes.map((_, i) => frame.data.subarray(i * steps, (i + 1) * steps));
    const of = [rows(updates), lanes.map((_, i) => newest(logits, i)), rows(gradients)];
    const plain = (/** @type {number} */ x) => x;
    const scales = [plain, plain, log10];
    const root = Math.sqrt(64);
    of.forEach((lines, which) => {
      const { canvas } = all[which];
      if (!canvas.clientWidth) return;
      const scale = scales[which];
      const values = lines.flatMap((line) => Array.from(line, scale)).filter(Number.isFinite);
      const low = which === 2 ? Math.min(-4, ...values) - 0.2 : 0;
      const high = which === 2 ? Math.max(-1, ...values) + 0.2 : 1.08 * Math.max(which ? root : 1, ...values);
      const on = axes(canvas, {
        x: [0, steps],
        y: [low, high],
        colours,
        font,
        across: t("twins.step.short"),
        ...(which === 2 && { label: power }),
      });
      if (which === 1) {
        on.curve(2, (i) => [i * steps, root], colours["line-strong"], { width: 1.4, dash: [5, 4] });
        on.write("√d", on.box.right - 4, on.Y(root) - 18, colours["ink-soft"], "right");
      }
      lines.forEach((line, i) => {
        const x = (/** @type {number} */ k) => (which === 1 ? (k * steps) / (line.length - 1) : k + 1);
        on.curve(line.length, (k) => [x(k), scale(line[k])], colours[lanes[i].colour], { width: 2 });
      });
    });
    const keys = lanes.map(({ name, colour }) => /** @type {[string, string]} */ ([colour, name]));
    const said = (/** @type {Float32Array[]} */ lines) =>
      lines
        .map((line, i) => `${lanes[i].name} ${Number.isFinite(last(line)) ? number(last(line), 2) : "–"}`)
        .join(", ");
    all[0].name(t("title.updates"), keys, said(of[0]));
    all[1].name(t("title.logits"), keys, said(of[1]));
    all[2].name(t("title.first"), keys, said(of[2]));
  }
  return { element, update };
}

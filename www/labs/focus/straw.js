// A needle before trained twins: the weight that each kernel's sharpest head gives one key more among n of its own, beside theory.
import { createDial, even } from "../../ui/dial.js";
import { h, write } from "../../ui/dom.js";
import { createFigure } from "../../ui/figure.js";
import { percent } from "../../ui/format.js";
import { axes } from "../../views/axes.js";
/** @import { Frame } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Live } from "../../ui/live.js" */
/** @import { Words } from "./strings.js" */

/** Columns of a frame: n or the margin, the weight, the weight by theory. @param {Frame} frame @param {number} twin @param {number} row @param {number} column */
const cell = ({ data, shape: [, rows, columns] }, twin, row, column) =>
  data[(twin * rows + row) * columns + column];

/**
 * @param {Desk<Words>} desk @param {Live} live
 * @param {{name: string, colour: keyof import("../../views/palette.js").Colours}[]} twins
 * @returns {Part & {element: HTMLElement}}
 */
export function strawboard({ words: { t, pick }, schema }, live, twins) {
  const [sizes, margins] = [createFigure("twin-frame"), createFigure("twin-frame")];
  const dial = createDial({
    live,
    parameter: (key) => schema.parameters.find((one) => one.key === key),
    pick,
    label: (title) => t("dial.label", { title }),
    scale: () => even(1),
  });
  const hint = h("p", { class: "straw-hint" }, t("straw.hint"));
  const element = h(
    "section",
    { class: "straw", "aria-label": t("straw.title") },
    hint,
    dial.element,
    h("div", { class: "twin-pictures" }, sizes.element, margins.element),
  );
  const legend = /** @type {[string, string][]} */ ([
    ...twins.map(({ name, colour }) => [colour, name]),
    ["ink-soft", t("straw.theory")],
  ]);

  /** @type {Part["update"]} */
  function update({ frames, status }, { colours }) {
    const { twin_needle: bySize } = sizes.reads(frames);
    const { twin_margin: byMargin } = margins.reads(frames);
    const there = Boolean(bySize?.shape[0] && byMargin?.shape[0] && Number.isFinite(bySize.data[1]));
    element.hidden = !there;
    if (!there) return;
    const { margin, n: wanted } = live.values();
    dial.update("margin", live.values());
    if (!sizes.canvas.clientWidth) return;
    const rows = bySize.shape[1];
    const font = getComputedStyle(element).fontFamily;
    const most = cell(bySize, 0, rows - 1, 0);
    const n = Math.min(most, 2 ** Math.floor(Math.log2(status?.keys ?? wanted)));
    const shown = Math.max(0, Math.round(Math.log2(n)) - 1);
    const drawn = { y: /** @type {[number, number]} */ ([-0.03, 1.06]), colours, font, label: percent };
    const across = axes(sizes.canvas, {
      ...drawn,
      x: [0.8, rows + 0.2],
      across: "n",
      tick: (value) => String(2 ** value),
    });
    const along = axes(margins.canvas, { ...drawn, x: [-0.5, 30.5], across: "m" });
    across.curve(2, (i) => [shown + 1, i ? 1.06 : -0.03], colours["line-strong"], { dash: [3, 3] });
    along.curve(2, (i) => [margin, i ? 1.06 : -0.03], colours["line-strong"], { dash: [3, 3] });
    twins.forEach(({ colour }, twin) => {
      const of =
        (/** @type {Frame} */ frame, /** @type {number} */ column, /** @type {(x: number) => number} */ x) =>
        (/** @type {number} */ row) =>
          /** @type {[number, number]} */ ([x(cell(frame, twin, row, 0)), cell(frame, twin, row, column)]);
      const theory = { width: 1.4, dash: [5, 4] };
      across.curve(rows, of(bySize, 2, Math.log2), colours[colour], theory);
      across.curve(rows, of(bySize, 1, Math.log2), colours[colour], { width: 2.2 });
      across.dot(shown + 1, cell(bySize, twin, shown, 1), colours[colour], 4);
      along.curve(byMargin.shape[1], of(byMargin, 2, Number), colours[colour], theory);
      along.curve(byMargin.shape[1], of(byMargin, 1, Number), colours[colour], { width: 2.2 });
    });
    const all = twins.map(({ name }, twin) => `${name} ${percent(cell(bySize, twin, shown, 1))}`).join(", ");
    const said = t("straw.said", { n, m: String(margin), all });
    sizes.name(t("straw.title"), legend, said);
    margins.name(t("straw.margin", { n }), legend, said);
    write(hint, `${t("straw.hint")} ${said}`);
  }
  return { element, update };
}

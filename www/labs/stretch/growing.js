// Loss by place of networks that are trained here, as it stands at the last look.
import { createFigure } from "../../ui/figure.js";
import { axes } from "../../views/axes.js";
import { beyond, log2, mark } from "./scene.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Lane } from "./lanes.js" */
/** @import { Words } from "./strings.js" */

/** @param {Desk<Words>} desk @param {() => Lane[]} lanes @returns {Part & {element: HTMLElement}} */
export function growing({ words: { t } }, lanes) {
  const figure = createFigure("twin-frame");
  const element = figure.element;
  element.classList.add("growing");
  return {
    element,
    update({ frames: { twin_places: all }, experiment }, { colours }) {
      const [seeds = 0, count = 0, bins = 0] = all?.shape ?? [];
      if (!count || !figure.canvas.clientWidth) return;
      const known = Array.from(all.data).filter(Number.isFinite);
      const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [1, 4];
      const trained = Number(experiment?.values.short);
      const long = 8 * trained;
      const font = getComputedStyle(element).fontFamily;
      const room = 0.08 * Math.max(0.5, high - low);
      const on = axes(figure.canvas, {
        x: [log2(long / bins) - 1, log2(long)],
        y: [low - room, high + room],
        colours,
        font,
        across: t("axis.place"),
      });
      beyond(on, { colours, trained });
      mark(on, log2(trained), t("mark.trained"), colours["ink-soft"]);
      const named = lanes();
      const begun = Array.from({ length: seeds }, (_, k) => k).filter((k) =>
        Number.isFinite(all.data[k * count * bins]),
      );
      for (const k of begun)
        named.slice(0, count).forEach(({ colour }, i) => {
          const row = all.data.subarray((k * count + i) * bins, (k * count + i + 1) * bins);
          on.curve(bins, (j) => [log2(((j + 0.5) * long) / bins), row[j]], colours[colour], {
            width: k === begun.at(-1) ? 2.4 : 1.1,
            alpha: k === begun.at(-1) ? 1 : 0.5,
          });
        });
      if (!begun.length) on.write(t("growing.empty"), on.box.left + 12, on.box.top + 24, colours["ink-soft"]);
      figure.name(
        t("growing.title"),
        named.map(({ name, colour }) => [colour, name]),
        t("growing.said", { n: begun.length }),
      );
    },
  };
}

// Loss by place of networks that are trained here, as it stands at the last look.
import { createFigure } from "../../ui/figure.js";
import { number } from "../../ui/format.js";
import { axes } from "../../views/axes.js";
import { beyond, log2, mark } from "./scene.js";
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Lane } from "./lanes.js" */
/** @import { Words } from "./strings.js" */

/** How many times the length of training the texts are that networks are measured on. */
const most = 8;

/** @param {Desk<Words>} desk @param {() => Lane[]} lanes @param {() => number} stretch how many times the length of training is looked at @returns {Part & {element: HTMLElement}} */
export function growing({ words: { t } }, lanes, stretch) {
  const figure = createFigure("twin-frame");
  const element = figure.element;
  element.classList.add("growing");
  return {
    element,
    update({ frames, experiment }, { colours }) {
      const { twin_places: all } = figure.reads(frames);
      const [seeds = 0, count = 0, bins = 0] = all?.shape ?? [];
      if (!count || !figure.canvas.clientWidth) return;
      const known = Array.from(all.data).filter(Number.isFinite);
      const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [1, 4];
      const trained = Number(experiment?.values.short);
      const long = most * trained;
      const times = Math.min(most, stretch());
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
      on.cursor(log2(times * trained), colours.accent);
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
      const bin = Math.min(bins - 1, Math.max(0, Math.ceil((times * bins) / most) - 1));
      const said = named.slice(0, count).map(({ name, colour }, i) => {
        const losses = begun.map((k) => all.data[(k * count + i) * bins + bin]);
        const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length;
        return { colour, name, loss: begun.length ? number(loss, 3) : "–" };
      });
      figure.name(
        t("growing.title"),
        said.map(({ name, colour, loss }) => [colour, `${name} ${loss}`]),
        begun.length
          ? t("growing.said", {
              n: begun.length,
              times: number(times, 2),
              all: said.map(({ name, loss }) => `${name} ${loss}`).join(" · "),
            })
          : "",
      );
    },
  };
}

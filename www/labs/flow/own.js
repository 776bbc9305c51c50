// Points of one's own: the drawing tool over the picture of the cloud or of the bridge, and what becomes of what is drawn.
import { sketchpad } from "../../ui/sketchpad.js";
import { axes, placing, plane } from "../../views/plane.js";
/** @import { Experiment, Land } from "../../types.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Point } from "../../ui/sprinkle.js" */
/** @import { Player } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */

/** Whether something that was drawn is what rolls, or what it rolls on. @param {Experiment["values"]} values */
export const isDrawn = ({ part, data, landscape }) =>
  part === "bridge" ? data === "drawn" : part !== "line" && landscape === "drawn";

/**
 * @param {object} needs
 * @param {Words} needs.words @param {Player} needs.player @param {HTMLCanvasElement} needs.canvas @param {() => void} needs.redraw
 * @param {ReturnType<typeof import("./landscape.js").landscape>} needs.land @param {Land} needs.ground the landscape under a drawing
 * @param {(values: Experiment["values"], more?: Partial<Experiment> & {part?: number}) => Promise<unknown>} needs.set
 * @param {(drawing: boolean) => void} needs.onturn
 */
export function own({ words, player, canvas, redraw, land, ground, set, onturn }) {
  const { t } = words;
  const shown = /** @type {[number, number, number, number]} */ (ground.window);
  const part = () => String((player.state.wanted ?? player.state.experiment)?.values.part);
  /** What was drawn stays until the session that has it takes its place. */
  let waiting = 0;
  const pad = sketchpad({
    ...{ words, canvas, redraw, title: t("draw.title"), hint: t("draw.hint") },
    back: (left, top) =>
      part() === "bridge" ? placing(canvas.clientWidth).back(left, top) : land.back(left, top),
    uses: [
      { label: t("draw.flow"), take: (points) => use(points, true) },
      { label: t("draw.use"), take: (points) => use(points, false) },
    ],
    onclose() {
      onturn(false);
      redraw();
    },
  });

  /** @param {Point[]} points @param {boolean} flows */
  async function use(points, flows) {
    waiting++;
    try {
      const key = part() === "bridge" ? "data" : "landscape";
      await set({ [key]: "drawn" }, { points, part: 0 });
    } finally {
      waiting--;
      redraw();
    }
    if (flows) player.play();
  }

  return {
    element: pad.element,
    isOpen: pad.isOpen,
    close: () => pad.isOpen() && pad.close(),
    open() {
      player.pause();
      const now = player.state.wanted ?? player.state.experiment;
      onturn(true);
      pad.open(now && isDrawn(now.values) ? (now.points ?? []) : []);
    },
    /** Draws what is being drawn, if somebody draws. @param {Palette} palette @param {string} font */
    paint(palette, font) {
      if (!pad.isOpen() && !waiting) return false;
      if (part() === "bridge") {
        const on = plane(canvas);
        pad.paint(on, palette);
        axes(on, { colours: palette.colours, font });
      } else land.lend(shown, palette.colours, font, (on) => pad.paint(on, palette));
      canvas.setAttribute("aria-label", t("draw.sheet"));
      return true;
    },
  };
}

// The plane with its workshop beside it, and in their place the drawing tool when somebody draws.
import { h, watchNarrow } from "../../ui/dom.js";
import { sketchpad } from "../../ui/sketchpad.js";
import { placing } from "../../views/plane.js";
import { ring, withOne } from "./centres.js";
import { chips } from "./chips.js";
import { hero } from "./hero.js";
import { createMovable, holdsCentres } from "./movable.js";
/** @import { Experiment, Parameter } from "../../types.js" */
/** @import { Desk, Part } from "../../ui/lab.js" */
/** @import { Training } from "../../ui/training.js" */
/** @import { Point } from "../../ui/sprinkle.js" */
/** @import { Words } from "./strings.js" */

/**
 * @param {Desk<Words>} desk
 * @param {Training} learning
 * @param {Element[]} workshop what stands beside the plane
 */
export function sheet({ words, player, schema, redraw, signal }, { trainer, set, values }, workshop) {
  const { t } = words;
  const scene = hero({ words, onview: (view) => set({ view }), onplace: placed, ondraw: start });
  const pen = sketchpad({
    ...{ words, canvas: scene.canvas, redraw, onclose: stop, title: t("draw.title"), hint: t("draw.hint") },
    back: (left, top) => placing(scene.canvas.clientWidth).back(left, top),
    uses: [
      { label: t("draw.train"), take: (points) => drew(points, true) },
      { label: t("draw.use"), take: (points) => drew(points, false) },
    ],
  });
  const side = h("div", { class: "side" }, pen.element, workshop);
  const bench = h("div", { class: "bench" }, scene.element, side);
  const data = /** @type {Parameter} */ (schema.parameters.find(({ key }) => key === "data"));
  const shapes = chips(words, data, pick);
  const redo = h("button", { type: "button", class: "quiet", onclick: start }, t("draw.again"));
  const slot = h("div", {});
  const choice = h("div", { class: "data-choice" }, shapes.element, redo);
  // On a phone the panel is far below the plane; what the plane holds is chosen right under it.
  let narrow = false;
  watchNarrow((now) => {
    narrow = now;
    if (narrow) bench.insertBefore(choice, side);
    else slot.append(choice);
  }, signal);
  const movable = createMovable({ player, t, set });

  /** A click where nothing is: one more centre, if that is what the plane holds. @param {Point} place */
  function placed(place) {
    const now = player.state.wanted;
    if (pen.isOpen() || !now || !holdsCentres(now)) return;
    set({}, { points: withOne(now.points ?? ring(), place) });
  }

  /** @param {string} shape */
  function pick(shape) {
    if (shape === "drawn") return start();
    if (shape !== values().data) set({ data: shape }, { points: null });
  }
  function start() {
    player.pause();
    trainer.stop();
    scene.hideViews(true);
    bench.classList.add("drawing-now");
    if (scene.canvas.getBoundingClientRect().top < 0 || narrow)
      scene.element.scrollIntoView({ block: "start" });
    const now = player.state.experiment;
    shapes.update("drawn");
    pen.open(now?.values.data === "drawn" ? (now.points ?? []) : []);
  }
  function stop() {
    scene.hideViews(false);
    bench.classList.remove("drawing-now");
    shapes.update(values().data);
    redraw();
  }
  /** What was drawn stays on the plane until the session that has it takes its place. */
  let drawn = 0;
  /** @param {Point[]} points @param {boolean} andTrain */
  async function drew(points, andTrain) {
    drawn++;
    try {
      await set(
        { data: "drawn", trained: 0, ...(andTrain ? { denoiser: "learned", view: "particles" } : {}) },
        { points, part: 1 },
      );
    } finally {
      drawn--;
      redraw();
    }
    if (andTrain) trainer.start();
  }

  return {
    element: bench,
    slot,
    start,
    /** Whoever draws when another link comes, has stopped. */
    leave: () => pen.isOpen() && pen.close(),
    isDrawing: pen.isOpen,
    scale: () => scene.canvas.clientWidth / 6,
    /** What the controls show. @param {Experiment["values"]} wanted */
    wish({ data: shape }) {
      shapes.update(shape);
      redo.hidden = shape !== "drawn";
    },
    /** @type {Part["update"]} */
    update(state, palette, frames) {
      if (pen.isOpen() || drawn) scene.lend(pen.paint, palette);
      else scene.update(state, frames, palette, movable(state));
    },
  };
}

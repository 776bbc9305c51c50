// The saved picture of a lab that composes none of its own: the drawing on its stage, and what it takes to come back.
import { print } from "../views/print.js";
/** @import { LabSchema } from "../types.js" */
/** @import { State } from "./player.js" */

/** @param {Element} canvas @returns {canvas is HTMLCanvasElement} */
const isSeen = (canvas) => canvas.clientWidth > 0;

/** Canvases side by side, as they are on the screen; none: null. @param {HTMLCanvasElement[]} canvases */
function beside(canvases) {
  if (canvases.length < 2) return canvases[0] ?? null;
  const gap = Math.round(0.02 * canvases[0].width);
  const joined = document.createElement("canvas");
  joined.width = canvases.reduce((sum, { width }) => sum + width + gap, -gap);
  joined.height = Math.max(...canvases.map(({ height }) => height));
  const pen = /** @type {CanvasRenderingContext2D} */ (joined.getContext("2d"));
  let x = 0;
  for (const canvas of canvases) {
    pen.drawImage(canvas, x, Math.round((joined.height - canvas.height) / 2));
    x += canvas.width + gap;
  }
  return joined;
}

/** What is drawn on a stage, as it is on the screen. @param {Element} stage */
const drawingOn = (stage) =>
  beside([...stage.querySelectorAll("canvas.plate")].filter(isSeen)) ??
  stage.querySelector("canvas:not([hidden])");

/** The same on a canvas of its own, which stays when the page draws on. @param {Element} stage */
export function copied(stage) {
  const drawing = drawingOn(stage);
  if (!drawing?.width) return null;
  const { width, height } = drawing;
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  copy.getContext("2d")?.drawImage(drawing, 0, 0);
  return copy;
}

/** Seed and step. @param {State} state @param {import("./i18n.js").Words} words */
export function lineOf({ status, experiment }, { t }) {
  const { at, length } = status ?? { at: 0, length: 0 };
  const seed = experiment?.values.seed;
  return [seed === undefined ? "" : `${t("block.seed")} ${seed}`, length ? t("time.at", { at, length }) : ""]
    .filter(Boolean)
    .join(" · ");
}

/**
 * @param {object} needs
 * @param {State} needs.state
 * @param {Element} needs.stage
 * @param {import("./i18n.js").Words} needs.words
 * @param {LabSchema} needs.schema
 * @param {import("../views/palette.js").Palette} needs.palette
 * @param {import("../views/imprint.js").Imprint} needs.imprint
 */
export function poster({ state, stage, words, schema, palette, imprint }) {
  const { t, pick } = words;
  const { at, length } = state.status ?? { at: 0, length: 0 };
  return {
    canvas: print({
      drawing: drawingOn(stage),
      title: `${t("site.name")} · ${pick(schema.title)}`,
      line: lineOf(state, words),
      imprint,
      colours: palette.colours,
      font: getComputedStyle(document.body).fontFamily,
    }),
    title: pick(schema.title),
    name: `chailou-${schema.id}${length ? `-step${at}` : ""}.png`,
  };
}

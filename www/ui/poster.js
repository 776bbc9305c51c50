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

/**
 * @param {object} needs
 * @param {State} needs.state
 * @param {Element} needs.stage
 * @param {import("./i18n.js").Words} needs.words
 * @param {LabSchema} needs.schema
 * @param {import("../views/palette.js").Palette} needs.palette
 * @param {import("../views/imprint.js").Imprint} needs.imprint
 */
export function poster({
  state: { status, experiment },
  stage,
  words: { t, pick },
  schema,
  palette,
  imprint,
}) {
  const { at, length } = status ?? { at: 0, length: 0 };
  const seed = experiment?.values.seed;
  const line = [
    seed === undefined ? "" : `${t("block.seed")} ${seed}`,
    length ? t("time.at", { at, length }) : "",
  ];
  return {
    canvas: print({
      drawing:
        beside([...stage.querySelectorAll("canvas.plate")].filter(isSeen)) ??
        stage.querySelector("canvas:not([hidden])"),
      title: `${t("site.name")} · ${pick(schema.title)}`,
      line: line.filter(Boolean).join(" · "),
      imprint,
      colours: palette.colours,
      font: getComputedStyle(document.body).fontFamily,
    }),
    title: pick(schema.title),
    name: `chailou-${schema.id}${length ? `-step${at}` : ""}.png`,
  };
}

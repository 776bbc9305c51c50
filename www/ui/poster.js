// The saved picture of a lab that composes none of its own: the drawing on its stage, and what it takes to come back.
import { print } from "../views/print.js";
/** @import { LabSchema } from "../types.js" */
/** @import { State } from "./player.js" */

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
      drawing: stage.querySelector("canvas:not([hidden])"),
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

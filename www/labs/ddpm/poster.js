// The saved picture: the stage as it stands, with what it takes to come back.
import { plate } from "../../views/plate.js";
import { pictureOf } from "./pictures.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */

/** @param {State} state @param {import("../../ui/i18n.js").Words} words @param {LabSchema} schema @param {import("../../views/palette.js").Palette} palette @param {string} link */
export function poster(
  { status, experiment, frames, selected },
  { t, pick },
  schema,
  { picture, signed, colours },
  link,
) {
  const panels = [
    { picture: pictureOf(frames.x, selected, picture), caption: t("stage.x") },
    { picture: pictureOf(frames.x0, selected, picture), caption: t("stage.x0") },
    { picture: pictureOf(frames.eps, selected, signed), caption: t("stage.eps") },
  ];
  const at = { at: status?.at ?? 0, length: status?.length ?? 0 };
  const line = `${t("block.seed")} ${experiment?.values.seed} · ${t("time.at", at)} · t = ${Math.round(status?.t ?? 0)} · ${t("block.engine")} ${status?.device}`;
  return {
    canvas: plate({
      panels,
      title: `${t("site.name")} · ${pick(schema.title)}`,
      line,
      link,
      colours,
      font: getComputedStyle(document.body).fontFamily,
    }),
    title: pick(schema.title),
    name: `chailou-ddpm-seed${experiment?.values.seed}-step${at.at}.png`,
    link,
  };
}

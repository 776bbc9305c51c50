// The saved picture: the stage as it stands, with what it takes to come back.
import { plate } from "../../views/plate.js";
import { hasTruth, parts } from "./parts.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Words } from "./strings.js" */

/** What the model sees in what stands; what is there, as long as no model has seen it. @param {State} state @param {Palette} palette @param {Words} words */
function panelsOf(state, palette, { t }) {
  const truth = !state.frames.x0 && hasTruth(state);
  const { x, x0, eps } = parts(state, palette, truth);
  return [
    { picture: x, caption: t("stage.x") },
    { picture: x0, caption: t(truth ? "parts.building" : "stage.x0") },
    { picture: eps, caption: t(truth ? "parts.rubble" : "stage.eps") },
  ].flatMap(({ picture, caption }) => (picture ? { picture, caption } : []));
}

/** @param {State} state @param {Words} words @param {LabSchema} schema @param {Palette} palette @param {import("../../views/imprint.js").Imprint} imprint */
export function poster(state, words, schema, palette, imprint) {
  const { t, pick } = words;
  const { status, experiment } = state;
  const at = { at: status?.at ?? 0, length: status?.length ?? 0 };
  const line = `${t("block.seed")} ${experiment?.values.seed} · ${t("time.at", at)} · t = ${Math.round(status?.t ?? 0)} · ${t("block.engine")} ${status?.device}`;
  return {
    canvas: plate({
      panels: panelsOf(state, palette, words),
      title: `${t("site.name")} · ${pick(schema.title)}`,
      line,
      imprint,
      colours: palette.colours,
      font: getComputedStyle(document.body).fontFamily,
    }),
    title: pick(schema.title),
    name: `chailou-ddpm-seed${experiment?.values.seed}-step${at.at}.png`,
  };
}

// The picture that is saved: the plane as it stands, large, with the drawing's title block below.
import { captionLine, depth, imprint } from "../../views/imprint.js";
import { lettering } from "../../views/lettering.js";
import { planeOn } from "../../views/plane.js";
import { layers } from "./layers.js";
import { strings as shared } from "../../ui/strings-training.js";
import { denoiserName } from "./training.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

const [width, side, edge] = [1280, 1120, 80];
const foot = edge + side + 80;

/**
 * @param {object} needs
 * @param {State} needs.state
 * @param {import("./layers.js").Frames} needs.frames
 * @param {Words} needs.words
 * @param {LabSchema} needs.schema
 * @param {Palette} needs.palette
 * @param {import("../../views/imprint.js").Imprint} needs.imprint
 */
export function compose({ state: { status, experiment }, frames, words, schema, palette, imprint: back }) {
  const { pick } = words;
  const { colours } = palette;
  const family = getComputedStyle(document.body).fontFamily;
  const lines = linesOf({ status, experiment }, words, schema, colours, family);
  lines.push(captionLine(back, family, colours["ink-soft"]));
  const height = foot + depth(lines, back.code) + 50;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = colours.sheet;
  pen.fillRect(0, 0, width, height);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 2;
  pen.strokeRect(28, 28, width - 56, height - 56);
  pen.translate(edge, edge);
  // Laid out as on a screen of 560 pixels, so that dots and lines keep their weight.
  const scale = side / 560;
  pen.scale(scale, scale);
  const view = /** @type {import("./layers.js").View} */ (experiment?.values.view ?? "particles");
  layers()(planeOn(pen, 560, scale), {
    view,
    frames,
    palette,
    at: status?.at ?? 0,
    learned: experiment?.values.denoiser === "learned",
    font: lettering(document.body),
  });
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.strokeRect(edge, edge, side, side);
  imprint(pen, { lines, code: back.code, x: edge, y: foot, width: side });
  return {
    canvas,
    title: pick(schema.title),
    name: `chailou-points-${experiment?.values.data}-seed${experiment?.values.seed}.png`,
  };
}

/** What the picture shows. @param {Pick<State, "status" | "experiment">} state @param {Words} words @param {LabSchema} schema @param {Palette["colours"]} colours @param {string} family @returns {import("../../views/imprint.js").Line[]} */
function linesOf({ status, experiment }, words, schema, colours, family) {
  const { t, pick } = words;
  const data = schema.parameters
    .find(({ key }) => key === "data")
    ?.options?.find(({ value }) => value === experiment?.values.data)?.title;
  const network = [
    data && pick(data),
    words.with(shared).t("train.steps", { n: status?.tasks.train?.done ?? 0 }),
    t(denoiserName[/** @type {"exact"} */ (experiment?.values.denoiser ?? "exact")]),
  ];
  const moment = `${t("block.seed")} ${experiment?.values.seed} · ${t("time.at", { at: status?.at ?? 0, length: status?.length ?? 0 })} · t = ${Math.round(status?.t ?? 0)}`;
  const soft = { font: `24px ${family}`, colour: colours["ink-soft"], down: 38 };
  return [
    {
      text: `${t("site.name")} · ${pick(schema.title)}`,
      font: `600 40px ${family}`,
      colour: colours.ink,
      down: 46,
    },
    { ...soft, text: network.filter(Boolean).join(" · ") },
    { ...soft, text: moment },
  ];
}

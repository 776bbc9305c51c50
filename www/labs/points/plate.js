// The picture that is saved: the plane as it stands, large, with the drawing's title block below.
import { planeOn } from "../../views/plane.js";
import { layers } from "./layers.js";
import { strings as shared } from "../../ui/strings-training.js";
import { denoiserName } from "./training.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { State } from "../../ui/player.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */

const [width, height, side] = [1280, 1500, 1120];

/**
 * @param {object} needs
 * @param {State} needs.state
 * @param {import("./layers.js").Frames} needs.frames
 * @param {Words} needs.words
 * @param {LabSchema} needs.schema
 * @param {Palette} needs.palette
 * @param {string} needs.link
 */
export function compose({ state: { status, experiment }, frames, words, schema, palette, link }) {
  const { t, pick } = words;
  const { colours } = palette;
  const family = getComputedStyle(document.body).fontFamily;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = colours.sheet;
  pen.fillRect(0, 0, width, height);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 2;
  pen.strokeRect(28, 28, width - 56, height - 56);
  pen.translate(80, 80);
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
    font: `11px ${family}`,
  });
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.strokeRect(80, 80, side, side);
  pen.fillStyle = colours.ink;
  pen.font = `600 40px ${family}`;
  const data = schema.parameters
    .find(({ key }) => key === "data")
    ?.options?.find(({ value }) => value === experiment?.values.data)?.title;
  pen.fillText(`${t("site.name")} · ${pick(schema.title)}`, 80, side + 160, side);
  pen.fillStyle = colours["ink-soft"];
  pen.font = `24px ${family}`;
  const lines = [
    [
      data && pick(data),
      words.with(shared).t("train.steps", { n: status?.tasks.train?.done ?? 0 }),
      t(denoiserName[/** @type {"exact"} */ (experiment?.values.denoiser ?? "exact")]),
    ]
      .filter(Boolean)
      .join(" · "),
    `${t("block.seed")} ${experiment?.values.seed} · ${t("time.at", { at: status?.at ?? 0, length: status?.length ?? 0 })} · t = ${Math.round(status?.t ?? 0)}`,
    link.length > 96 ? `${link.slice(0, 95)}…` : link,
  ];
  lines.forEach((line, i) => pen.fillText(line, 80, side + 206 + 38 * i, side));
  return {
    canvas,
    link,
    title: pick(schema.title),
    name: `chailou-points-${experiment?.values.data}-seed${experiment?.values.seed}.png`,
  };
}

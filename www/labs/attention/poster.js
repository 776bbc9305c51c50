// The picture that is saved: the map as it stands, large, the text beside its sentence, and the drawing's title block.
import { paint } from "../../views/heatmap.js";
import { captionLine, depth, imprint } from "../../views/imprint.js";
import { wrap } from "../../views/plate.js";
import { glyph } from "./glyphs.js";
/** @import { LabSchema } from "../../types.js" */
/** @import { Words } from "./strings.js" */
/** @import { Palette } from "../../views/palette.js" */
/** @import { Drawing } from "../../views/heatmap.js" */

const [width, side, edge] = [1280, 1120, 80];

/**
 * @param {object} needs
 * @param {Omit<Drawing, "letters" | "colours" | "font">} needs.drawing
 * @param {string[]} needs.text
 * @param {string} needs.said
 * @param {string[]} needs.lines
 * @param {Words} needs.words
 * @param {LabSchema} needs.schema
 * @param {Palette} needs.palette
 * @param {import("../../views/imprint.js").Imprint} needs.imprint
 * @param {string} needs.name of the file
 */
export function poster({
  drawing,
  text,
  said,
  lines,
  words: { t, pick },
  schema,
  palette: { colours },
  imprint: back,
  name,
}) {
  const style = getComputedStyle(document.body);
  const [family, mono] = [style.fontFamily, style.getPropertyValue("--mono")];
  const canvas = document.createElement("canvas");
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const fits = (/** @type {string} */ font) => (/** @type {string} */ line) => (
    (pen.font = font), pen.measureText(line).width <= side
  );
  const written = wrap(text.map(glyph).join(""), fits(`24px ${mono}`)).slice(0, 8);
  const top = side + edge + 60;
  const soft = colours["ink-soft"];
  const foot = [
    ...lines.map((text) => ({ text, font: `24px ${family}`, colour: soft, down: 38 })),
    captionLine(back, family, soft),
  ];
  const under = top + 110 + 34 * written.length;
  Object.assign(canvas, { width, height: under + depth(foot, back.code) + 50 });
  pen.fillStyle = colours.sheet;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.strokeStyle = colours.ink;
  pen.lineWidth = 2;
  pen.strokeRect(28, 28, width - 56, canvas.height - 56);
  // Laid out as on a screen of 560 pixels, so that letters and lines keep their weight.
  const scale = side / 560;
  pen.setTransform(scale, 0, 0, scale, edge - 20, 50);
  paint(pen, { ...drawing, letters: text.map(glyph), colours, font: mono }, { width: 560, ratio: scale });
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  let y = top;
  /** @param {string} line @param {string} font @param {string} colour @param {number} down */
  const say = (line, font, colour, down) => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(line, edge, y, side);
    y += down;
  };
  say(`${t("site.name")} · ${pick(schema.title)}`, `600 40px ${family}`, colours.ink, 44);
  say(said, `24px ${family}`, colours.ink, 46);
  written.forEach((line) => say(line, `24px ${mono}`, colours.ink, 34));
  imprint(pen, { lines: foot, code: back.code, x: edge, y: under + 10, width: side });
  return { canvas, title: pick(schema.title), name };
}

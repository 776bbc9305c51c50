// Charts as vector graphics: each as its own code draws it, in light colours, with its name, what its colours mean, and the link that leads back.
import { escaped, written } from "../views/vector.js";
import { small } from "../views/lettering.js";
import { lineOf } from "./poster.js";
import { fileOf } from "./source.js";
/** @import { Mounted } from "../types.js" */
/** @import { Desk } from "./home.js" */
/** @import { Noted } from "../views/vector.js" */

/** Pixels around a chart, of a line of words, and of its name. */
const [edge, line, head] = [20, 22, 18];
const family = "sans-serif";

/** @typedef {{name: string, file: string, text: string}} Saved */

/** Charts that are seen and made of lines, with the canvas of each. @param {Mounted | null} lab */
export const chartsOf = (lab) =>
  (lab?.figures() ?? []).flatMap(({ element, source }) => {
    const canvas = [".plot canvas", "canvas:is([role=img], [role=slider])"]
      .flatMap((of) => [...element.querySelectorAll(of)])
      .find((one) => one.clientWidth > 0);
    return source.drawn && source.numbers().length && canvas instanceof HTMLCanvasElement
      ? [{ element, source, canvas }]
      : [];
  });

/**
 * @param {Desk} desk @param {string} link
 * @param {(chart: ReturnType<typeof chartsOf>[number]) => boolean} [wanted]
 * @returns {Promise<{saved: Saved[], refused: {name: string, why: string}[]}>}
 */
export function svgOf(desk, link, wanted = () => true) {
  const { words, player, schema, light } = desk;
  const lab = /** @type {Mounted} */ (desk.lab());
  // Charts of the library draw a moment after they are asked to.
  const drawn = async () => {
    lab.paint();
    await Promise.resolve();
  };
  return light(async () => {
    const elements = new Set(
      chartsOf(lab)
        .filter(wanted)
        .map(({ element }) => element),
    );
    await drawn();
    const charts = chartsOf(lab).filter(({ element }) => elements.has(element));
    const contexts = charts.map(
      ({ canvas }) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")),
    );
    const noted = await written(contexts, drawn);
    const { colours } = desk.palette();
    const files = new Set();
    /** @type {Saved[]} */
    const saved = [];
    const refused = [];
    for (const [i, { source, canvas }] of charts.entries()) {
      const name = source.name();
      if ("why" in noted[i]) {
        refused.push({ name, why: noted[i].why });
        continue;
      }
      let file = `chailou-${schema.id}-${fileOf(source)}`;
      while (files.has(file)) file += "-2";
      files.add(file);
      const of = {
        noted: noted[i],
        canvas,
        name,
        link,
        colours,
        legend: source.legend(),
        language: words.language,
        said: (canvas.closest("[aria-label]") ?? canvas).getAttribute("aria-label") ?? "",
        foot: [`${words.t("site.name")} · ${words.pick(schema.title)}`, lineOf(player.state, words)]
          .filter(Boolean)
          .join(" · "),
      };
      saved.push({ name, file: `${file}.svg`, text: sheet(of) });
    }
    return { saved, refused };
  });
}

/** A sentence in lines that fit; where there are no spaces between words, any letter may begin one. @param {string} text @param {number} wide @param {string} font */
function lines(text, wide, font) {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  pen.font = font;
  /** @type {string[]} */
  const made = [];
  let now = "";
  for (const piece of text.match(/[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+/g) ??
    []) {
    if (now && pen.measureText((now + piece).trimEnd()).width > wide) {
      made.push(now.trimEnd());
      now = "";
    }
    now += piece;
  }
  return [...made, now.trimEnd()].filter(Boolean);
}

/** Words of a legend in rows that fit, each with its place. @param {[string, string][]} legend @param {number} wide */
function rows(legend, wide) {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  pen.font = `${small()}px ${family}`;
  let [x, row] = [0, 0];
  const placed = legend.map(([colour, label]) => {
    const long = 26 + pen.measureText(label).width;
    if (x > 0 && x + long > wide) [x, row] = [0, row + 1];
    const at = { colour, label, x, row };
    x += long + 18;
    return at;
  });
  return { placed, count: legend.length ? row + 1 : 0 };
}

/**
 * @param {object} of
 * @param {Noted} of.noted @param {HTMLCanvasElement} of.canvas
 * @param {string} of.name @param {string} of.said @param {string} of.foot @param {string} of.link @param {string} of.language
 * @param {[string, string][]} of.legend
 * @param {import("../views/palette.js").Colours} of.colours
 */
function sheet({ noted, canvas, name, said, foot, link, language, legend, colours }) {
  const { clientWidth: wide, clientHeight: high } = canvas;
  const width = wide + 2 * edge;
  const key = rows(legend, wide);
  const title = lines(name, wide, `600 ${head}px ${family}`);
  const under = lines(foot, wide, `${small()}px ${family}`);
  const top = edge + title.length * (head + 6) + 8;
  const below = top + high + 12;
  const height = below + key.count * line + 8 + under.length * line + edge - 8;
  const text = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {string} */ words,
    size = small(),
    more = "",
  ) =>
    `<text x="${x}" y="${y}" font-family="${family}" fill="${colours.ink}" font-size="${size}"${more}>${escaped(words)}</text>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" xml:lang="${language}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(name)}</title>`,
    `<desc id="desc">${escaped(`${said} ${foot}. ${link}`.trim())}</desc>`,
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">',
    `<dc:title>${escaped(name)}</dc:title><dc:creator>Chailou</dc:creator><dc:source>${escaped(link)}</dc:source>`,
    "</rdf:Description></rdf:RDF></metadata>",
    `<defs>${noted.defs}</defs>`,
    `<rect width="${width}" height="${height}" fill="${colours.sheet}"/>`,
    ...title.map((words, i) =>
      text(edge, edge + head - 3 + i * (head + 6), words, head, ' font-weight="600"'),
    ),
    `<g transform="translate(${edge} ${top}) scale(${wide / canvas.width} ${high / canvas.height})">${noted.body}</g>`,
    ...key.placed.map(({ colour, label, x, row }) => {
      const [left, y] = [edge + x, below + row * line];
      const swatch = `<rect x="${left}" y="${y + 6}" width="18" height="4" fill="${escaped(colour)}"/>`;
      return swatch + text(left + 26, y + 13, label);
    }),
    ...under.map((words, i) =>
      text(edge, height - edge + 2 - (under.length - 1 - i) * line, words, small(), ' fill-opacity="0.7"'),
    ),
    "</svg>",
    "",
  ].join("\n");
}

// What a state shows, as tables and as JSON: frames by the names that a lab gives their columns, readouts, settings; the link stands first.
import { csvText } from "./csv.js";
/** @import { Frame, Readout } from "../types.js" */

/** @typedef {(string | number)[][]} Rows the first row names the columns */
/** @typedef {Record<string, string[]>} Columns of a frame by its name: those of a wide table [rows, columns]; of any other, the axes and what is counted along them */

/** Columns that a wide table has at most where nobody named them; beyond, each number has a row of its own. */
const wide = 24;

/** What parts of the page that several labs have draw from. @type {Columns} */
export const common = {
  twin_losses: ["seed", "network", "look", "held-out loss"],
  twin_rights: ["seed", "network", "look", "right"],
  twin_pairs: ["mean difference", "half of the 95% interval", "p", "pairs"],
  race: ["lane", "budget", "quality"],
  schedule: ["row", "t", "value"],
  losses: ["step", "loss of all characters", "loss of those foretold"],
  loss: ["step", "loss"],
  x: ["x", "y"],
};

/** An f32 as the shortest number that reads back as it. @param {number} value */
export function short(value) {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return text;
  }
  return Number(value.toPrecision(9));
}

/** @param {Frame} frame @param {string[]} [head] what a lab calls its columns @returns {Rows} */
export function frameRows({ name, shape, data }, head) {
  const numbers = Array.from(data, (value) => (Number.isFinite(value) ? short(value) : Number.NaN));
  const [rows, width = 1] = shape;
  const isWide = head ? head.length === width && shape.length === 2 : shape.length === 2 && width <= wide;
  if (isWide) {
    const names = head ?? Array.from({ length: width }, (_, i) => `${name} ${i + 1}`);
    const counted = head ? [] : ["i"];
    return [
      [...counted, ...names],
      ...Array.from({ length: rows }, (_, i) => [
        ...(head ? [] : [i]),
        ...numbers.slice(i * width, (i + 1) * width),
      ]),
    ];
  }
  const named =
    head?.length === shape.length + 1 ? head : [...shape.map((_, i) => axis(i, shape.length)), name];
  return [
    named,
    ...numbers.map((value, at) => {
      let rest = at;
      /** @type {number[]} */
      const place = [];
      for (const size of shape.toReversed()) {
        place.unshift(rest % size);
        rest = Math.floor(rest / size);
      }
      return [...place, value];
    }),
  ];
}

/** @param {number} i @param {number} count */
const axis = (i, count) => (count === 1 ? "i" : `i${i + 1}`);

/** @param {readonly Readout[]} readouts @param {"en" | "zh"} language @returns {Rows} */
export const readoutRows = (readouts, language) => [
  ["id", "title", "measured", "expected", "tolerance", "relation", "unit", "verdict", "reference"],
  ...readouts.map((one) => [
    one.id,
    one.title[language],
    one.value ?? "",
    one.expected ?? "",
    one.tolerance ?? "",
    one.relation,
    one.unit,
    one.verdict,
    one.reference.href,
  ]),
];

/** @param {Record<string, string | number>} values @returns {Rows} */
export const settingRows = (values) => [["setting", "value"], ...Object.entries(values)];

/** One or several tables under the link to what they are of. @param {string} link @param {...Rows} tables */
export const csvOf = (link, ...tables) =>
  [`# ${link}`, ...tables.map((rows) => csvText(rows)).flatMap((text, i) => (i ? ["", text] : [text]))].join(
    "\r\n",
  );

/** Frames with their shapes; what is no number is null. @param {string} link @param {readonly Frame[]} frames @param {Columns} columns */
export const jsonOf = (link, frames, columns) =>
  JSON.stringify({
    link,
    frames: frames.map(({ name, shape, data }) => ({
      name,
      shape,
      ...(columns[name] && { columns: columns[name] }),
      data: Array.from(data, (value) => (Number.isFinite(value) ? short(value) : null)),
    })),
  });

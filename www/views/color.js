// Colour scales: numbers to colours, even to the eye, and honest about values that are none.

/** @typedef {[number, number, number]} Rgb 0..255 each */

/** @param {string} hex long or, as a bundler may write it, short @returns {Rgb} */
export const rgb = (hex) =>
  /** @type {Rgb} */ (
    hex.length < 7
      ? [1, 2, 3].map((i) => 17 * parseInt(hex[i], 16))
      : [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16))
  );

/** @param {Rgb} colour */
export const css = ([r, g, b]) => `rgb(${Math.round(r)} ${Math.round(g)} ${Math.round(b)})`;

const linear = (/** @type {number} */ c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const gamma = (/** @type {number} */ c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

// OKLab (Ottosson 2020, https://bottosson.github.io/posts/oklab/): straight lines there look evenly spaced.
/** @param {Rgb} colour @returns {Rgb} */
function toLab(colour) {
  const [r, g, b] = colour.map((c) => linear(c / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
/** @param {Rgb} lab @returns {Rgb} */
function fromLab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return /** @type {Rgb} */ (channels.map((c) => 255 * Math.min(1, Math.max(0, gamma(Math.max(0, c))))));
}

/**
 * @param {[number, string][]} stops value and #rrggbb, ascending; beyond the ends the end colour stays
 * @param {string} broken the colour of NaN and infinities
 * @param {number} [full] the value that a red, green or blue channel shows at full strength
 */
export function scale(stops, broken, full = 1) {
  const at = stops.map(([value]) => value);
  const labs = stops.map(([, hex]) => toLab(rgb(hex)));
  const shout = rgb(broken);
  const low = at[0];
  const high = at[at.length - 1];
  // A table, because a frame asks for thousands of colours and the eye cannot see a 512th; made when the first is asked for.
  const size = 512;
  /** @type {Rgb[] | null} */
  let table = null;
  const fillTable = () =>
    Array.from({ length: size + 1 }, (_, i) => {
      const value = low + ((high - low) * i) / size;
      const k = Math.min(
        at.length - 2,
        Math.max(
          0,
          at.findLastIndex((stop) => stop <= value),
        ),
      );
      const part = (value - at[k]) / (at[k + 1] - at[k]);
      return fromLab(/** @type {Rgb} */ (labs[k].map((c, j) => c + (labs[k + 1][j] - c) * part)));
    });
  /** @param {number} value @returns {Rgb} */
  const colour = (value) =>
    Number.isFinite(value)
      ? (table ??= fillTable())[
          Math.round((size * (Math.min(high, Math.max(low, value)) - low)) / (high - low))
        ]
      : shout;
  return Object.assign(colour, { low, high, full });
}

/** @typedef {ReturnType<typeof scale>} Scale */

// The colours of the landscape: the argument as hue, the size as brightness, with a contour at every doubling.

const hues = 360;
const levels = 64;

/** OKLCH to sRGB, 0..255. @param {number} l @param {number} c @param {number} h in turns */
function srgb(l, c, h) {
  const [a, b] = [c * Math.cos(2 * Math.PI * h), c * Math.sin(2 * Math.PI * h)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  return [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((value) => {
    const bounded = Math.min(1, Math.max(0, value));
    return Math.round(255 * (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055));
  });
}

const pack = (/** @type {number[]} */ [r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r;

/** Every hue at every brightness, once. @type {Uint32Array | null} */
let table = null;
function colours() {
  if (table) return table;
  table = new Uint32Array(hues * levels);
  for (let level = 0; level < levels; level++) {
    const l = 0.16 + (0.8 * level) / (levels - 1);
    // Near black and near white there is little room for colour.
    const c = 0.15 * Math.sin(Math.PI * Math.min(1, Math.max(0, (l - 0.08) / 0.9))) ** 0.8;
    for (let hue = 0; hue < hues; hue++) table[level * hues + hue] = pack(srgb(l, c, hue / hues + 0.07));
  }
  return table;
}

/** The colour of a hue for a legend. @param {number} turn 0..1 */
export const hueColour = (turn) => {
  const [r, g, b] = srgb(0.62, 0.15, turn + 0.07);
  return `rgb(${r} ${g} ${b})`;
};

/**
 * @param {Float32Array} data ln |f| and arg f a point
 * @param {Uint32Array} pixels
 */
export function paintValue(data, pixels) {
  const all = colours();
  for (let i = 0; i < pixels.length; i++) {
    const size = data[2 * i];
    const turn = data[2 * i + 1] / (2 * Math.PI);
    const hue = Math.floor((turn - Math.floor(turn)) * hues) % hues || 0;
    const doublings = size * Math.LOG2E;
    const contour = Number.isFinite(doublings) ? doublings - Math.floor(doublings) : 0;
    // Half-way at |f| = 1, towards black at zeros and white at poles.
    const share = Number.isFinite(size) ? 0.55 + 0.43 * (size / (3.2 + Math.abs(size))) : size > 0 ? 1 : 0;
    const level = Math.max(
      0,
      Math.min(levels - 1, Math.round((share + 0.075 * (contour - 0.5)) * (levels - 1))),
    );
    pixels[i] = all[level * hues + hue];
  }
}

/**
 * @param {Float32Array} data the decimal logarithm of what is missed; rounding alone is bare
 * @param {Uint32Array} pixels @param {(share: number) => ArrayLike<number>} ramp 0..1, a colour in bytes
 */
export function paintResidual(data, pixels, ramp) {
  const ramped = Array.from({ length: 65 }, (_, i) => pack(Array.from(ramp(i / 64))));
  for (let i = 0; i < pixels.length; i++) {
    const share = (data[2 * i] + 14.5) / 14.5;
    pixels[i] = ramped[Number.isNaN(share) ? 64 : Math.max(0, Math.min(64, Math.round(64 * share)))];
  }
}

// Where a place of the chart lies on a canvas, and back. Charts whose second coordinate is an angle lie like maps: it runs to the right.

/**
 * @typedef {object} Place
 * @property {(u: number, v: number) => [number, number]} at in CSS pixels
 * @property {(x: number, y: number) => [number, number]} back
 * @property {number} width
 * @property {number} height
 * @property {readonly number[]} chart u from, to, v from, to
 * @property {boolean} turned
 */

/** @param {ArrayLike<number>} chart @param {boolean} turned @param {number} width @param {number} height @returns {Place} */
export function placing(chart, turned, width, height) {
  const [u0, u1, v0, v1] = Array.from(chart);
  const across = (/** @type {number} */ x, /** @type {number} */ from, /** @type {number} */ to) =>
    (x - from) / (to - from);
  return {
    width,
    height,
    chart: [u0, u1, v0, v1],
    turned,
    at: (u, v) =>
      turned
        ? [width * across(v, v0, v1), height * across(u, u0, u1)]
        : [width * across(u, u0, u1), height * (1 - across(v, v0, v1))],
    back: (x, y) =>
      turned
        ? [u0 + ((u1 - u0) * y) / height, v0 + ((v1 - v0) * x) / width]
        : [u0 + ((u1 - u0) * x) / width, v0 + (v1 - v0) * (1 - y / height)],
  };
}

/** How wide a chart is drawn for its height: as its coordinates have it, within bounds. @param {ArrayLike<number>} chart @param {boolean} turned */
export function aspect(chart, turned) {
  const [u0, u1, v0, v1] = Array.from(chart);
  const [wide, high] = turned ? [v1 - v0, u1 - u0] : [u1 - u0, v1 - v0];
  return Math.min(1.6, Math.max(1, wide / high));
}

/** The unit vector at `heading` from ∂u, in the metric [E, F, G]. @param {number} heading @param {readonly number[]} metric @returns {[number, number]} */
export function direction(heading, [e, f, g]) {
  const [root, area] = [Math.sqrt(e), Math.sqrt(e * g - f * f)];
  const [c, s] = [Math.cos(heading), Math.sin(heading)];
  return [c / root - (s * f) / (area * root), (s * root) / area];
}

/** The reverse: the angle of a step of the chart from ∂u. @param {readonly number[]} step @param {readonly number[]} metric */
export const headingOf = ([du, dv], [e, f, g]) => Math.atan2(Math.sqrt(e * g - f * f) * dv, e * du + f * dv);

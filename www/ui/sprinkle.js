// What a spray can does to a set of points: sprinkle, wipe away, thin out, bring to unit spread.

/** @typedef {[number, number]} Point in the plane */

/** A link carries at most this many. */
export const most = 4096;
/** Coordinates in a link reach this far. */
const edge = 3.9;

/** How far `point` lies from the straight stroke between two others. @param {Point} point @param {Point} from @param {Point} to */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along =
    dx || dy ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

/**
 * Points sprinkled evenly over the ground that a disc of `radius` sweeps; a stroke that has not moved dots its disc.
 * @param {Point} from @param {Point} to @param {{radius: number, density: number}} can density: points a unit of area
 * @param {() => number} random 0..1
 * @returns {Point[]}
 */
export function sprinkle(from, to, { radius, density }, random) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const wanted = density * (length ? 2 * radius * length : Math.PI * radius * radius);
  const count = Math.floor(wanted) + (random() < wanted % 1 ? 1 : 0);
  return Array.from({ length: count }, () => {
    const along = random();
    const [r, angle] = [radius * Math.sqrt(random()), 2 * Math.PI * random()];
    return [
      from[0] + along * (to[0] - from[0]) + r * Math.cos(angle),
      from[1] + along * (to[1] - from[1]) + r * Math.sin(angle),
    ];
  });
}

/** What is left after a wipe from one place to another. @param {Point[]} points @param {Point} from @param {Point} to @param {number} radius */
export const wipe = (points, from, to, radius) =>
  points.filter((point) => distance(point, from, to) > radius);

/** Every so many, so that at most `count` are left and none is preferred. @param {Point[]} points */
export const thin = (points, count = most) =>
  points.length <= count
    ? points
    : Array.from({ length: count }, (_, i) => points[Math.floor((i * points.length) / count)]);

/**
 * Mean zero and, over both axes together, variance one, as the noise has it; the shape keeps its proportions.
 * Points without spread only move to the middle.
 * @param {Point[]} points @returns {Point[]}
 */
export function standardise(points) {
  const n = points.length || 1;
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / n);
  const variance = points.reduce((sum, [x, y]) => sum + (x - mx) ** 2 + (y - my) ** 2, 0) / (2 * n);
  const scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 1;
  const inside = (/** @type {number} */ value) => Math.min(edge, Math.max(-edge, value));
  return points.map(([x, y]) => [inside((x - mx) * scale), inside((y - my) * scale)]);
}

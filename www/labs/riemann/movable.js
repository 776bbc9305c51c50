// Which things the chart lets a hand move with the tool at hand, and what each becomes.
import { direction, headingOf } from "./place.js";
import { rowsOf } from "./marks.js";
/** @import { Grip } from "./grips.js" */
/** @import { Hand } from "./hand.js" */
/** @import { Place } from "./place.js" */
/** @import { Frame } from "../../types.js" */
/** @import { Words } from "./strings.js" */

/** Pixels from the ant to the knob of its heading. */
const arm = 62;
const round = (/** @type {number} */ x) => Math.round(x * 1e4) / 1e4;
const shown = (/** @type {number} */ x) => x.toFixed(2).replace("-", "−");

/** Corners that the tool shows: those that were drawn, or those that it makes up. @param {Hand} hand @param {Record<string, Frame>} frames @returns {[number, number][]} */
export function cornersOf(hand, frames) {
  const tool = hand.value("tool");
  const drawn = hand.value("loop");
  if (tool === "loop") return hand.value("carry") === "drawn" && drawn.length >= 3 ? drawn : [];
  if (tool === "triangle") return drawn.length === 3 ? drawn : [];
  if (tool !== "region") return [];
  return drawn.length >= 3
    ? drawn
    : rowsOf(frames.region).map(([u, v]) => /** @type {[number, number]} */ ([u, v]));
}

/** @param {{hand: Hand, t: Words["t"], place: Place, frames: Record<string, Frame>}} needs @returns {Grip[]} */
export function movable({ hand, t, place, frames }) {
  const tool = hand.value("tool");
  const [u, v] = [Number(hand.value("u")), Number(hand.value("v"))];
  const heading = Number(hand.value("heading"));
  const metric = frames.ant ? Array.from(frames.ant.data.subarray(12, 15)) : [];
  const at = place.at(u, v);

  /** A change of the hand; at the end of a drag, and by key, the link knows it. @param {Parameters<Hand["drag"]>[0]} change @param {boolean} done */
  const put = (change, done) => void (done ? hand.drop(change) : hand.drag(change));
  /** @param {number} x @param {number} y @returns {[number, number]} */
  const back = (x, y) => {
    const inside = (/** @type {number} */ k, /** @type {number} */ most) =>
      Math.min(most - 1, Math.max(1, k));
    const [a, b] = place.back(inside(x, place.width), inside(y, place.height));
    return [round(a), round(b)];
  };
  /** @param {string} kind @param {string} label @param {[number, number]} where @param {(place: [number, number]) => Parameters<Hand["drag"]>[0]} change @returns {Grip} */
  const point = (kind, label, where, change) => ({
    kind,
    label,
    at: where,
    onmove: (x, y, done) => put(change(back(x, y)), done),
    onpush: (dx, dy) => put(change(back(where[0] + dx, where[1] + dy)), true),
  });

  const grips = [point("start", t("grip.ant", { u: shown(u), v: shown(v) }), at, ([u, v]) => ({ u, v }))];
  if (tool !== "gradient" && metric.every(Number.isFinite) && metric.length) grips.push(knob());
  if (tool === "geodesic" || tool === "gradient") {
    const [u2, v2] = [Number(hand.value("u2")), Number(hand.value("v2"))];
    grips.push(
      point("second", t("grip.second", { u: shown(u2), v: shown(v2) }), place.at(u2, v2), ([u2, v2]) => ({
        u2,
        v2,
      })),
    );
  }
  const corners = cornersOf(hand, frames);
  corners.forEach((corner, i) => {
    const where = place.at(corner[0], corner[1]);
    const label = t("grip.corner", { n: i + 1, u: shown(corner[0]), v: shown(corner[1]) });
    const grip = point("corner", label, where, (to) => ({ loop: corners.with(i, to) }));
    if (corners.length > 3) grip.ondelete = () => put({ loop: corners.toSpliced(i, 1) }, true);
    grips.push(grip);
  });
  return grips;

  /** The heading, at the end of an arm. @returns {Grip} */
  function knob() {
    const step = direction(heading, metric);
    const ahead = place.at(u + 1e-3 * step[0], v + 1e-3 * step[1]);
    const long = Math.hypot(ahead[0] - at[0], ahead[1] - at[1]) || 1;
    const tip = /** @type {[number, number]} */ (
      [0, 1].map((i) => at[i] + (arm * (ahead[i] - at[i])) / long)
    );
    const turned = (/** @type {number} */ x, /** @type {number} */ y) => {
      const [a, b] = place.back(x, y);
      return round(headingOf([a - u, b - v], metric));
    };
    return {
      kind: "heading",
      label: t("grip.heading", { angle: shown(heading) }),
      at: tip,
      onmove: (x, y, done) => put({ heading: turned(x, y) }, done),
      onpush: (dx, dy) => {
        const more = (dx - dy) / 160;
        put({ heading: round(Math.atan2(Math.sin(heading + more), Math.cos(heading + more))) }, true);
      },
    };
  }
}

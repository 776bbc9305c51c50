// What lies on the plane in each view, from the bottom up, and which frames that takes.
import { arrows, typicalLength } from "../../views/arrows.js";
import { contours } from "../../views/contours.js";
import { heat } from "../../views/heat.js";
import { paths } from "../../views/paths.js";
import { axes } from "../../views/plane.js";
import { dotFor, scatter } from "../../views/scatter.js";
/** @import { Frame } from "../../types.js" */
/** @import { Plane } from "../../views/plane.js" */
/** @import { Palette } from "../../views/palette.js" */

/** @typedef {Record<string, Frame>} Frames */
/** @typedef {"particles" | "trajectories" | "density" | "field" | "error"} View */

/** Frames besides `x` and `data` that a view is drawn from. @type {Record<View, string[]>} */
export const needs = {
  particles: [],
  trajectories: ["trajectories", "probe"],
  density: ["density"],
  field: ["field", "field_exact"],
  error: ["error"],
};

/** Shares of the highest density at which a contour runs. */
const levels = [0.03, 0.1, 0.22, 0.4, 0.62, 0.85];

/** The greatest finite value. @param {ArrayLike<number>} values */
export const highest = (values) =>
  Array.from(values).reduce((most, value) => (Number.isFinite(value) && value > most ? value : most), 0);

export function layers() {
  const [drawData, drawParticles, drawGround] = [scatter(), scatter(), heat()];

  /** @param {Plane} on @param {Frames} frames @param {string} colour @param {number} [strength] */
  function data(on, { data }, colour, strength = 1) {
    if (!data) return;
    const { radius, opacity } = dotFor(data.data.length / 2);
    drawData(on, { points: data.data, colour, radius: 0.8 * radius, opacity: strength * opacity });
  }
  /** @param {Plane} on @param {Frames} frames @param {string} colour @param {number} [strength] */
  function particles(on, { x }, colour, strength = 1) {
    const { radius, opacity } = dotFor(x.data.length / 2);
    drawParticles(on, { points: x.data, colour, radius, opacity: strength * opacity });
  }
  /** @param {Plane} on @param {Frame} frame @param {import("../../views/color.js").Scale} scale @param {number} top the value that gets the scale's full colour */
  function ground(on, { shape: [count], data }, scale, top) {
    drawGround(on, { values: Float32Array.from(data, (value) => value / top), count, scale });
  }

  /** @type {Record<View, (on: Plane, frames: Frames, palette: Palette, now: {at: number, learned: boolean}) => void>} */
  const kinds = {
    particles(on, frames, { colours }) {
      data(on, frames, colours["signed-plus"], 0.55);
      particles(on, frames, colours.ink);
    },
    trajectories(on, frames, { colours }, { at }) {
      data(on, frames, colours["signed-plus"], 0.4);
      const { trajectories, probe } = frames;
      if (trajectories) {
        const [count, steps] = trajectories.shape;
        paths(on, {
          paths: trajectories.data,
          count,
          steps,
          upto: at,
          colour: colours.ink,
          opacity: 0.45,
          dot: 2.4,
        });
      }
      if (!probe) return;
      const [, steps] = probe.shape;
      const path = (/** @type {number} */ i) => probe.data.subarray(2 * i * steps, 2 * (i + 1) * steps);
      paths(on, {
        paths: path(1),
        count: 1,
        steps,
        upto: at,
        colour: colours["signed-minus"],
        width: 2,
        opacity: 1,
        dot: 4.5,
        dash: [6, 3],
      });
      paths(on, {
        paths: path(0),
        count: 1,
        steps,
        upto: at,
        colour: colours.accent,
        width: 2.25,
        opacity: 1,
        dot: 4.5,
      });
    },
    density(on, frames, { colours, shade }) {
      const { density } = frames;
      if (density) {
        const top = highest(density.data) || 1;
        ground(on, density, shade, top);
        contours(on, {
          values: density.data,
          count: density.shape[0],
          levels: levels.map((level) => level * top),
          colour: colours["line-strong"],
        });
      }
      particles(on, frames, colours.ink, 0.6);
    },
    field(on, frames, { colours }, { learned }) {
      data(on, frames, colours["line-strong"], 0.45);
      const { field, field_exact: exact } = frames;
      if (!exact) return;
      const typical = typicalLength(exact.data);
      arrows(on, {
        field: exact.data,
        count: exact.shape[0],
        typical,
        colour: colours["signed-minus"],
        width: 2,
      });
      if (field && learned)
        arrows(on, { field: field.data, count: field.shape[0], typical, colour: colours["signed-plus"] });
    },
    error(on, frames, { colours, alarm }) {
      if (frames.error) ground(on, frames.error, alarm, 1);
      data(on, frames, colours.ink, 0.5);
    },
  };

  /** @param {Plane} on @param {{view: View, frames: Frames, palette: Palette, at: number, learned: boolean, font: string}} args */
  return function draw(on, { view, frames, palette, font, ...now }) {
    if (frames.x) kinds[view](on, frames, palette, now);
    axes(on, { colours: palette.colours, font });
  };
}

// The two instruments that tell Γ from an impostor.
import { axes, power } from "../../views/axes.js";
import { cell, roles } from "./roles.js";
/** @import { Chart } from "./charts.js" */

/** Wielandt: bounded in the strip or not. @type {Chart} */
export const strip = {
  frames: ["strip"],
  claim: "wielandt_bound",
  reads: [],
  roles: ["gamma", "impostor"],
  draw(canvas, scene) {
    const { frames, colours, font } = scene;
    const { first, second, style } = roles(scene);
    const { strip: f } = frames;
    const high = Math.max(2, ...Array.from({ length: f.shape[0] }, (_, i) => cell(f, i, 2)));
    const on = axes(canvas, {
      x: [-3, 3],
      y: [-2.2, high + 0.6],
      colours,
      font,
      across: "Im z",
      label: power,
    });
    on.curve(2, (i) => [i ? 3 : -3, 0], colours.holds, { width: 1.5, dash: [6, 4] });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 2)], second, style("second", 2.4));
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 2.4));
  },
};

/** Bohr and Mollerup: does the logarithm bend upwards everywhere. @type {Chart} */
export const convex = {
  frames: ["convex"],
  claim: "bohr_mollerup",
  reads: [],
  roles: ["gamma", "impostor"],
  draw(canvas, scene) {
    const { frames, colours, font } = scene;
    const { first, second, style } = roles(scene);
    const { convex: f } = frames;
    const low = Math.max(-12, Math.min(-1, ...Array.from({ length: f.shape[0] }, (_, i) => cell(f, i, 2))));
    const on = axes(canvas, { x: [0, 6], y: [low * 1.1, 8], colours, font, across: "x" });
    on.within(() => {
      on.pen.fillStyle = colours.fails;
      on.pen.globalAlpha = 0.1;
      on.pen.fillRect(0, on.Y(0), on.width, on.height);
    });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 2)], second, style("second", 2));
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 2.4));
  },
};

// Pictures of the equation and of the real road: two curves that agree, a sum that shifts, a transform that goes round, spikes.
import { axes } from "../../views/axes.js";
import { cell, roles } from "./roles.js";
import { number } from "../../ui/format.js";
/** @import { Chart } from "./charts.js" */

/** G(x + 1) and x G(x): rows are 1/64 apart. @type {Chart} */
export const graph = {
  frames: ["graph"],
  claim: "functional_equation",
  reads: ["re"],
  roles: ["here", "next"],
  draw(canvas, scene) {
    const { frames, colours, font, values, impostor } = scene;
    const { first, second, style } = roles(scene);
    const { graph: f } = frames;
    const column = impostor ? 2 : 1;
    const rows = f.shape[0] - 64;
    const on = axes(canvas, { x: [-4.5, 4], y: [-6, 8], colours, font, across: "x" });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, column)], colours["line-strong"], { width: 1.2 });
    on.curve(rows, (i) => [cell(f, i, 0), cell(f, i + 64, column)], second, style("second", 5));
    on.curve(rows, (i) => [cell(f, i, 0), cell(f, i, 0) * cell(f, i, column)], first, style("first", 2));
    const x = values.re;
    const i = Math.round((x + 4.5) * 64);
    if (i >= 0 && i < rows && Math.abs(x - Math.round(x)) > 1e-9)
      on.dot(cell(f, i, 0), cell(f, i + 64, column), first, 5, true);
    on.write("G(x)", on.X(3.55), on.Y(4.9), colours["ink-soft"]);
  },
};

/** @type {Chart} */
export const shift = {
  frames: ["shift"],
  claim: "shift",
  reads: [],
  roles: ["shifted", "sums"],
  draw(canvas, scene) {
    const { frames, colours, font, t } = scene;
    const { first, second, style } = roles(scene);
    const { shift: f } = frames;
    const on = axes(canvas, { x: [0.3, 4], y: [0, 10], colours, font, across: "x" });
    on.within(() => {
      on.pen.fillStyle = colours.well;
      on.pen.fillRect(on.X(0.3), 0, on.X(1) - on.X(0.3), on.height);
    });
    const rows = f.shape[0];
    [2, 3, 4, 5, 6].forEach((column, k) => {
      const { width, alpha = 1 } = { alpha: 1, ...style("second", 1.4) };
      on.curve(rows, (i) => [cell(f, i, 0), cell(f, i, column)], second, {
        width,
        alpha: alpha * (0.35 + 0.16 * k),
      });
      const row = Math.round(rows * 0.93);
      on.write(
        ["1", "2", "4", "8", "32"][k],
        on.X(cell(f, row, 0)),
        on.Y(Math.min(9.6, cell(f, row, column))) + 2,
        second,
      );
    });
    on.curve(rows, (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 2.4));
    on.write(t("chart.near"), on.box.left + 6, on.box.top + 6, colours["ink-soft"]);
  },
};

/** @type {Chart} */
export const circle = {
  frames: ["circle"],
  claim: "real_equation",
  reads: ["omega"],
  roles: ["real", "imaginary"],
  key: "omega",
  draw(canvas, scene) {
    const { frames, colours, font, values } = scene;
    const { first, second, style } = roles(scene);
    const { circle: f } = frames;
    const end = -cell(f, 0, 0);
    const on = axes(canvas, { x: [-end, end], y: [-3, 3.2], colours, font, across: "ω" });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 2)], second, style("second", 1.6));
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 2.4));
    on.cursor(values.omega, colours.accent);
    return on.back;
  },
};

/** @type {Chart} */
export const road = {
  frames: ["road"],
  claim: "real_axis_sum",
  reads: ["n", "x"],
  roles: ["sum", "poles", "read"],
  key: "x",
  draw(canvas, scene) {
    const { frames, colours, font, values, claim } = scene;
    const { first, second, third, style } = roles(scene);
    const { road: f } = frames;
    const top = Math.max(1.4, values.n) * 1.15;
    const on = axes(canvas, { x: [-6, 3], y: [-top, top], colours, font, across: "x" });
    for (let n = 0; n < 6; n++)
      on.curve(2, (i) => [-n, i ? top : -top], second, { ...style("second", 1), dash: [3, 4] });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 1.6));
    const here = claim("real_axis_sum")?.value;
    on.cursor(values.x, third);
    if (here !== null && here !== undefined) {
      on.dot(values.x, here, third, scene.lit === "third" ? 7 : 5);
      on.write(`f = ${number(here, 5)}`, on.box.right - 6, on.box.top + 6, third, "right");
    }
    return on.back;
  },
};

/** @type {Chart} */
export const comb = {
  frames: ["road", "comb"],
  claim: "one_period_integral",
  reads: ["n"],
  roles: ["share", "residue"],
  draw(canvas, scene) {
    const { frames, colours, font, values } = scene;
    const { first, second, style } = roles(scene);
    const { road: f, comb: stems } = frames;
    const on = axes(canvas, { x: [-7.4, 3.4], y: [-1.2, 1.2], colours, font, across: "x" });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1) / values.n], first, style("first", 1.3));
    for (let i = 0; i < stems.shape[0]; i++) {
      const [n, measured, residue] = [0, 1, 2].map((column) => cell(stems, i, column));
      on.curve(2, (k) => [-n, k ? measured : 0], second, style("second", 3));
      on.dot(-n, residue, second, scene.lit === "second" ? 7 : 5, true);
      on.dot(-n, measured, second, 2.2);
    }
  },
};

/** @type {Chart} */
export const fall = {
  frames: ["fall", "circle"],
  claim: "imaginary_equation",
  reads: ["omega"],
  roles: ["imaginaryaxis", "realaxis"],
  key: "omega",
  draw(canvas, scene) {
    const { frames, colours, font, values } = scene;
    const { first, second, style } = roles(scene);
    const { fall: f, circle: g } = frames;
    const on = axes(canvas, { x: [-6, 6], y: [-1, 3], colours, font, across: "ω" });
    on.curve(g.shape[0], (i) => [cell(g, i, 0), cell(g, i, 1)], second, {
      alpha: 0.5,
      ...style("second", 1.2),
      dash: [4, 3],
    });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 3));
    on.cursor(values.omega, colours.accent);
    return on.back;
  },
};

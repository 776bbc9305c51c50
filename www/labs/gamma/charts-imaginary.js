// Pictures of the imaginary road: the transform along a line, Euler's integrand over ω and t, the trapezoid rule.
import { axes, power } from "../../views/axes.js";
import { cell, roles } from "./roles.js";
import { number } from "../../ui/format.js";
/** @import { Chart, Scene } from "./charts.js" */

/** @type {Chart} */
export const transform = {
  frames: ["transform"],
  claim: "fourier_pair",
  reads: ["c", "omega"],
  roles: ["closed", "summed", "line"],
  key: "omega",
  draw(canvas, scene) {
    const { frames, colours, font, values, claim } = scene;
    const { first, second, third, style } = roles(scene);
    const { transform: f } = frames;
    const all = Array.from({ length: f.shape[0] }, (_, i) => cell(f, i, 1));
    const [low, high] = [Math.min(0, ...all), Math.max(1, ...all)];
    const room = 0.12 * (high - low);
    const on = axes(canvas, { x: [-5, 3.5], y: [low - room, high + room], colours, font, across: "ω" });
    on.curve(f.shape[0], (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 3));
    on.within(() => {
      const { alpha = 1 } = { alpha: 1, ...style("second") };
      on.pen.globalAlpha = alpha;
      for (let i = 0; i < f.shape[0]; i += 4)
        on.dot(cell(f, i, 0), cell(f, i, 2), second, scene.lit === "second" ? 4 : 2.6, true);
    });
    on.cursor(values.omega, colours.accent);
    const here = claim("fourier_pair")?.value;
    on.write(`c = ${number(values.c)}`, on.box.left + 8, on.box.top + 6, third);
    if (here !== null && here !== undefined)
      on.write(number(here, 7), on.box.right - 6, on.box.top + 6, colours.accent, "right");
    return on.back;
  },
};

/** Euler's integrand on its way from ω to t = e^ω: places and heights of the rows of `bump`; the area never changes.
 * @param {Scene} scene */
function way({ frames: { bump }, morph: s }) {
  const at = (/** @type {number} */ omega) => (1 - s) * omega + s * Math.exp(omega);
  const stretch = (/** @type {number} */ omega) => 1 - s + s * Math.exp(omega);
  return {
    at,
    count: bump.shape[0],
    /** @param {number} i @param {number} [column] @returns {[number, number]} */
    row: (i, column = 1) => [at(cell(bump, i, 0)), cell(bump, i, column) / stretch(cell(bump, i, 0))],
    /** ω at a place: `at` grows. @param {number} place */
    back(place) {
      let [low, high] = [-40, 8];
      for (let k = 0; k < 60; k++) {
        const middle = (low + high) / 2;
        if (at(middle) < place) low = middle;
        else high = middle;
      }
      return (low + high) / 2;
    },
  };
}

/** @type {Chart} */
export const pair = {
  frames: ["bump"],
  claim: "partial_area",
  reads: ["im", "omega"],
  roles: ["omega", "area"],
  key: "omega",
  draw(canvas, scene) {
    const { colours, font, values, claim, morph, t } = scene;
    const { first, second, style } = roles(scene);
    const { count, row, at, back } = way(scene);
    const start = Math.max(row(0)[0], morph > 0.5 ? -1 : -14);
    const rows = Array.from({ length: count }, (_, i) => row(i));
    const seen = rows.filter(([x]) => x >= start + 0.02 * (rows[count - 1][0] - start));
    const high = Math.max(...seen.map(([, y]) => y), 1e-9);
    const low = Math.min(0, ...seen.map(([, y]) => y));
    const across = morph === 0 ? "ω" : morph === 1 ? "t" : "ω → t";
    const on = axes(canvas, {
      x: [start, rows[count - 1][0]],
      y: [low * 1.1, high * 1.15],
      colours,
      font,
      across,
    });
    on.within(() => {
      on.pen.beginPath();
      on.pen.moveTo(on.X(rows[0][0]), on.Y(0));
      const end = at(values.omega);
      for (const [x, y] of rows) if (x <= end) on.pen.lineTo(on.X(x), on.Y(y));
      on.pen.lineTo(on.X(Math.min(end, rows[count - 1][0])), on.Y(0));
      on.pen.fillStyle = second;
      on.pen.globalAlpha = scene.lit === "second" ? 0.6 : 0.28;
      on.pen.fill();
    });
    if (values.im) on.curve(count, (i) => row(i, 2), first, { ...style("first", 1.3), dash: [4, 3] });
    on.curve(count, (i) => rows[i], first, style("first", 2.6));
    on.cursor(at(values.omega), colours.accent);
    const share = claim("partial_area")?.value;
    const words =
      share === null || share === undefined
        ? t("chart.diverges")
        : t("chart.share", { share: number(100 * share, 4) });
    on.write(words, on.box.right - 6, on.box.top + 6, colours.ink, "right");
    return (px) => back(on.back(px));
  },
};

/** The peak, Stirling's Gaussian over it, and the samples of the rule. @type {Chart} */
export const bars = {
  frames: ["bump"],
  claim: "stirling_ratio",
  reads: ["h"],
  roles: ["omega", "gauss", "samples"],
  draw(canvas, scene) {
    const { frames, colours, font, values, claim } = scene;
    const { first, second, third, style } = roles(scene);
    const { bump: f } = frames;
    const rows = f.shape[0];
    const [left, right] = [cell(f, 0, 0), cell(f, rows - 1, 0)];
    const low = Math.min(0, ...Array.from({ length: rows }, (_, i) => cell(f, i, 1)));
    const on = axes(canvas, { x: [left, right], y: [low * 1.1, 1.15], colours, font, across: "ω" });
    const { alpha = 1 } = { alpha: 1, ...style("third") };
    on.within(() => {
      for (let k = Math.ceil(left / values.h); k * values.h < right; k++) {
        const place = ((k * values.h - left) / (right - left)) * (rows - 1);
        const y = cell(f, Math.min(rows - 1, Math.round(place)), 1);
        const [a, b] = [on.X((k - 0.5) * values.h), on.X((k + 0.5) * values.h)];
        on.pen.globalAlpha = 0.22 * alpha + (scene.lit === "third" ? 0.3 : 0);
        on.pen.fillStyle = third;
        on.pen.fillRect(a + 0.5, Math.min(on.Y(y), on.Y(0)), b - a - 1, Math.abs(on.Y(y) - on.Y(0)));
      }
    });
    on.curve(rows, (i) => [cell(f, i, 0), cell(f, i, 3)], second, { ...style("second", 2), dash: [6, 4] });
    on.curve(rows, (i) => [cell(f, i, 0), cell(f, i, 1)], first, style("first", 2.6));
    const ratio = claim("stirling_ratio")?.value;
    if (ratio !== null && ratio !== undefined)
      on.write(`Stirling / Γ = ${number(ratio, 6)}`, on.box.right - 6, on.box.top + 6, second, "right");
  },
};

/** @type {Chart} */
export const rule = {
  frames: ["rule"],
  claim: "trapezoid_error",
  reads: ["h"],
  roles: ["predicted", "measured"],
  key: "h",
  draw(canvas, scene) {
    const { frames, colours, font, values, t } = scene;
    const { first, second, style } = roles(scene);
    const { rule: f } = frames;
    const on = axes(canvas, {
      x: [0, 2.05],
      y: [-32, 1],
      colours,
      font,
      across: "h",
      label: power,
    });
    const log = (/** @type {number} */ value) => (value > 0 ? Math.log10(value) : NaN);
    on.curve(2, (i) => [i ? 2.05 : 0, -15.95], colours["line-strong"], { width: 1.2, dash: [2, 3] });
    on.write(t("chart.double"), on.box.right - 6, on.Y(-15.9) + 3, colours["ink-soft"], "right");
    on.curve(f.shape[0], (i) => [cell(f, i, 0), log(cell(f, i, 2))], first, style("first", 2.4));
    for (let i = 0; i < f.shape[0]; i++)
      on.dot(cell(f, i, 0), log(cell(f, i, 1)), second, scene.lit === "second" ? 5 : 3, true);
    on.cursor(values.h, colours.accent);
    if (!f.shape[0]) on.write(t("chart.diverges"), on.box.left + 8, on.box.top + 6, colours.ink);
    return on.back;
  },
};

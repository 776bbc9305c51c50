// The words of the lab of Γ, in both languages.
import { strings as steps } from "./strings-steps.js";

/** @satisfies {Record<string, {en: string, zh: string}>} */
const own = {
  "time.hint": { en: "Nine steps from the equation to Γ.", zh: "九步，从方程走到 Γ。" },
  "few.title": { en: "Always at hand", zh: "随时可看" },

  "plane.value": { en: "{name} over the complex plane", zh: "复平面上的 {name}" },
  "plane.residual": {
    en: "What {name} misses of G(z + 1) = z G(z)",
    zh: "{name} 离满足 G(z + 1) = z G(z) 差多少",
  },
  "plane.hue": { en: "arg", zh: "辐角" },
  "plane.size": { en: "0 to ∞", zh: "0 到 ∞" },
  "plane.zoom": { en: "Zoom", zh: "缩放" },
  "plane.nearer": { en: "Zoom in", zh: "放大" },
  "plane.further": { en: "Zoom out", zh: "缩小" },
  "plane.home": { en: "Back to where it was", zh: "回到原处" },
  "plane.said": { en: "Γ({z}) = {value}", zh: "Γ({z}) = {value}" },
  "plane.pole": { en: "z = {z} is a pole of Γ.", zh: "z = {z} 是 Γ 的极点。" },
  "plane.keys": {
    en: "Click to put z, drag to push the plane, arrow keys move it, + and − zoom, and so does the wheel after a click.",
    zh: "点按放置 z，拖动平移，方向键平移，+ 与 − 缩放；点过之后滚轮也能缩放。",
  },
  "grip.z": {
    en: "z = {z}. Drag it, or use the arrow keys.",
    zh: "z = {z}。可拖动，或用方向键。",
  },
  "grip.c": {
    en: "The line Re z = {c}. Drag it, or use the arrow keys.",
    zh: "竖线 Re z = {c}。可拖动，或用方向键。",
  },
  "number.range": { en: "Any number from {min} to {max}", zh: "{min} 到 {max} 的任意数" },

  "picker.title": { en: "Picture beside the plane", zh: "平面旁的图" },
  "picker.follow": { en: "as the step has it", zh: "随步骤" },
  "morph.title": { en: "From ω to t = exp ω", zh: "从 ω 到 t = exp ω" },

  "chart.graph": { en: "Both sides of the equation", zh: "方程的两边" },
  "chart.shift": { en: "e^D shifts by one", zh: "e^D 平移一格" },
  "chart.circle": { en: "F on the real axis goes round", zh: "实轴上的 F 打转" },
  "chart.road": { en: "The real road: f_N(x)", zh: "实轴之路：f_N(x)" },
  "chart.comb": { en: "What it really is: residues", zh: "其实是什么：留数" },
  "chart.fall": { en: "F on the imaginary axis falls", zh: "虚轴上的 F 衰减" },
  "chart.transform": { en: "Γ along the line, transformed", zh: "沿竖线对 Γ 作变换" },
  "chart.pair": { en: "Euler’s integrand, ω dragged into t", zh: "欧拉被积函数：从 ω 拖成 t" },
  "chart.bars": { en: "Peak at ln z, Gaussian, samples", zh: "峰在 ln z，高斯与取样" },
  "chart.rule": { en: "Trapezoid magic: error by step", zh: "梯形法则的神奇：误差与步长" },
  "chart.strip": { en: "Wielandt: bounded on 1 ≤ Re z ≤ 2?", zh: "维兰特：在 1 ≤ Re z ≤ 2 上有界吗？" },
  "chart.convex": { en: "Bohr–Mollerup: does ln f bend up?", zh: "玻尔–莫勒鲁普：ln f 向上弯吗？" },
  "chart.near": { en: "a pole nearer than 1: diverges", zh: "极点距离小于 1：发散" },
  "chart.share": { en: "{share} % of Γ(z)", zh: "Γ(z) 的 {share} %" },
  "chart.diverges": { en: "Re z ≤ 0: the integral diverges", zh: "Re z ≤ 0：积分发散" },
  "chart.double": { en: "where a double ends", zh: "双精度止于此" },

  "key.next": { en: "G(x + 1)", zh: "G(x + 1)" },
  "key.here": { en: "x G(x)", zh: "x G(x)" },
  "key.shifted": { en: "Γ(x + 1)", zh: "Γ(x + 1)" },
  "key.sums": { en: "sums of 1, 2, 4, 8, 32 terms", zh: "1、2、4、8、32 项之和" },
  "key.real": { en: "real part", zh: "实部" },
  "key.imaginary": { en: "imaginary part", zh: "虚部" },
  "key.sum": { en: "the integral over N periods", zh: "N 个周期的积分" },
  "key.poles": { en: "poles of Γ", zh: "Γ 的极点" },
  "key.read": { en: "read at x", zh: "x 处读数" },
  "key.share": { en: "f_N(x) / N", zh: "f_N(x) / N" },
  "key.residue": { en: "one period, in the ring (−1)ⁿ/n!", zh: "一个周期，圈内是 (−1)ⁿ/n!" },
  "key.imaginaryaxis": { en: "exp(−e^ω)", zh: "exp(−e^ω)" },
  "key.realaxis": { en: "Re exp(−e^{iω}), for comparison", zh: "Re exp(−e^{iω})，作对照" },
  "key.closed": { en: "2π e^{cω − e^ω}", zh: "2π e^{cω − e^ω}" },
  "key.summed": { en: "∫ Γ(c + iy) e^{−iωy} dy", zh: "∫ Γ(c + iy) e^{−iωy} dy" },
  "key.line": { en: "the line", zh: "竖线" },
  "key.omega": { en: "the integrand", zh: "被积函数" },
  "key.area": { en: "area up to the cursor", zh: "游标之前的面积" },
  "key.gauss": { en: "Stirling’s Gaussian", zh: "斯特林的高斯" },
  "key.samples": { en: "samples of the rule", zh: "梯形法则的取样" },
  "key.predicted": { en: "Σ Γ(z + 2πik/h), predicted", zh: "预言 Σ Γ(z + 2πik/h)" },
  "key.measured": { en: "measured", zh: "实测" },
  "key.gamma": { en: "Γ", zh: "Γ" },
  "key.impostor": { en: "Γ (1 + ε sin 2πz)", zh: "Γ (1 + ε sin 2πz)" },
};

export const strings = { ...own, ...steps };

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */

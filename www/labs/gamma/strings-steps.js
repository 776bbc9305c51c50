// What each step of the derivation says, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "step.formula": { en: "The formula of this step", zh: "这一步的公式" },
  "step.residual": { en: "left over: {value}", zh: "残差：{value}" },

  "step.equation": { en: "A function that multiplies by x when it steps by 1", zh: "走一步便乘以 x 的函数" },
  "step.says.equation": {
    en: "At whole numbers that is the factorial. What is it in between, and in the whole plane? Drag z: the arrow leads to z + 1.",
    zh: "在整数处这就是阶乘。整数之间、整个复平面上它又是什么？拖动 z：箭头指向 z + 1。",
  },
  "step.shift": { en: "Stepping by 1 is e to the derivative", zh: "平移一格就是 e 的导数次幂" },
  "step.says.shift": {
    en: "Taylor’s series for G(x + 1) is e^D G(x): the equation becomes e^D G = x G, made for Fourier. It converges wherever no pole is nearer than 1.",
    zh: "G(x + 1) 的泰勒级数正是 e^D G(x)：方程变成 e^D G = x G，正合傅里叶之用。只要 1 以内没有极点，它就收敛。",
  },
  "step.circle": { en: "On the real axis: solved in one line", zh: "沿实轴：一行就解出" },
  "step.says.circle": {
    en: "D becomes iω and x becomes a derivative. The solution never falls off: exp(−e^{iω}) goes round for ever with period 2π.",
    zh: "D 变成 iω，x 变成求导。解却从不衰减：exp(−e^{iω}) 以 2π 为周期永远打转。",
  },
  "step.road": { en: "Going back, the road breaks", zh: "变换回去，此路断绝" },
  "step.says.road": {
    en: "The inverse integral has no limit. Take N periods: spikes grow at 0, −1, −2, … and nowhere else. Move N and x.",
    zh: "逆变换的积分没有极限。取 N 个周期：尖峰只在 0、−1、−2、…… 处长高。调一调 N 与 x。",
  },
  "step.comb": { en: "It is not empty: it holds the residues of Γ", zh: "它并不空：它装着 Γ 的留数" },
  "step.says.comb": {
    en: "One period at x = −n is (−1)ⁿ/n!, which Γ has at its pole there. The real axis returns the poles, and nothing but the poles.",
    zh: "一个周期在 x = −n 处的积分是 (−1)ⁿ/n!，正是 Γ 在该极点的留数。实轴交出的是极点，也只有极点。",
  },
  "step.turn": { en: "Turn by a quarter: the imaginary axis", zh: "转四分之一圈：走虚轴" },
  "step.says.turn": {
    en: "Ask the same of G(xi). One i less in the exponent, and F = exp(−e^ω) falls faster than any exponential.",
    zh: "对 G(xi) 问同样的问题。指数里少了一个 i，F = exp(−e^ω) 便比任何指数函数降得都快。",
  },
  "step.line": { en: "Step off the pole: the line Re z = c", zh: "避开极点：竖线 Re z = c" },
  "step.says.line": {
    en: "Γ has a pole at 0, so the line moves to c > 0. There it is a true Fourier pair. Drag the line, also past the poles.",
    zh: "Γ 在 0 处有极点，所以竖线移到 c > 0。在那里便是真正的傅里叶变换对。拖动竖线，也可越过极点。",
  },
  "step.euler": { en: "With t = e^ω it is Euler’s integral", zh: "令 t = e^ω，便是欧拉积分" },
  "step.says.euler": {
    en: "Drag ω into t: the area stays. Move the cursor and see how much of Γ(z) lies to its left.",
    zh: "把 ω 拖成 t：面积不变。移动游标，看它左边占 Γ(z) 的多少。",
  },
  "step.constant": { en: "G(1) = 1 fixes the constant, and this is Γ", zh: "由 G(1) = 1 定出常数，这就是 Γ" },
  "step.says.constant": {
    en: "The peak stands at ln z and is 1/√z wide; the Gaussian over it is Stirling’s formula. The bars sum to Γ itself, to astonishingly many digits.",
    zh: "峰在 ln z，宽 1/√z；套在上面的高斯就是斯特林公式。这些长条之和就是 Γ，准确的位数多得惊人。",
  },
};

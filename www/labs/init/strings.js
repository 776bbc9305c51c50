// The words of the lab of beginnings, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "init.title": { en: "Before anything is learnt", zh: "什么都还没学之前" },
  "time.hint": { en: "Every step goes one layer deeper.", zh: "每一步深入一层。" },
  "time.said": { en: "layer {at}", zh: "第 {at} 层" },
  "csv.save": { en: "Save the numbers as CSV", zh: "把数据存为 CSV" },
  "dial.label": { en: "Turn: {title}", zh: "转动：{title}" },
  "gain.flat": { en: "Lay it flat", zh: "拉平" },
  "tune.both": { en: "Tune: shift and scale", zh: "调校：平移加缩放" },
  "tune.bend": { en: "Bend elu: SELU", zh: "弯折 elu：得 SELU" },
  "tune.back": { en: "As it was", zh: "还原" },
  "formula.label": { en: "Your activation φ(x)", zh: "你的激活函数 φ(x)" },
  "formula.hint": {
    en: "A function of x: + − * / ^, exp, ln, tanh, sin, abs, sqrt …",
    zh: "x 的函数：+ − * / ^、exp、ln、tanh、sin、abs、sqrt 等",
  },

  "watch.signal": {
    en: "Turn the gain until the line lies flat: that number is all there is to a rule of initialisation.",
    zh: "转动增益，直到曲线平坦：所谓初始化法则，就是这个数。",
  },
  "watch.truncation": {
    en: "Drag the cut: whoever draws again beyond ±2 is left with 0.774 of the variance, at every layer.",
    zh: "拖动截断点：超出 ±2 就重抽的人，每一层只剩下 0.774 的方差。",
  },
  "watch.attention": {
    en: "Turn d up: without √d rows narrow to one key and hardly a gradient comes through; with it nothing changes.",
    zh: "调大 d：不除以 √d，每行渐渐只盯住一个键，梯度几乎传不过去；除以之后便毫无变化。",
  },
  "watch.residual": {
    en: "Switch the norm: Post-Norm forgets its input by √2 a branch, Pre-Norm counts all alike, ReZero begins as the identity.",
    zh: "切换归一化：Post-Norm 每过一个分支把输入淡化 √2 倍，Pre-Norm 一视同仁，ReZero 从恒等开始。",
  },

  "title.moments": { en: "Second moment from layer to layer", zh: "逐层的二阶矩" },
  "title.outputs": { en: "What comes out of this layer", zh: "这一层的输出" },
  "title.gradients": { en: "Gradients on their way back", zh: "往回传的梯度" },
  "title.ruler": { en: "A normal law, cut and drawn again", zh: "截断后重抽的正态分布" },
  "title.cuts": { en: "What the cut leaves of the variance", zh: "截断后剩下的方差" },
  "title.tuned": { en: "The activation, scaled and shifted", zh: "缩放并平移后的激活函数" },
  "title.rows": {
    en: "Eight rows of attention over all keys, three ways",
    zh: "八行注意力（全部的键），三种做法",
  },
  "title.largest": { en: "The largest weight over d", zh: "最大的权重随 d 的变化" },
  "title.jacobian": {
    en: "Softmax’s Jacobian, 1 − Σp², over d",
    zh: "softmax 的雅可比 1 − Σp² 随 d 的变化",
  },
  "title.shares": { en: "What x is made of: the input and each branch", zh: "x 的成分：输入与每个分支" },
  "title.alike": { en: "How alike x and the next x are: cosine", zh: "x 与下一个 x 有多像：余弦" },
  "title.reaching": { en: "What reaches layer 1 from here", zh: "从此处能传回第 1 层多少" },

  "axis.layer": { en: "layer", zh: "层" },
  "axis.sublayer": { en: "sub-layer", zh: "子层" },
  "axis.branch": { en: "branch", zh: "分支" },
  "axis.cut": { en: "cut", zh: "截断点" },
  "axis.deviations": { en: "σ", zh: "σ" },
  "share.off": { en: "off: {off}", zh: "关闭：{off}" },
  "share.saturated": { en: "saturated: {saturated}", zh: "饱和：{saturated}" },
  "share.dead": { en: "dead, off for all inputs: {dead}", zh: "死亡（对所有输入都关闭）：{dead}" },
  "cut.left": { en: "variance {variance}", zh: "方差 {variance}" },
  "tuned.mean": { en: "mean {mean}", zh: "均值 {mean}" },
  "tuned.moment": { en: "second moment {moment}", zh: "二阶矩 {moment}" },
  "rows.deviation": { en: "logits ±{sd}", zh: "logits ±{sd}" },
  "rows.largest": { en: "largest", zh: "最大" },

  "key.moment": { en: "second moment, measured", zh: "二阶矩，实测" },
  "key.map": { en: "dashed: variance map", zh: "虚线：方差映射" },
  "key.mean": { en: "mean, squared", zh: "均值的平方" },
  "key.one": { en: "dotted: 1", zh: "点线：1" },
  "key.gradient": { en: "gradient, root mean square", zh: "梯度，均方根" },
  "key.drawn": { en: "drawn again beyond the cut", zh: "超出截断点就重抽" },
  "key.normal": { en: "dashed: the normal law", zh: "虚线：正态分布" },
  "key.plain": { en: "dashed: as it is", zh: "虚线：原样" },
  "key.tuned": { en: "scaled and shifted", zh: "缩放并平移" },
  "key.undivided": { en: "q·k", zh: "q·k" },
  "key.divided": { en: "q·k/√d; rings: measured", zh: "q·k/√d；圈：实测" },
  "key.input": { en: "the input x₀", zh: "输入 x₀" },
  "key.branch": { en: "each branch, measured", zh: "每个分支，实测" },
  "key.formula": { en: "formula", zh: "公式" },
  "key.reaching": { en: "gradient, measured", zh: "梯度，实测" },
  "key.direct": { en: "dotted: straight through no branch", zh: "点线：不经任何分支直通" },

  "said.signal": {
    en: "Layer {at}: second moment {moment}, by the map {map}.",
    zh: "第 {at} 层：二阶矩 {moment}，方差映射给出 {map}。",
  },
  "said.truncation": {
    en: "Cut at {cut}; the activation has mean {mean} and second moment {moment}.",
    zh: "在 {cut} 处截断；激活函数的均值为 {mean}，二阶矩为 {moment}。",
  },
  "said.attention": {
    en: "d = {d}: the largest weight is {off} without √d and {on} with it.",
    zh: "d = {d}：最大的权重不除 √d 时为 {off}，除以后为 {on}。",
  },
  "said.residual": {
    en: "After {at} sub-layers the input weighs {weight}.",
    zh: "经过 {at} 个子层后，输入的权重为 {weight}。",
  },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */

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

  "watch.train": {
    en: "Train them: the same weights, the same texts, and one thing that differs. Who learns without √d, without warm-up, at depth?",
    zh: "训练它们：权重相同，文本相同，只差一处。不除 √d、不预热、层数深，谁还学得会？",
  },
  "watch.transfer": {
    en: "Switch the parametrisation: does the best learning rate of a narrow network serve the wide one?",
    zh: "切换参数化：在窄网络上找到的最佳学习率，宽网络还能用吗？",
  },
  "watch.title": { en: "Numbers while they learn", zh: "训练途中的各种数" },
  "twins.title": { en: "Born, and then?", zh: "生下来之后呢？" },
  "twins.hint": {
    en: "Small transformers learn which value was told with which key. All begin with the same draws and read the same texts.",
    zh: "几个小 Transformer 学习回忆“哪个键配哪个值”。起点的随机数相同，所读的文本也相同。",
  },
  "twins.step.short": { en: "step", zh: "步" },
  "title.updates": { en: "A step over the rate, root mean square", zh: "一步更新 ÷ 学习率，均方根" },
  "title.logits": { en: "Logits within a row, deviation", zh: "每行 logits 的标准差" },
  "title.first": { en: "Gradient of the first sub-layer", zh: "第一个子层的梯度" },
  "title.rates": { en: "Loss over the learning rate, width by width", zh: "各宽度下损失随学习率的变化" },
  "title.moved": { en: "How far steps move the second layer", zh: "走几步后第二层变了多少" },
  "title.bests": { en: "log₂ of the best rate over the width", zh: "最佳学习率的 log₂ 随宽度的变化" },
  "axis.rate": { en: "log₂ rate", zh: "log₂ 学习率" },
  "axis.width": { en: "width", zh: "宽度" },
  "key.width": { en: "width {width}", zh: "宽度 {width}" },
  "key.steps": { en: "after {n}", zh: "{n} 步后" },
  "key.last": { en: "dashed: the last layer", zh: "虚线：最后一层" },
  "transfer.title": { en: "Runs", zh: "各次训练" },
  "transfer.running": {
    en: "{n} of {all} runs: four widths, three parametrisations, 11 rates, two draws.",
    zh: "已训练 {n} 次，共 {all} 次：四种宽度、三种参数化、11 个学习率、两次抽取。",
  },
  "transfer.done": { en: "{n} runs were made.", zh: "{n} 次训练都已完成。" },
  "said.transfer": { en: "log₂ of the best rate by width: {best}.", zh: "各宽度最佳学习率的 log₂：{best}。" },

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

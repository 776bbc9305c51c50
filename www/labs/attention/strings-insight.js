// The words of what is read out of the attention lab's model: one head step by step, the lens, the measures, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const insight = {
  "lens.title": { en: "Logit lens", zh: "逐层预测" },
  "lens.at": {
    en: "What each depth would write after position {token}, {char}",
    zh: "在第 {token} 位（{char}）之后，各层会写什么",
  },
  "lens.after": { en: "read after", zh: "读于" },
  "lens.rank": { en: "{n}.", zh: "第 {n}" },
  "lens.truth": { en: "next: {char}", zh: "实为 {char}" },
  "lens.embedding": { en: "the embedding", zh: "嵌入" },
  "lens.layer": { en: "layer {layer}", zh: "第 {layer} 层" },
  "lens.last": { en: "layer {layer}, the last", zh: "第 {layer} 层（末层）" },
  "lens.hint": {
    en: "Each row sends the running sum of its depth straight through the final norm and the head. The last row is what the model says.",
    zh: "每一行都把该深度的残差流直接送进最后的归一化和输出层。最后一行就是模型的回答。",
  },

  "stages.title": { en: "One head, step by step", zh: "一个头，一步一步" },
  "stages.which": {
    en: "Layer {layer}, head {head}; rows {from} to {to} of {of}, and what they read most",
    zh: "第 {layer} 层第 {head} 头；共 {of} 位，这里是第 {from} 到 {to} 行，以及它们读得最多的位置",
  },
  "stages.keys": {
    en: "Matrices of one head. Arrow keys move the cell that is written out below.",
    zh: "一个头的各个矩阵。方向键移动下方写出的那一格。",
  },
  "stages.dot": { en: "q · k", zh: "q · k" },
  "stages.scaled": { en: "÷ √d", zh: "÷ √d" },
  "stages.masked": { en: "masked", zh: "加掩码" },
  "stages.softmax": { en: "softmax", zh: "softmax" },
  "stages.values": { en: "V", zh: "V" },
  "stages.mixed": { en: "output", zh: "输出" },
  "stages.more": { en: "and {n} more numbers a row", zh: "每行另有 {n} 个数" },
  "stages.cell": {
    en: "Row {q} ({from}) looks at column {k} ({to})",
    zh: "第 {q} 行（{from}）看第 {k} 列（{to}）",
  },
  "stages.terms": { en: "The dot product, term by term: {n} products", zh: "点积逐项：{n} 个乘积" },
  "stages.sum": {
    en: "These {n} products sum to {dot}. Divided by √{n} = {root} that is {scaled}.",
    zh: "这 {n} 个乘积之和为 {dot}，除以 √{n} = {root} 得 {scaled}。",
  },
  "stages.share": {
    en: "Of the row, measured from its highest score, this is {power} out of {total}: a weight of {weight}.",
    zh: "以该行最高分为基准取指数，这一格是 {power}，整行之和 {total}：权重 {weight}。",
  },
  "stages.share.other": {
    en: "Of the row, measured from its highest score, this is {power} out of {total}: the softmax would give {share}. Surgery makes the weight {weight}.",
    zh: "以该行最高分为基准取指数，这一格是 {power}，整行之和 {total}：softmax 本会给 {share}，干预使权重成为 {weight}。",
  },
  "stages.hidden": {
    en: "Surgery hides {to} from {from}: −∞ before the softmax, weight 0.",
    zh: "干预对 {from} 遮住了 {to}：softmax 之前为 −∞，权重为 0。",
  },
  "stages.mix": {
    en: "Row {q} ({from}) takes home this mixture of values:",
    zh: "第 {q} 行（{from}）带回的是这样的 V 的混合：",
  },
  "stages.mix.off": {
    en: "The head is switched off, so row {q} ({from}) takes home nothing of what would be this mixture of values:",
    zh: "这个头已关掉，第 {q} 行（{from}）什么也没有带回；本来会是这样的 V 的混合：",
  },

  "measures.title": { en: "Measures of every head", zh: "每个头的度量" },
  "measures.key": { en: "layer.head", zh: "层.头" },
  "measures.said": {
    en: "Layer {layer}, head {head}: {measure} {value}",
    zh: "第 {layer} 层第 {head} 头：{measure} {value}",
  },
  "measures.said.both": {
    en: "Layer {layer}, head {head}: {measure} {value}, untouched {was}",
    zh: "第 {layer} 层第 {head} 头：{measure} {value}，原样为 {was}",
  },
  "measure.link": { en: "where this comes from", zh: "出处" },
  "measure.entropy": { en: "entropy (nats)", zh: "熵（纳特）" },
  "measure.help.entropy": {
    en: "How undecided a row is: −Σ a ln a, averaged over the rows. 0: it looks at one character; ln n: at all n alike.",
    zh: "一行有多犹豫：−Σ a ln a，对各行取平均。0 表示只看一个字符，ln n 表示 n 个一视同仁。",
  },
  "measure.effective": { en: "effective tokens", zh: "有效字符数" },
  "measure.help.effective": {
    en: "How many characters a row really reads: n·S² = (Σa)²/Σa², averaged over the rows.",
    zh: "一行实际在读几个字符：n·S² = (Σa)²/Σa²，对各行取平均。",
  },
  "measure.concentration": { en: "concentration S", zh: "集中度 S" },
  "measure.help.concentration": {
    en: "S = ‖a‖₁ / (√n ‖a‖₂), between 1/√n and 1. Small is concentrated, 1 is spread evenly.",
    zh: "S = ‖a‖₁ / (√n ‖a‖₂)，介于 1/√n 与 1 之间。越小越集中，1 是完全均匀。",
  },
  "measure.stable": { en: "stable rank", zh: "稳定秩" },
  "measure.help.stable": {
    en: "Of the map's singular values s: Σs² / s₁². How many directions carry it, counted by energy.",
    zh: "由图的奇异值 s 得：Σs² / s₁²。按能量数，有几个方向在起作用。",
  },
  "measure.erank": { en: "effective rank (entropy)", zh: "有效秩（熵）" },
  "measure.help.erank": {
    en: "exp of the entropy of the singular values, each divided by their sum. Every causal map has full rank; this says how much of it is felt.",
    zh: "把奇异值除以总和，取其熵的指数。因果图总是满秩，这里说的是感觉得到的秩有多少。",
  },
  "measure.participation": { en: "effective rank (ℓ₁/ℓ₂)", zh: "有效秩（ℓ₁/ℓ₂）" },
  "measure.help.participation": {
    en: "(Σs)² / Σs² of the singular values: the effective number again, now of directions.",
    zh: "奇异值的 (Σs)² / Σs²：仍是有效个数，不过数的是方向。",
  },
  "measure.distance": { en: "mean distance back", zh: "平均回看距离" },
  "measure.help.distance": {
    en: "How many positions back a row looks on average: Σ a·(q − k). 1 is the character before.",
    zh: "一行平均往回看几位：Σ a·(q − k)。1 就是前一个字符。",
  },
  "measure.first": { en: "share on the first", zh: "落在首位的份额" },
  "measure.help.first": {
    en: "The weight that goes to the first position, from the second row on. A head that has nothing to say often parks its attention there: a sink.",
    zh: "从第二行起，落在首位上的权重。无事可做的头常把注意力停在那里，称为注意力汇。",
  },
  "measure.prefix": { en: "prefix matching", zh: "前缀匹配" },
  "measure.help.prefix": {
    en: "The weight on the character that followed the last time this character was read, averaged over the rows that have one. High in an induction head.",
    zh: "当前字符上次出现之后紧跟的那个字符所得的权重，对有先例的行取平均。归纳头的这个值很高。",
  },
};

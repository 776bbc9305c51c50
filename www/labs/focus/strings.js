// The words of the lab of concentration, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "focus.title": { en: "Who can concentrate", zh: "谁能集中注意力" },
  "part.title": { en: "What is asked", zh: "问什么" },
  "time.hint": {
    en: "The text grows: every step reads twice as many keys.",
    zh: "文本在变长：每一步读入加倍的键。",
  },
  "time.said": { en: "{n} keys read", zh: "已读 {n} 个键" },
  "csv.save": { en: "Save the numbers as CSV", zh: "把数据存为 CSV" },

  "dial.label": { en: "Turn: {title}", zh: "转动：{title}" },

  "watch.bench": {
    en: "Turn up the query: softmax narrows to a few keys, linear attention stays wide, decay only knows how far back.",
    zh: "把查询调强：softmax 收窄到少数几个键，线性注意力依旧铺开，衰减只认得距离远近。",
  },
  "watch.phase": {
    en: "Turn γ up: S follows exp(−γ²/2) only to the first mark; beyond the second, a few keys of n have nearly all.",
    zh: "调大 γ：S 只在第一条线之前遵循 exp(−γ²/2)；越过第二条线，n 个键里的少数几个占去几乎全部。",
  },
  "watch.needle": {
    en: "Drag the needle out of the hay: softmax finds it once eᵐ outweighs all others; linear attention hardly notices.",
    zh: "把针拖出草堆：一旦 eᵐ 压过其余总和，softmax 就找到它；线性注意力几乎毫无察觉。",
  },
  "watch.shape": {
    en: "Turn the query from flat to one-hot: that, not more coordinates, is how linear attention gets as sparse as it can.",
    zh: "把查询从平坦转成独热：线性注意力能达到的最稀疏靠的是它，而不是更多的坐标。",
  },
  "watch.decay": {
    en: "Turn λ: as many tokens as the box is wide count, however long the text is and whatever its keys say.",
    zh: "转动 λ：起作用的词数就是方框的宽度，无论文本多长、键说了什么。",
  },
  "watch.twins": {
    en: "Four networks, alike but for their kernels, learn to find what stood beside a key. Who can?",
    zh: "四个网络除了核完全一样，都来学习找出某个键旁边是什么。谁做得到？",
  },
  "twins.title": { en: "Twins under four kernels", zh: "四种核下的多胞胎" },
  "twins.hint": {
    en: "The same weights, the same texts, the same number of parameters; only the kernels differ.",
    zh: "权重相同，文本相同，参数量相同，只有核不同。",
  },
  "twin.softmax": { en: "softmax", zh: "softmax" },
  "twin.elu1": { en: "elu + 1", zh: "elu + 1" },
  "twin.relu2": { en: "relu²", zh: "relu²" },
  "twin.decay": { en: "decay, λ = 0.75", zh: "衰减，λ = 0.75" },
  "straw.title": { en: "A needle among n keys of their own", zh: "在它们自己的 n 个键中放一根针" },
  "straw.margin": { en: "The needle by its margin, n = {n}", zh: "针的权重随优势变化，n = {n}" },
  "straw.theory": { en: "dashed: theory, Gaussian keys", zh: "虚线：理论（键为高斯）" },
  "straw.hint": {
    en: "Each trained head at its sharpest reads n keys of other texts and one key more, whose score is their mean plus m. Who finds it?",
    zh: "每个训练后最锐的头，读取其他文本的 n 个键，再加一个得分为均值加 m 的键。谁找得到它？",
  },
  "straw.said": { en: "Among {n} keys, m = {m}: {all}.", zh: "{n} 个键中，m = {m}：{all}。" },

  "exam.title": { en: "Said rightly, by the number of pairs", zh: "答对的比例，按对数" },
  "exam.pairs": { en: "pairs", zh: "对数" },
  "exam.learnt": { en: "learnt with so many at most", zh: "训练时至多这么多" },
  "exam.said": { en: "With 32 pairs: {all}.", zh: "32 对时：{all}。" },
  "exam.heads": {
    en: "The sharpest trained head of each, beside theory",
    zh: "各自训练出的最锐的头，与理论并列",
  },
  "exam.kernel": { en: "Kernel", zh: "核" },
  "exam.tokens": { en: "Tokens in sight", zh: "所见词数" },
  "exam.s": { en: "S", zh: "S" },
  "exam.entropy": { en: "Entropy", zh: "熵" },
  "exam.beside": { en: "{value} (theory {theory})", zh: "{value}（理论 {theory}）" },
  "watch.scaling": {
    en: "A longer text asks for a larger γ: by the root of a logarithm while attention is wide, nearly by the logarithm where it is narrow.",
    zh: "文本越长，所需的 γ 越大：注意力宽时按对数的平方根，窄时则接近对数本身。",
  },

  "title.readers": {
    en: "One text, ten readers: the weight of every key",
    zh: "同一段文本，十种读法：每个键的权重",
  },
  "title.sorted": { en: "The same weights in falling order", zh: "同样的权重，从大到小" },
  "title.limits": {
    en: "S over γ: endless text as a line, this text as a ring",
    zh: "S 随 γ 的变化：线为无穷长文本，圈为这段文本",
  },
  "title.concentration": {
    en: "S of softmax over γ: measured and three laws",
    zh: "softmax 的 S 随 γ 变化：实测与三条定律",
  },
  "title.entropy": { en: "Entropy of the weights over γ", zh: "权重的熵随 γ 变化" },
  "title.largest": { en: "The largest weight over γ, measured", zh: "最大的权重随 γ 变化，实测" },
  "title.haystack": {
    en: "The needle among the scores, and what each reader gives it",
    zh: "得分中的针，以及每种读法给它的权重",
  },
  "title.map": { en: "The needle’s share over length and margin", zh: "针的权重随长度与优势的变化" },
  "title.reach": { en: "How long a text may be: the needle’s share", zh: "文本能有多长：针的权重" },
  "title.shapes": {
    en: "S of linear attention, from a flat query to a one-hot one",
    zh: "线性注意力的 S：查询从平坦到独热",
  },
  "title.query": { en: "The query’s features q̃, in shares", zh: "查询的特征 q̃（占比）" },
  "title.dims": { en: "S over the number of coordinates", zh: "S 随坐标个数的变化" },
  "title.fall": { en: "Weights of decay: the newest key at the right", zh: "衰减的权重：最新的键在右端" },
  "title.span": { en: "Effective tokens over the length of the text", zh: "有效词数随文本长度的变化" },
  "title.blind": { en: "A needle at the beginning of the text", zh: "放在文本开头的针" },
  "title.keep": { en: "The γ that keeps the entropy of 512 keys", zh: "保持 512 个键时的熵所需的 γ" },
  "title.drift": { en: "What becomes of the entropy", zh: "熵会怎样变化" },
  "title.found": { en: "What becomes of the needle", zh: "针会怎样" },

  "board.title": { en: "The ten readers in numbers", zh: "十种读法的数字" },
  "board.kernel": { en: "Kernel", zh: "核" },
  "board.s": { en: "S of this text", zh: "这段文本的 S" },
  "board.exact": { en: "exact mean at this n", zh: "此 n 下的精确平均" },
  "board.endless": { en: "closed form", zh: "解析式" },
  "board.tokens": { en: "tokens n S²", zh: "有效词数 n S²" },
  "board.entropy": { en: "entropy", zh: "熵" },
  "board.largest": { en: "largest weight", zh: "最大权重" },

  "rows.from": { en: "first key … newest key", zh: "最早的键 … 最新的键" },
  "rows.tokens": { en: "tokens of {n}", zh: "有效词数/{n}" },
  "hay.scores": { en: "scores of all other keys", zh: "其余各键的得分" },
  "hay.found": { en: "weight on the needle", zh: "落在针上的权重" },
  "map.none": { en: "No law is known: see the bars at the left.", zh: "没有已知的定律：请看左边的条形。" },
  "mark.ends": { en: "√(ln n/2): the formula ends", zh: "√(ln n/2)：公式失效" },
  "mark.freezes": { en: "√(2 ln n): a few have all", zh: "√(2 ln n)：少数独占" },
  "mark.tokens": { en: "{n} tokens", zh: "{n} 个词" },
  "axis.rank": { en: "log₁₀ rank", zh: "log₁₀ 名次" },
  "axis.shape": { en: "shape", zh: "形状" },
  "axis.coordinate": { en: "coordinate", zh: "坐标" },
  "axis.back": { en: "places back", zh: "往回的位置" },
  "axis.tokens": { en: "effective tokens", zh: "有效词数" },
  "axis.needle": { en: "needle’s share", zh: "针的权重" },

  "key.equal": { en: "ring: as if n S² keys shared alike", zh: "圈：相当于 n S² 个键平分" },
  "key.heads": {
    en: "dots: trained heads, from where the law has them",
    zh: "黑点：学过的头，线段另一端是定律所给之处",
  },
  "key.endless": { en: "dotted: exp(−γ²/2), n → ∞", zh: "点线：exp(−γ²/2)，n → ∞" },
  "key.leading": {
    en: "dashed: leading order; line: exact mean; rings: measured, ± 2σ",
    zh: "虚线：主阶；实线：精确平均；圈：实测，± 2σ",
  },
  "key.needle": { en: "the needle", zh: "针" },
  "key.half": { en: "half of the weight", zh: "一半的权重" },
  "key.flat": { en: "flat query", zh: "平坦的查询" },
  "key.onehot": { en: "one-hot query", zh: "独热的查询" },
  "key.slip": { en: "if the ratio could be √d", zh: "假如比值真能到 √d" },
  "key.box": { en: "a box of (1 + λ)/(1 − λ) equal tokens", zh: "(1 + λ)/(1 − λ) 个等权词的方框" },
  "key.exact": { en: "exact", zh: "精确" },
  "key.fixed": { en: "γ as it is", zh: "γ 不变" },
  "key.root": { en: "√(γ² + 2 ln(n/512))", zh: "√(γ² + 2 ln(n/512))" },
  "key.log": { en: "γ ln n/ln 512", zh: "γ ln n/ln 512" },

  "slip.article": { en: "The article says", zh: "文章说" },
  "slip.theirs": {
    en: "The ratio |q̃|₂/|q̃|₁ can be as large as √d, so only a larger d lets linear attention concentrate.",
    zh: "比值 |q̃|₂/|q̃|₁ 最大可达 √d，所以只有增大 d 才能让线性注意力集中。",
  },
  "slip.us": { en: "What holds", zh: "成立的是" },
  "slip.ours": {
    en: "For q̃ ≥ 0 it lies between 1/√d, flat, and 1, one-hot. One-hot is sparsest at any d; a flat query of more coordinates is flatter.",
    zh: "当 q̃ ≥ 0 时它介于 1/√d（平坦）与 1（独热）之间。无论 d 多大，独热最稀疏；平坦的查询坐标越多，注意力反而越平。",
  },

  "grip.needle": {
    en: "Needle at m = {m}. Drag it, or use the arrow keys.",
    zh: "针在 m = {m}。可拖动，或用方向键。",
  },
  "said.bench": {
    en: "{kernel} on {n} keys: S = {s}, {tokens} effective tokens.",
    zh: "{kernel} 读 {n} 个键：S = {s}，有效词数 {tokens}。",
  },
  "said.needle": {
    en: "{kernel} on {n} keys gives the needle {share}.",
    zh: "{kernel} 在 {n} 个键中给针 {share}。",
  },
  "said.shape": { en: "S = {s}, measured.", zh: "实测 S = {s}。" },
  "said.decay": { en: "{tokens} effective tokens.", zh: "有效词数 {tokens}。" },
  "said.scaling": { en: "From γ = {gamma} at 512 keys.", zh: "从 512 个键时的 γ = {gamma} 出发。" },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */

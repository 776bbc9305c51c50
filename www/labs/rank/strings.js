// The words of the lab of rank, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "stage.name": { en: "One head under a mask", zh: "戴着掩码的一个头" },
  "masks.title": { en: "Who may read whom", zh: "谁能读谁" },
  "masks.measure": { en: "Measure the other masks, too", zh: "也测量其他掩码" },
  "time.hint": { en: "Play: every step adds a layer.", zh: "播放：每步加一层。" },
  "csv.save": { en: "Save spectra and spread as CSV", zh: "把谱与离散度存为 CSV" },

  "says.two-way": {
    en: "Everybody reads everybody: {rank} of {n} directions are there, entropy rank {erank}. Play: in depth nothing protects a token.",
    zh: "人人互读：{n} 个方向中有 {rank} 个，熵秩 {erank}。播放：叠深了，没有哪个字受到保护。",
  },
  "says.prefix": {
    en: "The prefix reads itself both ways, the rest what is before it: entropy rank {erank} of {n}. Drag the corner on the diagonal.",
    zh: "前缀双向互读，其余只读前文：熵秩 {erank}（共 {n}）。拖动对角线上的角。",
  },
  "says.causal": {
    en: "Each token reads what came before. Its rank is full, but log₁₀ det = {det}: hardly. Play: what a triangle keeps shows in depth.",
    zh: "每个字只读前文。秩是满的，但 log₁₀ det = {det}，满得勉强。播放：三角形保住了什么，叠深了才看得见。",
  },
  "says.anti-causal": {
    en: "Each token reads what comes after: the same triangle upside down, entropy rank {erank} of {n}. Its tower ends on the last token.",
    zh: "每个字只读后文：同一个三角形倒过来，熵秩 {erank}（共 {n}）。它的塔归于最后一个字。",
  },
  "says.mixed": {
    en: "Half of the heads read forward, half backward: each is a triangle, together they connect everybody in one layer.",
    zh: "一半的头向前读，一半向后读：各自是三角形，合起来一层之内人人相连。",
  },
  "says.linear-two-way": {
    en: "Linear attention both ways: {n} tokens, a head {d} wide, {rank} directions. The wall stands at d. Choose causal and it falls.",
    zh: "双向线性注意力：{n} 个字，头宽 {d}，只有 {rank} 个方向。墙就在 d 处。换成因果，墙就倒了。",
  },
  "says.linear-causal": {
    en: "Linear attention behind a causal mask: {some} of {n} directions above a hundredth of the largest, from a head only {d} wide.",
    zh: "因果掩码下的线性注意力：头只有 {d} 宽，{n} 个方向中仍有 {some} 个大于最大者的百分之一。",
  },
  "says.uniform": {
    en: "The plain mean of all that came before: eigenvalues 1, 1/2, …, 1/{n}, and log₁₀ det = −log₁₀ {n}! = {det}.",
    zh: "对前文取简单平均：特征值 1、1/2、……、1/{n}，log₁₀ det = −log₁₀ {n}! = {det}。",
  },
  "says.model": {
    en: "A head that has learned: layer {layer}, head {head}, on {n} characters. Entropy rank {erank}; a head drawn at random has {drawn}.",
    zh: "学过的头：第 {layer} 层第 {head} 头，读 {n} 个字符。熵秩 {erank}；随机抽取的头为 {drawn}。",
  },

  "says.trained": {
    en: "A head trained here for {steps} steps: layer {layer}, head {head}, on {n} characters. Entropy rank {erank}; a head drawn at random has {drawn}.",
    zh: "就地训练了 {steps} 步的头：第 {layer} 层第 {head} 头，读 {n} 个字符。熵秩 {erank}；随机抽取的头为 {drawn}。",
  },

  "source.title": { en: "Where the head comes from", zh: "头从何来" },
  "text.title": { en: "The text that the model reads", zh: "模型所读的文字" },
  "text.count": { en: "{n} characters read.", zh: "读了 {n} 个字符。" },
  "door.learn": { en: "Back to where it learns", zh: "回到它学习的地方" },
  "door.twins": { en: "Go to the twins", zh: "去看双胞胎" },
  "learnt.twin": {
    en: "A twin of pair {pair}, {n} of {all} steps into its training; it learns further down this page, and this map with it.",
    zh: "第 {pair} 对双胞胎之一，已训练 {n} 步，共 {all} 步；它在本页下方学习，这张图随之变化。",
  },
  "learnt.twin.young": {
    en: "A twin of pair {pair} before its first step: random weights. Train the twins further down this page, and watch the map.",
    zh: "第 {pair} 对双胞胎之一，尚未走出第一步：权重是随机的。在本页下方训练它们，看这张图怎么变。",
  },
  "learnt.toy": {
    en: "The network from the attention lab after {n} steps, as this browser remembers it.",
    zh: "来自注意力实验的网络，训练 {n} 步之后，按本浏览器所记。",
  },
  "learnt.toy.young": {
    en: "The network of the attention lab before its first step: random weights. Train it there and measure again.",
    zh: "注意力实验的网络，尚未走出第一步：权重是随机的。请到那边训练后再来量。",
  },
  "learnt.toy.part": {
    en: "The link speaks of {all} steps; this browser remembers the network after {n}, and that is what is shown. Train it on where it learns.",
    zh: "链接说训练了 {all} 步；本浏览器只记得第 {n} 步的网络，这里展示的就是它。可回到它学习的地方继续训练。",
  },
  "learnt.toy.missing": {
    en: "This browser does not remember that network: what is shown is how it begins, {n} of {all} steps. Train it where it learns, it is the same to the bit, and come back.",
    zh: "本浏览器不记得这个网络：这里展示的是它的起点，共 {all} 步中的第 {n} 步。请到它学习的地方重新训练（逐位相同），再回来。",
  },
  "door.open": { en: "See this head in the attention lab", zh: "到注意力实验里看这个头" },

  "title.map": { en: "The map: who reads whom", zh: "注意力图：谁读谁" },
  "title.spectrum": { en: "Its singular values", zh: "它的奇异值" },
  "title.tower": { en: "The tower: tokens, layer by layer", zh: "塔：一层层之后的字" },
  "title.depth": { en: "Spread of tokens, and what theory says", zh: "字的离散度，与理论所言" },
  "title.reach": { en: "Who is reached in one layer", zh: "一层之内够得到谁" },
  "title.order": { en: "Prefix read backwards: who notices?", zh: "前缀倒着读：谁察觉？" },
  "evidence.title": { en: "Depth, reach and order", zh: "深度、可达与次序" },

  "said.map": { en: "Ink: weight over the largest of its row.", zh: "墨色：权重与所在行最大者之比。" },
  "said.cell": { en: "Token {i} gives token {j} {weight}.", zh: "第 {i} 个字给第 {j} 个字 {weight}。" },
  "said.letters": {
    en: "‘{a}’, number {i}, gives ‘{b}’, number {j}, {weight}.",
    zh: "第 {i} 个字“{a}”给第 {j} 个字“{b}” {weight}。",
  },
  "grip.prefix": {
    en: "The prefix ends after token {p} of {n}. Drag it, or use the arrow keys.",
    zh: "前缀止于第 {p} 个字，共 {n} 个。可拖动，或用方向键。",
  },

  "axis.index": { en: "i", zh: "i" },
  "axis.token": { en: "token", zh: "字" },
  "axis.spread": { en: "spread of rows", zh: "各行的离散度" },
  "level.hundredth": { en: "1/100 of the largest", zh: "最大者的 1/100" },
  "level.millionth": { en: "1/10⁶", zh: "1/10⁶" },
  "level.rounding": { en: "rounding", zh: "舍入" },
  "key.logits": { en: "logits Q Kᵀ", zh: "logits Q Kᵀ" },
  "key.first": { en: "first token, ringed", zh: "第一个字（带圈）" },
  "key.last": { en: "last token", zh: "最后一个字" },
  "key.expected": { en: "expected by theory", zh: "理论期望" },
  "key.bound": { en: "never below this, by theory", zh: "理论下界" },
  "lens.zoom": { en: "{zoom} times larger", zh: "放大 {zoom} 倍" },
  "lens.one": { en: "all are one", zh: "全都合一" },
  "reach.back": { en: "reads what came before", zh: "读前文" },
  "reach.forth": { en: "reads what comes after", zh: "读后文" },
  "order.prefix": { en: "prefix", zh: "前缀" },
  "order.none": { en: "nobody: nothing changes", zh: "无人察觉：毫无变化" },

  "gauge.title": { en: "The head in numbers", zh: "这个头的各项数字" },
  "gauge.rank_1e6": { en: "σ > σ₁/10⁶", zh: "σ > σ₁/10⁶" },
  "gauge.rank_1e2": { en: "σ > σ₁/100", zh: "σ > σ₁/100" },
  "gauge.erank_entropy": { en: "entropy rank", zh: "熵秩" },
  "gauge.erank_participation": { en: "participation", zh: "参与数" },
  "gauge.erank_nuclear": { en: "nuclear rank", zh: "核秩" },
  "gauge.erank_stable": { en: "stable rank", zh: "稳定秩" },
  "gauge.log10_det": { en: "log₁₀ |det|", zh: "log₁₀ |det|" },
  "gauge.condition": { en: "condition", zh: "条件数" },
  "gauge.none": { en: "none", zh: "无" },

  "twins.title": { en: "The experiment: twins under two masks", zh: "实验：两种掩码下的双胞胎" },
  "twins.hint": {
    en: "The same weights, the same texts, the same number of parameters; only the masks differ. Which of the two learns better?",
    zh: "权重相同，文本相同，参数量相同，只有掩码不同。哪一个学得更好？",
  },
  "twin.gpt": { en: "GPT", zh: "GPT" },
  "twin.unilm": { en: "UniLM", zh: "UniLM" },
  "twin.two-way": { en: "two-way", zh: "双向" },
  "twin.mixed": { en: "half and half", zh: "各半" },

  "cost.title": { en: "What the three designs cost", zh: "三种设计的代价" },
  "cost.task": {
    en: "Reads p = {p} tokens and writes m = {m}, N = {n} in all, with L = {layers} layers of width D = {width}.",
    zh: "读 p = {p} 个字，写 m = {m} 个，共 N = {n}；L = {layers} 层，宽 D = {width}。",
  },
  "cost.design": { en: "Design", zh: "设计" },
  "cost.parameters": { en: "Parameters", zh: "参数量" },
  "cost.work": { en: "Multiply-adds", zh: "乘加次数" },
  "cost.name.gpt": { en: "GPT", zh: "GPT" },
  "cost.name.unilm": { en: "UniLM", zh: "UniLM" },
  "cost.name.t5": { en: "T5", zh: "T5" },
  "cost.reads.gpt": { en: "input one way, one set of weights", zh: "输入单向，权重一套" },
  "cost.reads.unilm": { en: "input both ways, one set of weights", zh: "输入双向，权重一套" },
  "cost.reads.t5": { en: "input both ways, weights of its own", zh: "输入双向，权重另一套" },

  "aria.map": {
    en: "The attention map of {n} tokens. {rank} singular values above a millionth of the largest.",
    zh: "{n} 个字的注意力图。大于最大者百万分之一的奇异值有 {rank} 个。",
  },
  "aria.spectrum": {
    en: "Singular values on a logarithmic scale: {some} above a hundredth of the largest, entropy rank {erank}.",
    zh: "奇异值，对数刻度：大于最大者百分之一的有 {some} 个，熵秩 {erank}。",
  },
  "aria.tower": {
    en: "Tokens as points after {at} layers; their relative spread is {spread}.",
    zh: "经过 {at} 层之后各字的位置；相对离散度 {spread}。",
  },
  "aria.depth": {
    en: "Relative spread of tokens by layer; after {at} layers {spread}.",
    zh: "相对离散度随层数变化；经过 {at} 层为 {spread}。",
  },
  "aria.reach": {
    en: "Arcs between tokens: {pairs} pairs are connected.",
    zh: "字与字之间的弧：连通 {pairs} 对。",
  },
  "aria.order": {
    en: "How the output of every token changes when the prefix is read backwards: {change} at most.",
    zh: "前缀倒着读时各字输出的变化：至多 {change}。",
  },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */

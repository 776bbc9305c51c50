// The words of the attention lab's panels, in both languages.
/** @satisfies {Record<string, {en: string, zh: string}>} */
export const attention = {
  "glyph.space": { en: "space", zh: "空格" },
  "glyph.newline": { en: "line break", zh: "换行" },
  "glyph.tab": { en: "tab", zh: "制表符" },
  "run.original": { en: "untouched", zh: "原样" },
  "run.edited": { en: "edited", zh: "干预后" },

  "prompt.title": { en: "Prompt", zh: "提示" },
  "prompt.presets": { en: "Pick a prompt", zh: "选一段提示" },
  "prompt.empty": { en: "What the model should go on from …", zh: "让模型接着往下写的文字……" },
  "prompt.apply": { en: "Use it", zh: "用它" },
  "prompt.apply.keys": {
    en: "Use it now (Ctrl+Enter); a pause in typing does the same",
    zh: "立即使用（Ctrl+Enter）；停顿片刻也会自动使用",
  },
  "prompt.count": { en: "characters: {n}", zh: "字符数：{n}" },
  "prompt.count.of": { en: "{n} of {most} characters", zh: "{n} / {most} 个字符" },
  "prompt.count.cut": {
    en: "{n} characters, of which the model reads the last {used} (it holds {most})",
    zh: "{n} 个字符，模型只读最后 {used} 个（最多容纳 {most} 个）",
  },

  "bars.title": { en: "The next character", zh: "下一个字符" },
  "bars.list": {
    en: "The most probable characters; press one to write it",
    zh: "最可能的字符；按一下就写上",
  },
  "bars.put": { en: "{char}: {share}. Write it after the text", zh: "{char}：{share}。写在文字后面" },
  "bars.put.both": {
    en: "{char}: {share}, untouched {was}. Write it after the text",
    zh: "{char}：{share}，原样为 {was}。写在文字后面",
  },
  "bars.out": { en: "excluded", zh: "被排除" },
  "bars.open": { en: "{n} of {of} characters may be drawn.", zh: "{of} 个字符中有 {n} 个可能被抽到。" },

  "bars.parted": { en: "The two runs stand after different texts.", zh: "两遍此时已写出不同的文字。" },

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

  "surgery.title": { en: "Surgery", zh: "干预" },
  "surgery.none": {
    en: "Nothing is changed. Switch heads off or paint on the map, or add something here; the untouched run stays beside it.",
    zh: "尚未改动。可以关掉某个头、在图上涂画，或在这里添加；未改动的一遍始终留在旁边。",
  },
  "surgery.clear": { en: "Remove all", zh: "全部撤去" },
  "surgery.remove": { en: "Remove: {what}", zh: "撤去：{what}" },
  "surgery.add": { en: "Add", zh: "添加" },
  "surgery.full": {
    en: "There is no room for this: a link holds {most} entries and {cells} hidden cells. Remove something first.",
    zh: "放不下了：一个链接最多容纳 {most} 条干预、{cells} 个被遮住的格子。请先撤去一些。",
  },
  "surgery.form": { en: "Add by hand", zh: "手动添加" },
  "surgery.what": { en: "What to do", zh: "做什么" },
  "surgery.all": { en: "all", zh: "全部" },
  "surgery.op.head": { en: "Switch a head off", zh: "关掉一个头" },
  "surgery.op.layer": { en: "Switch a layer off", zh: "关掉一层" },
  "surgery.op.token": { en: "Hide a position", zh: "遮住一个位置" },
  "surgery.op.window": { en: "Let it see a window only", zh: "只许看一个窗口" },
  "surgery.op.cut": { en: "Hide a cell", zh: "遮住一格" },
  "surgery.op.set": { en: "Set a weight", zh: "设定一个权重" },
  "surgery.op.freeze": { en: "Freeze a pattern", zh: "冻结一个模式" },
  "surgery.op.patch": { en: "Patch from another prompt", zh: "移植另一提示的模式" },
  "surgery.field.layer": { en: "layer", zh: "层" },
  "surgery.field.head": { en: "head", zh: "头" },
  "surgery.field.part": { en: "part", zh: "部分" },
  "surgery.field.token": { en: "position", zh: "位置" },
  "surgery.field.width": { en: "width", zh: "宽度" },
  "surgery.field.q": { en: "row", zh: "行" },
  "surgery.field.k": { en: "column", zh: "列" },
  "surgery.field.value": { en: "weight", zh: "权重" },
  "surgery.field.prompt": { en: "the other prompt", zh: "另一段提示" },
  "surgery.part.attention": { en: "attention", zh: "注意力" },
  "surgery.part.mlp": { en: "MLP", zh: "MLP" },
  "surgery.part.both": { en: "both", zh: "两者" },
  "surgery.where": { en: "layer {layer}, head {head}", zh: "第 {layer} 层第 {head} 头" },
  "surgery.where.layer": { en: "layer {layer}, every head", zh: "第 {layer} 层所有头" },
  "surgery.where.head": { en: "head {head} of every layer", zh: "各层的第 {head} 头" },
  "surgery.where.all": { en: "everywhere", zh: "所有层所有头" },
  "surgery.said.head": { en: "{where}: off", zh: "{where}：关闭" },
  "surgery.said.layer.attention": { en: "layer {layer}: attention off", zh: "第 {layer} 层：注意力关闭" },
  "surgery.said.layer.mlp": { en: "layer {layer}: MLP off", zh: "第 {layer} 层：MLP 关闭" },
  "surgery.said.layer.both": { en: "layer {layer}: off", zh: "第 {layer} 层：关闭" },
  "surgery.said.token": {
    en: "position {token} is hidden from all later ones",
    zh: "第 {token} 位对其后各位都不可见",
  },
  "surgery.said.cut": { en: "{where}: {n} cells hidden", zh: "{where}：遮住 {n} 格" },
  "surgery.said.cut.one": {
    en: "{where}: row {q} does not see column {k}",
    zh: "{where}：第 {q} 行看不到第 {k} 列",
  },
  "surgery.said.window": {
    en: "{where}: sees the last {width} positions only",
    zh: "{where}：只看最近 {width} 位",
  },
  "surgery.said.window.one": { en: "{where}: sees itself alone", zh: "{where}：只看自己" },
  "surgery.said.set": {
    en: "{where}: row {q} gives column {k} the weight {value}",
    zh: "{where}：第 {q} 行给第 {k} 列的权重为 {value}",
  },
  "surgery.said.freeze": {
    en: "{where}: pattern of the untouched model on this text",
    zh: "{where}：换上未改动的模型在这段文字上的模式",
  },
  "surgery.said.patch": {
    en: "{where}: pattern it has on “{prompt}”",
    zh: "{where}：用它在“{prompt}”上的模式",
  },
  "surgery.shared": { en: "Texts", zh: "文字" },
  "surgery.shared.all": { en: "the same so far, {n} characters", zh: "至今相同，共 {n} 个字符" },
  "surgery.shared.part": { en: "part after {n} of {of} characters", zh: "{of} 个字符中，前 {n} 个相同" },
  "surgery.surprise": { en: "Mean surprisal", zh: "平均惊异度" },
  "surgery.surprise.of": {
    en: "{was} → {now} nats a character ({by}), both models on the untouched text",
    zh: "每字符 {was} → {now} 纳特（{by}），两个模型读同一段原样文字",
  },
  "surgery.apart": { en: "Next character (KL)", zh: "下一字符（KL）" },
  "surgery.apart.of": {
    en: "{nats} nats apart after the untouched text",
    zh: "读完原样文字后相差 {nats} 纳特",
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
  "measure.entropy.help": {
    en: "How undecided a row is: −Σ a ln a, averaged over the rows. 0: it looks at one character; ln n: at all n alike.",
    zh: "一行有多犹豫：−Σ a ln a，对各行取平均。0 表示只看一个字符，ln n 表示 n 个一视同仁。",
  },
  "measure.effective": { en: "effective tokens", zh: "有效字符数" },
  "measure.effective.help": {
    en: "How many characters a row really reads: n·S² = (Σa)²/Σa², averaged over the rows.",
    zh: "一行实际在读几个字符：n·S² = (Σa)²/Σa²，对各行取平均。",
  },
  "measure.concentration": { en: "concentration S", zh: "集中度 S" },
  "measure.concentration.help": {
    en: "S = ‖a‖₁ / (√n ‖a‖₂), between 1/√n and 1. Small is concentrated, 1 is spread evenly.",
    zh: "S = ‖a‖₁ / (√n ‖a‖₂)，介于 1/√n 与 1 之间。越小越集中，1 是完全均匀。",
  },
  "measure.stable": { en: "stable rank", zh: "稳定秩" },
  "measure.stable.help": {
    en: "Of the map's singular values s: Σs² / s₁². How many directions carry it, counted by energy.",
    zh: "由图的奇异值 s 得：Σs² / s₁²。按能量数，有几个方向在起作用。",
  },
  "measure.erank": { en: "effective rank (entropy)", zh: "有效秩（熵）" },
  "measure.erank.help": {
    en: "exp of the entropy of the singular values, each divided by their sum. Every causal map has full rank; this says how much of it is felt.",
    zh: "把奇异值除以总和，取其熵的指数。因果图总是满秩，这里说的是感觉得到的秩有多少。",
  },
  "measure.participation": { en: "effective rank (ℓ₁/ℓ₂)", zh: "有效秩（ℓ₁/ℓ₂）" },
  "measure.participation.help": {
    en: "(Σs)² / Σs² of the singular values: the effective number again, now of directions.",
    zh: "奇异值的 (Σs)² / Σs²：仍是有效个数，不过数的是方向。",
  },
  "measure.distance": { en: "mean distance back", zh: "平均回看距离" },
  "measure.distance.help": {
    en: "How many positions back a row looks on average: Σ a·(q − k). 1 is the character before.",
    zh: "一行平均往回看几位：Σ a·(q − k)。1 就是前一个字符。",
  },
  "measure.first": { en: "share on the first", zh: "落在首位的份额" },
  "measure.first.help": {
    en: "The weight that goes to the first position, from the second row on. A head that has nothing to say often parks its attention there: a sink.",
    zh: "从第二行起，落在首位上的权重。无事可做的头常把注意力停在那里，称为注意力汇。",
  },
  "measure.prefix": { en: "prefix matching", zh: "前缀匹配" },
  "measure.prefix.help": {
    en: "The weight on the character that followed the last time this character was read, averaged over the rows that have one. High in an induction head.",
    zh: "当前字符上次出现之后紧跟的那个字符所得的权重，对有先例的行取平均。归纳头的这个值很高。",
  },

  "school.title": { en: "The model", zh: "模型" },
  "school.hint": {
    en: "A tiny transformer, trained here, from nothing.",
    zh: "一个小小的 Transformer，就在此处从零训练。",
  },
  "school.loss": { en: "Loss (nats a character)", zh: "损失（纳特／字符）" },
  "school.loss.whole": { en: "all", zh: "全部" },
  "school.loss.part": { en: "what can be known", zh: "可预知部分" },
  "school.loss.said": {
    en: "Loss curve up to training step {n}, now {loss}; on the part that can be known {part}",
    zh: "{n} 步训练的损失曲线，当前 {loss}；可预知部分 {part}",
  },
  "school.formation": { en: "Prefix matching of each head", zh: "各头的前缀匹配" },
  "school.formation.none": {
    en: "Each head's score will be here once training begins.",
    zh: "开始训练后，各头的得分画在这里。",
  },
  "school.formation.said": {
    en: "Best so far: {head}; an induction head passes 0.8.",
    zh: "目前最好：{head}；归纳头要过 0.8。",
  },
  "school.formation.formed": {
    en: "An induction head has formed: {heads}.",
    zh: "归纳头已经形成：{heads}。",
  },
  "school.accuracy": { en: "Right answers", zh: "答对的比例" },
  "school.accuracy.said": { en: "{share} % of the answers are right.", zh: "{share} % 的答案正确。" },

  "school.show": { en: "Show this head", zh: "看这个头" },
  "school.next": { en: "Next characters predicted", zh: "下一字符的准确率" },
  "school.next.said": {
    en: "{share} % of the next characters are predicted right.",
    zh: "{share} % 的下一字符预测正确。",
  },

  "own.title": { en: "Your own text", zh: "你的文字" },
  "own.placeholder": { en: "Paste a poem, a page, a list of names …", zh: "贴一首诗、一页文章、一串名字……" },
  "own.hint": {
    en: "The model learns these characters, whatever the script.",
    zh: "模型就学这些字符，什么文字都行。",
  },
  "own.use": { en: "Train on this text", zh: "用这段文字训练" },
  "own.count": {
    en: "{n} of {most} characters, {alphabet} different",
    zh: "{n} / {most} 个字符，{alphabet} 种",
  },
  "own.count.rare": { en: "; the rarest become □", zh: "；最少见的换成 □" },
  "own.count.cut": {
    en: "{n} characters; the first {most} are used, {alphabet} different",
    zh: "{n} 个字符，只用前 {most} 个，{alphabet} 种",
  },
};

// The words of the lab of stretching, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "stretch.title": { en: "A text that outgrows its training", zh: "超出训练长度的文本" },
  "view.title": { en: "What is asked", zh: "问什么" },
  "time.hint": {
    en: "The text grows from the length of training: a fifth longer at every step, twice as long every four.",
    zh: "文本从训练长度开始变长：每步长约五分之一，四步加倍。",
  },
  "time.said": { en: "{n} tokens", zh: "{n} 个词" },
  "csv.save": { en: "Save the numbers as CSV", zh: "把数据存为 CSV" },
  "dial.label": { en: "Turn: {title}", zh: "转动：{title}" },

  "watch.terms": {
    en: "Turn up the query’s bias: the fourth term bends the sum towards near keys, the second and third only shake it.",
    zh: "把查询的偏置调大：第四项使总和偏向近处的键，第二、三项只是添些抖动。",
  },
  "watch.window": {
    en: "Turn c past ln base, then play: only there does the window stop growing with the text.",
    zh: "把 c 调过 ln base，再播放：只有这样，窗口才不再随文本变宽。",
  },
  "watch.cancel": {
    en: "Turn up the key’s bias: without rotation softmax cancels it exactly; after rotation it cannot.",
    zh: "把键的偏置调大：不旋转时 softmax 把它完全抵消，旋转之后就抵消不了。",
  },
  "watch.family": {
    en: "Turn c: RoPE with a bias falls as KERPLE-log does, by a power; ALiBi cuts off, NoPE never falls.",
    zh: "转动 c：带偏置的 RoPE 像 KERPLE-log 那样按幂律下降；ALiBi 一刀切，NoPE 从不下降。",
  },
  "watch.tricks": {
    en: "Choose a way to stretch and play: red marks angles that training never showed.",
    zh: "选一种伸展方法再播放：红色是训练中从未出现过的角度。",
  },
  "watch.measured": {
    en: "Small networks trained on 64 characters read 512: whose loss stays down beyond the dashed line? Try a trick on RoPE.",
    zh: "在 64 个字符上训练的小网络来读 512 个字符：过了虚线，谁的损失没有上升？给 RoPE 换个伸展方法试试。",
  },
  "watch.train": {
    en: "Choose schemes and train them on the same short texts: the loss by place grows before your eyes. Turn how far out you read it.",
    zh: "选几种方案，在同样的短文本上训练：逐位置的损失就在眼前形成。转一转，看读到多远。",
  },
  "watch.table": {
    en: "Printed by the article, not measured here: play, and see where accuracy goes while the text grows.",
    zh: "文章印出的数字，并非在此测得：播放，看文本变长时准确率如何变化。",
  },

  "title.strips": {
    en: "(q + a)ᵀR(k + b) in four terms, and their sum, by distance",
    zh: "(q + a)ᵀR(k + b) 的四项及其和，随距离变化",
  },
  "title.profile": { en: "g(k): what a rotation makes of a and b", zh: "g(k)：旋转把 a 与 b 变成什么" },
  "title.gaze": {
    en: "How much of one query’s attention lies within a distance",
    zh: "一个查询的注意力有多少落在某个距离之内",
  },
  "title.shares": {
    en: "Share of attention by distance, for three lengths",
    zh: "注意力份额随距离的变化，三种文本长度",
  },
  "title.mass": {
    en: "Share of the nearest keys, as many as training had",
    zh: "最近的键（训练长度那么多个）所得的份额",
  },
  "title.entropy": { en: "Entropy of attention, in nats", zh: "注意力的熵（奈特）" },
  "title.rows": {
    en: "One row of attention before and after a bias of all keys",
    zh: "所有键加上偏置之前与之后的一行注意力",
  },
  "title.lift": { en: "What the bias adds to the score", zh: "偏置给得分加上了什么" },
  "title.effect": { en: "The largest change of a key’s share", zh: "单个键份额的最大变化" },
  "title.added": { en: "What six schemes add to the score", zh: "六种方案给得分加上了什么" },
  "title.attention": { en: "What a key gets of the attention", zh: "一个键分得多少注意力" },
  "title.held": {
    en: "Share of the nearest keys, as many as training had",
    zh: "最近的键（训练长度那么多个）所得的份额",
  },
  "title.waves": {
    en: "g(k) times what scores are multiplied by, stretched in five ways",
    zh: "以五种方法伸展的 g(k)，乘以得分的倍率",
  },
  "title.angles": { en: "How often each pair turns within the text", zh: "每一对坐标在文本内转多少圈" },
  "title.spread": { en: "Entropy of attention at strength c", zh: "强度为 c 时注意力的熵" },
  "title.places": {
    en: "Loss by place on held-out text, nats a character; thin: seeds",
    zh: "留出文本上逐位置的损失（每字符奈特数）；细线：各个种子",
  },
  "title.lengths": { en: "Accuracy by the length of the text", zh: "不同文本长度上的准确率" },
  "title.looks": {
    en: "Attention by distance of the chosen head",
    zh: "所选头的注意力随距离的变化",
  },
  "title.slopes": { en: "The article’s table: accuracy, per cent", zh: "文章的表格：准确率（%）" },
  "title.retained": { en: "What is retained of the accuracy at 512", zh: "相对 512 处准确率的保留比例" },
  "title.since": {
    en: "Later results of its author, 512 to 4,096, per cent",
    zh: "作者后来的结果，512 到 4096（%）",
  },

  "terms.sum": { en: "sum of all four", zh: "四项之和" },
  "mark.trained": { en: "length of training", zh: "训练长度" },
  "mark.turn": { en: "one turn", zh: "一整圈" },
  "axis.distance": { en: "log₂ k", zh: "log₂ k" },
  "axis.places": { en: "places back", zh: "往回的位置" },
  "axis.place": { en: "log₂ place", zh: "log₂ 位置" },
  "axis.length": { en: "log₂ length", zh: "log₂ 长度" },
  "axis.pair": { en: "pair", zh: "坐标对" },

  "cancel.plain": { en: "without rotation", zh: "不旋转" },
  "cancel.rope": { en: "with RoPE", zh: "有 RoPE" },
  "cancel.change": { en: "a key’s share changes by up to {value}", zh: "单个键的份额最多变化 {value}" },
  "cancel.from": { en: "newest key", zh: "最新的键" },
  "cancel.to": { en: "{n} keys back", zh: "往回 {n} 个键" },

  "key.dots": { en: "dots: keys; band: two deviations", zh: "点：单个键；色带：两倍标准差" },
  "key.mean": { en: "line: mean", zh: "线：平均" },
  "key.expected": { en: "dashed: expected", zh: "虚线：期望值" },
  "key.sum": { en: "sum of d/2 waves", zh: "d/2 个波之和" },
  "key.integral": { en: "dashed: integral", zh: "虚线：积分" },
  "key.log": { en: "dotted: 1 − (γ + ln k)/ln base", zh: "点线：1 − (γ + ln k)/ln base" },
  "key.with": { en: "with biases", zh: "有偏置" },
  "key.without": { en: "dashed: without", zh: "虚线：无偏置" },
  "key.power": { en: "dotted: (1 + k)^(−c/ln base)", zh: "点线：(1 + k)^(−c/ln base)" },
  "key.tokens": { en: "text of {n}", zh: "{n} 个词的文本" },
  "key.now": { en: "text of {n}, now", zh: "{n} 个词的文本，当前" },
  "key.alike": { en: "dotted: all keys alike", zh: "点线：所有键平分" },
  "key.before": { en: "outline: before", zh: "轮廓：之前" },
  "key.trained": { en: "dotted: in training", zh: "点线：训练中" },
  "key.unseen": { en: "never seen in training", zh: "训练中从未见过" },

  "measured.waiting": { en: "The networks are reading…", zh: "网络正在读文本……" },
  "measured.read": {
    en: "{done} of {total} readings of 512 characters",
    zh: "已读 {done} 次，共 {total} 次，每次 512 个字符",
  },
  "own.open": { en: "A text of your own", zh: "用你自己的文字" },
  "own.learn": {
    en: "The networks learn these characters, whatever the script; the end of the text is held out and measured on.",
    zh: "网络就学这些字符，什么文字都行；文本末尾留出来用于测量。",
  },
  "own.learn.use": { en: "Learn this text", zh: "学这段文字" },
  "own.read": {
    en: "The networks that ship read this instead of the held-out text: English letters, at least 513 of them.",
    zh: "随页面发布的网络改读这段文字，不读留出文本：限英文字母，至少 513 个字符。",
  },
  "own.read.use": { en: "Let them read this", zh: "让它们读这段" },
  "own.none": { en: "Back to the text that ships", zh: "换回自带的文本" },
  "inside.open": { en: "Look inside {name}", zh: "看看 {name} 的内部" },
  "inside.long": {
    en: "This head of {name} on the beginning of this text, where every map can be looked at and changed",
    zh: "把 {name} 的这个头和这段文本的开头带过去，每张注意力图都可以看、可以改",
  },
  "measured.settings": { en: "Which networks, and how they are read", zh: "哪些网络，怎么读" },
  "learnt.title": { en: "Trained networks in numbers", zh: "训练好的网络：数字" },
  "learnt.caption": {
    en: "Measured here: mean ± standard deviation among seeds; accuracy by the length of the text",
    zh: "在此测得：各种子的平均 ± 标准差；不同文本长度上的准确率",
  },
  "learnt.within": { en: "loss within", zh: "之内的损失" },
  "learnt.beyond": { en: "loss beyond", zh: "之外的损失" },
  "learnt.retained": { en: "retained", zh: "保留" },
  "learnt.ours": {
    en: "Three layers of four heads, some 109,000 numbers, trained on Shakespeare’s characters: our own toys, no replication of the article’s table, whose author warns that its gain does not reproduce stably.",
    zh: "三层、每层四个头、约 10.9 万个参数，在莎士比亚的字符上训练：是我们自己的小模型，不是文章表格的复现；作者也提醒那里的增益不能稳定复现。",
  },
  "verdict.absent": {
    en: "Put RoPE and RoPE + bias into two lanes to see whether the bias helps.",
    zh: "把 RoPE 与 RoPE + 偏置放进两条道，就能看偏置有没有帮助。",
  },
  "verdict.few": {
    en: "A verdict on the bias needs three seeds.",
    zh: "要判断偏置的作用，需要三个种子。",
  },
  "verdict.even": {
    en: "Not to be told apart: at eight times the length the bias changes accuracy by {gain} ± {half} points (paired t test, 95 %).",
    zh: "分不出高下：八倍长度处，偏置使准确率变化 {gain} ± {half} 个百分点（配对 t 检验，95 %）。",
  },
  "verdict.helps": {
    en: "The bias helps: at eight times the length accuracy is {gain} ± {half} points higher (paired t test, 95 %).",
    zh: "偏置有帮助：八倍长度处，准确率高出 {gain} ± {half} 个百分点（配对 t 检验，95 %）。",
  },
  "verdict.harms": {
    en: "The bias does not help: at eight times the length it changes accuracy by {gain} ± {half} points (paired t test, 95 %).",
    zh: "偏置没有帮助：八倍长度处，准确率变化 {gain} ± {half} 个百分点（配对 t 检验，95 %）。",
  },
  "four.title": {
    en: "Four terms as the first seed with biases learnt them: layer {layer}, head {head}",
    zh: "第一个带偏置的种子学到的四项：第 {layer} 层第 {head} 头",
  },
  "four.stray": { en: "band: one deviation of the first three", zh: "色带：前三项之和的一倍标准差" },
  "four.said": {
    en: "Drop of the fourth term over the stray of the others, by layer: {drops}.",
    zh: "各层第四项的下降与其余散布之比：{drops}。",
  },
  "trial.title": { en: "Schemes trained here", zh: "在此训练各种方案" },
  "trial.hint": {
    en: "The same first weights and the same texts for all; they are compared by their loss beyond the length of training.",
    zh: "初始权重与文本全都相同；比较的是训练长度之外的损失。",
  },
  "growing.title": {
    en: "Loss by place on held-out texts eight times as long",
    zh: "在八倍长的留出文本上逐位置的损失",
  },
  "growing.empty": { en: "The curves will be here once training begins.", zh: "开始训练后，曲线画在这里。" },
  "growing.said": {
    en: "{n} seeds have begun. Mean loss around {times} times the length of training: {all}.",
    zh: "已有 {n} 个种子开始训练。在训练长度 {times} 倍处附近的平均损失：{all}。",
  },
  "said.measured": {
    en: "Accuracy at {n} characters: {all}.",
    zh: "{n} 个字符处的准确率：{all}。",
  },
  "table.without": { en: "without bias", zh: "无偏置" },
  "table.with": { en: "with bias", zh: "有偏置" },
  "table.retained": { en: "4,096 over 512", zh: "4096 与 512 之比" },
  "table.caption": {
    en: "As the article prints it: accuracy of a language model by the length of the text, trained at 512",
    zh: "文章印出的数字：训练长度 512 的语言模型在不同文本长度上的准确率",
  },

  "warning.author": { en: "Its author warns", zh: "作者提醒" },
  "warning.unstable": {
    en: "Repeated tests did not reproduce the gain reliably: it depends on architecture and hyper-parameters, and nothing in training asks for it. Use it with care.",
    zh: "反复测试表明，这种外推增益并不能稳定复现：它取决于模型结构与超参数，而训练本身并未要求它。请谨慎使用。",
  },
  "warning.since": { en: "What came later", zh: "后来的情况" },
  "warning.later": {
    en: "The author’s later experiments keep accuracy at eight times the length in other ways (below right; RoPE alone falls). Qwen kept a bias of query, key and value up to version 2.5; Qwen3 dropped it for a norm of queries and keys.",
    zh: "作者后来的实验用别的方法在八倍长度上保住了准确率（右下图；只有 RoPE 会跌落）。Qwen 直到 2.5 版都保留 Q、K、V 的偏置，Qwen3 则去掉它，改为对查询与键做归一化。",
  },

  "grip.k": {
    en: "Distance k = {k}. Drag it, or use the arrow keys.",
    zh: "距离 k = {k}。可拖动，或用方向键。",
  },
  "said.terms": {
    en: "Within training the fourth term drops by {drop} deviations of the others; {n} tokens.",
    zh: "训练长度之内，第四项下降了其余各项散布的 {drop} 倍；共 {n} 个词。",
  },
  "said.window": {
    en: "{scheme}, {n} tokens: the nearest keys get {mass}, entropy {entropy}.",
    zh: "{scheme}，{n} 个词：最近的键分得 {mass}，熵 {entropy}。",
  },
  "said.cancel": {
    en: "Largest change of a share: {rope} with RoPE, {plain} without.",
    zh: "份额的最大变化：有 RoPE 时 {rope}，不旋转时 {plain}。",
  },
  "said.tricks": {
    en: "{trick}, {n} tokens: {unseen} pairs at angles that training never showed.",
    zh: "{trick}，{n} 个词：{unseen} 对坐标处在训练中从未出现过的角度。",
  },
  "said.table": {
    en: "Without bias {without}; with bias {with}.",
    zh: "无偏置 {without}；有偏置 {with}。",
  },
};

/** @typedef {import("../../ui/i18n.js").Words<import("../../ui/i18n.js").PageKey | keyof typeof strings>} Words */

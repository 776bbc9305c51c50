// The words of the attention lab's prompt, of the next character and of training, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const panels = {
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

  "training.title": { en: "The model", zh: "模型" },
  "training.here": { en: "Train a small one here", zh: "在此训练一个小模型" },
  "training.hint": {
    en: "A tiny transformer, trained here, from nothing.",
    zh: "一个小小的 Transformer，就在此处从零训练。",
  },
  "training.loss": { en: "Loss (nats a character)", zh: "损失（纳特／字符）" },
  "training.loss.whole": { en: "all", zh: "全部" },
  "training.loss.part": { en: "what can be known", zh: "可预知部分" },
  "training.loss.said": {
    en: "Loss curve up to training step {n}, now {loss}; on the part that can be known {part}",
    zh: "{n} 步训练的损失曲线，当前 {loss}；可预知部分 {part}",
  },
  "training.prefix_matching": { en: "Prefix matching of each head", zh: "各头的前缀匹配" },
  "training.prefix_matching.none": {
    en: "Each head's score will be here once training begins.",
    zh: "开始训练后，各头的得分画在这里。",
  },
  "training.prefix_matching.said": {
    en: "Best so far: {head}; an induction head passes 0.8.",
    zh: "目前最好：{head}；归纳头要过 0.8。",
  },
  "training.prefix_matching.formed": {
    en: "An induction head has formed: {heads}.",
    zh: "归纳头已经形成：{heads}。",
  },
  "training.accuracy": { en: "Right answers", zh: "答对的比例" },
  "training.accuracy.said": { en: "{share} % of the answers are right.", zh: "{share} % 的答案正确。" },

  "training.show": { en: "Show this head", zh: "看这个头" },
  "training.next": { en: "Next characters predicted", zh: "下一字符的准确率" },
  "training.next.said": {
    en: "{share} % of the next characters are predicted right.",
    zh: "{share} % 的下一字符预测正确。",
  },
};

// The words of the measurement of a browser, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "speed.title": { en: "How fast this browser is", zh: "这个浏览器有多快" },
  "speed.about": {
    en: "Four networks with drawn weights, six pieces of work, first on the processor, then on WebGPU where there is one. Each answer is checked before its time counts: on the processor it must be the same everywhere to the last bit, on WebGPU near the processor’s. It takes some twenty seconds; close other pages for quiet numbers.",
    zh: "四个网络（权重当场抽取）、六样活儿：先用处理器，有 WebGPU 再用它。每个答案先查对错，再算时间：处理器上的答案处处相同，一位不差；WebGPU 上的须与之相近。约需二十秒；关掉别的网页，数字更安静。",
  },
  "speed.start": { en: "Measure", zh: "开始测量" },
  "speed.again": { en: "Measure again", zh: "再测一次" },
  "speed.copy": { en: "Copy as text", zh: "复制为文字" },
  "speed.copied": { en: "Copied.", zh: "已复制。" },
  "speed.copy.denied": {
    en: "The browser did not allow copying. Here is the text:",
    zh: "浏览器不允许复制。文字在此：",
  },
  "speed.now": { en: "Measuring on {engine}: {work}", zh: "正在{engine}上测：{work}" },
  "speed.fetching": { en: "Fetching the engine …", zh: "正在取引擎……" },
  "speed.done": { en: "Measured.", zh: "测完了。" },
  "speed.failed": { en: "The measurement stopped: {why}", zh: "测量中断：{why}" },
  "speed.work": { en: "work", zh: "活儿" },
  "speed.cpu": { en: "processor", zh: "处理器" },
  "speed.webgpu": { en: "WebGPU", zh: "WebGPU" },
  "speed.check": { en: "check", zh: "核对" },
  "speed.time": { en: "{median} ms ({least} to {most})", zh: "{median} 毫秒（{least} 至 {most}）" },
  "speed.first": { en: "first call {ms} ms", zh: "首次 {ms} 毫秒" },
  "speed.void": { en: "void: wrong answer", zh: "作废：答案不对" },
  "speed.bits": { en: "bit for bit", zh: "一位不差" },
  "speed.bits.not": { en: "other bits than elsewhere", zh: "与别处的位不同" },
  "speed.near": { en: "WebGPU within {gap}", zh: "WebGPU 相差至多 {gap}" },
  "speed.tokens": { en: "WebGPU: the same characters", zh: "WebGPU：字字相同" },
  "speed.kind.none": { en: "This browser offers no WebGPU.", zh: "这个浏览器不提供 WebGPU。" },
  "speed.kind.software": { en: "WebGPU here is emulated in software.", zh: "此处的 WebGPU 是软件模拟的。" },
  "speed.kind.hardware": { en: "WebGPU runs on: {adapter}", zh: "WebGPU 运行于：{adapter}" },
  "speed.w1b1": {
    en: "W1: one step of a picture network (1.16 million weights, 32 × 32)",
    zh: "W1：图片网络走一步（116 万权重，32 × 32）",
  },
  "speed.w1b16": { en: "W1: the same for sixteen pictures at once", zh: "W1：同上，十六张图一起" },
  "speed.w2f": {
    en: "W2: a transformer (0.82 million) reads 128 characters, all maps shown",
    zh: "W2：Transformer（82 万）读 128 个字符，交出全部注意力图",
  },
  "speed.w2kv": { en: "W2: it writes one character, with its cache", zh: "W2：它写一个字符（有缓存）" },
  "speed.w3": {
    en: "W3: one training step of the plane’s network, 512 points",
    zh: "W3：平面网络训练一步，512 个点",
  },
  "speed.w4": {
    en: "W4: one training step of a small transformer, 16 texts of 64",
    zh: "W4：小 Transformer 训练一步，16 段各 64 个字符",
  },
};

// The words of the sheet of proof, in both languages.

/** @satisfies {Record<string, {en: string, zh: string}>} */
export const strings = {
  "prove.title": { en: "Is it real? Computed again, here and now", zh: "是真的吗？当场重算" },
  "prove.about": {
    en: "Nothing below was stored as an answer: your browser computes it now, with the engines of this page, and compares it with numbers from elsewhere. The weights are compared with the files as they were trained.",
    zh: "下面没有一个答案是预存的：你的浏览器正用本页的引擎当场计算，再与别处得到的数比较。权重与训练所得的文件比对。",
  },
  "prove.now": { en: "Computing … {n} so far", zh: "正在计算……已完成 {n} 项" },
  "prove.all": { en: "All {good} agree.", zh: "{good} 项全部相符。" },
  "prove.some": { en: "{good} of {tried} agree.", zh: "{tried} 项中有 {good} 项相符。" },
  "prove.failed": { en: "The proof stopped: {why}", zh: "验证中断：{why}" },
  "prove.what": { en: "what", zh: "内容" },
  "prove.here": { en: "here", zh: "此处" },
  "prove.must": { en: "to be", zh: "应为" },
  "prove.source": { en: "by", zh: "依据" },
  "prove.engine": { en: "engine", zh: "引擎" },
  "prove.engine.cpu": { en: "CPU", zh: "CPU" },
  "prove.engine.maths": { en: "mathematics", zh: "数学" },
  "prove.engine.webgpu": { en: "WebGPU", zh: "WebGPU" },
  "prove.weights": { en: "The networks that ship (SHA-256)", zh: "随页的网络（SHA-256）" },
  "prove.weights.source": { en: "the file as it was trained", zh: "训练所得的文件" },
  "prove.insecure": { en: "not over an open line (http)", zh: "明文连接（http）下不可用" },
  "prove.number": { en: "Constants known from elsewhere", zh: "别处已知的常数" },
  "prove.run": { en: "Whole runs by their fingerprints", zh: "按指纹核对的整次运行" },
  "prove.bits": { en: "Networks with drawn weights", zh: "随机抽取权重的网络" },
  "prove.exact": { en: "bit for bit", zh: "逐位相同" },
  "prove.long": {
    en: "left out: this graphics processor is emulated and would take half an hour",
    zh: "略去：这里的显卡是软件模拟的，要跑半小时",
  },
  "prove.near": { en: "within {gap}", zh: "相差 {gap}" },
  "prove.within": { en: "within its tolerance", zh: "在容差之内" },
  "prove.same": { en: "the same bits everywhere", zh: "处处逐位相同" },
  "prove.bits.source": { en: "this engine, compiled natively", zh: "本引擎的本机编译版" },
  "prove.bits.gpu": { en: "the CPU’s answer, here", zh: "此处 CPU 的答案" },
};
